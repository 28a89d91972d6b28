// The member's session, through the package @wix/authentication, which has to be installed on the site. A site without
// it takes old/public's file of the same name.

export { applySessionToken, loggedIn, logout, onLogin } from '@wix/authentication';
