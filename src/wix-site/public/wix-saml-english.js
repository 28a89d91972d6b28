// English for sentences that the owner's part of the site's file does not have: it was written before they were. The same
// as in wix-saml-messages.js, which is the owner's to change; this is not.

export const english = {
  preview:
    'Single sign-on does not work in the preview. Publish the site and open the published page to try it.',
  starting: 'Taking you to your company’s sign-in page…',
  redeeming: 'Signing you in…',
  slow: 'This takes longer than usual. Please keep this page open…',
  arrived: 'You are signed in. One moment…',
  signedIn: 'You are already signed in.',
  choose: 'Sign in with your company account to continue.',
  signedOut: 'You are signed out of this site.',
  signedOutEverywhere: 'You are signed out here and at your company.',
  signedOutPartly:
    'You are signed out of this site. Something else of your company’s may still be signed in: to be safe, close the browser.',
  sessionEnded: 'Your session has ended. Please sign in again.',
  stillHere: 'If nothing happens, please use the button.',
  error: 'Signing in did not work. Please try again.',
  notSetUp:
    'Signing in did not work because this site is not set up for it. Trying again will not help: please tell the person who looks after the site.',

  otherTab: 'This sign-in was started in another tab or window, or long ago. Please start again here.',
  expired: 'This sign-in took too long or was already used. Please sign in again.',
  refused:
    'You cannot sign in to this site with this account. Please ask the person who looks after the site.',
  blocked:
    'Your account on this site is blocked. Please ask the person who looks after the site to unblock it.',
  pending:
    'Your account waits until the person who looks after the site approves it. You can sign in after that.',
  unverified:
    'Someone has already registered on this site with your address. Please ask the person who looks after the site to confirm that account.',
  busy: 'The site is busy at the moment. Please try again in a minute.',
  unreachable: 'The sign-in service cannot be reached. Check your connection and try again.',
  notApplied: 'The site did not accept the sign-in. Please try again.',
  notStarted: 'The sign-in could not be started. Check your connection and try again.',
  storageBlocked:
    'Your browser does not let this page remember the sign-in. Allow site data for this site and try again.',

  referenceLabel: 'Reference:',
  signInLabel: 'Sign in',
  signOutLabel: 'Sign out',
  continueLabel: 'Continue',
};
