// What the pages of a site may import: everything else in these files is for them to use.

export { startSignIn } from 'public/wix-saml-start';
export { completeSignIn } from 'public/wix-saml-landing';
export { requireMember, watchSession } from 'public/wix-saml-guard';
export { isSignedIn, signOut } from 'public/wix-saml-member';
export { showOn, signInButton } from 'public/wix-saml-elements';
