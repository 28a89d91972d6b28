// What the pages of the sign-in log say, and what a change would have meant for the last sign-ins, in English; its type is that
// of every other language.

export const en = {
  title: 'Sign-in log',
  setup: 'Set-up',
  inviteTitle: 'See the sign-in log',
  inviteWhat:
    'Here you see who tried to sign in by your identity provider, what became of it, and what to change when somebody was refused. Nothing can be changed here.',
  inviteOpen: 'Open the sign-in log',
  intro:
    'Who tried to sign in, the latest first, in UTC. Addresses are shown without the part that names the person.',
  none: 'There is nothing of this kind. Attempts appear here a few seconds after they happen.',
  off: 'The operator keeps no sign-in log.',
  began: 'Began',
  state: 'What became of it',
  person: 'Address',
  open: 'Open',
  older: 'Older ones',
  csv: 'Download as CSV',
  back: 'Back to the log',
  filter: 'Show only',
  all: 'Everything',
  reference: 'Reference of an error page',
  go: 'Show',
  onePerson: 'One person, by address',
  personNote: 'The address is turned into a code that finds it again, and is not kept.',
  personGo: 'Look for this person',
  ofOne: 'Only the attempts of one person are shown.',
  reset: 'Show everything',
  attempt: 'One attempt',
  happened: 'What happened',
  keys: 'Signed by',
  personCode: 'Person, as a code',
  noVerdicts: 'Of this attempt only the code was kept.',
  timedOut:
    'Your identity provider sent nothing back. It usually has shown an error of its own: is the person assigned to the application there?',
  notCollected:
    'The answer was right, and the page of the site did not fetch the session. Please tell whoever runs the site.',
  states: {
    inProgress: 'In progress',
    signedIn: 'Signed in',
    refused: 'Refused',
    timedOut: 'Nothing came back',
    notCollected: 'Not completed at the site',
    notSignedIn: 'Nobody signed in there',
  },
  steps: {
    started: 'Sent to your identity provider',
    accepted: 'The answer of your identity provider was accepted',
    waits: 'Waits in line for the site',
    redeemed: 'Signed in at the site',
    refused: 'Refused',
    notSignedIn: 'Your identity provider said that nobody is signed in there',
    manyRefused: 'Refused so often at once that it was only counted',
  },
  experience: {
    title: 'Judged by the last sign-ins',
    pass: (all: string, pass: string): string => `Of the last ${all} sign-ins, ${pass} would pass.`,
    otherIdentityProvider: 'From another identity provider than this one',
    missingKey: 'Signed by a certificate that is not among these',
    noAddress: 'Without an address where it would be looked for',
    otherAddress: 'With another address there: those people would become somebody else at the site',
    wait: 'Make sure that your identity provider has really changed before this is activated.',
  },
};

export type LogText = typeof en;
