// What the pages of the sign-in log say.

import type { Experience } from '../../../admin/sign-in-log/experience';
import type { AttemptState } from '../../../admin/sign-in-log/attempts';
import type { Entry } from '../../../admin/sign-in-log/entries';

export const logPath = '/setup/log';
export const attemptPath = '/setup/log/attempt';
export const logCsvPath = '/setup/log/csv';

const states: Readonly<Record<AttemptState, string>> = {
  inProgress: 'In progress',
  signedIn: 'Signed in',
  refused: 'Refused',
  timedOut: 'Nothing came back',
  notCollected: 'Not completed at the site',
  notSignedIn: 'Nobody signed in there',
};

const steps: Readonly<Record<Entry['step'], string>> = {
  started: 'Sent to your identity provider',
  accepted: 'The answer of your identity provider was accepted',
  redeemed: 'Signed in at the site',
  refused: 'Refused',
  notSignedIn: 'Your identity provider said that nobody is signed in there',
  manyRefused: 'Refused so often at once that it was only counted',
};

export const logWords = {
  title: 'Sign-in log',
  setup: 'Set-up',
  invitation: {
    title: 'See the sign-in log',
    what: 'Here you see who tried to sign in by your identity provider, what became of it, and what to change when somebody was refused. Nothing can be changed here.',
    open: 'Open the sign-in log',
  },
  intro:
    'Who tried to sign in, the latest first, in UTC. Addresses are shown without the part that names the person.',
  none: 'There is nothing of this kind. Attempts appear here a few seconds after they happen.',
  off: 'The operator keeps no sign-in log.',
  columns: { began: 'Began', state: 'What became of it', person: 'Address', detail: 'Details' },
  open: 'Open',
  times: (count: string): string => `${count} times`,
  older: 'Older ones',
  csv: 'Download as CSV',
  back: 'Back to the log',
  filter: {
    legend: 'Show only',
    state: 'What became of it',
    all: 'Everything',
    code: 'Code',
    reference: 'Reference of an error page',
    go: 'Show',
    person: 'One person, by address',
    personNote: 'The address is turned into a code that finds it again, and is not kept.',
    personGo: 'Look for this person',
    ofOne: 'Only the attempts of one person are shown.',
    reset: 'Show everything',
  },
  states,
  steps,
  attempt: {
    title: 'One attempt',
    happened: 'What happened',
    code: 'Code',
    reference: 'Reference',
    expected: 'Expected',
    received: 'Received',
    whatToDo: 'What to do',
    keys: 'Signed by',
    person: 'Person, as a code',
    noVerdicts: 'Of this attempt only the code was kept.',
    timedOut:
      'Your identity provider sent nothing back. It usually has shown an error of its own: is the person assigned to the application there?',
    notCollected:
      'The answer was right, and the page of the site did not fetch the session. Please tell whoever runs the site.',
  },
} as const;

type Count = (count: number) => string;
const people: Count = (count) => (count === 1 ? '1 sign-in' : `${String(count)} sign-ins`);

/** A change of the connection, judged by the last sign-ins. */
export const experienceWords = {
  title: 'Judged by the last sign-ins',
  all: ((count) => `All of the last ${people(count)} would pass.`) as Count,
  pass: ({ pass, signIns }: Pick<Experience, 'pass' | 'signIns'>): string =>
    `${String(pass)} of the last ${people(signIns)} would pass.`,
  otherIdentityProvider: ((count) =>
    `${people(count)} came from another identity provider than this one.`) as Count,
  missingKey: ((count) =>
    `${people(count)} ${count === 1 ? 'was' : 'were'} signed by a certificate that is not among these:`) as Count,
  noAddress: ((count) => `${people(count)} had no address where it would be looked for.`) as Count,
  otherAddress: ((count) =>
    `${people(count)} had another address there: those people would become somebody else at the site.`) as Count,
  wait: 'Make sure that your identity provider has really changed before this is activated.',
};
