// What the set-up pages say, in English; its type is that of every other language. Plain sentences are texts; where a value,
// a stress or a link stands inside, a function writes the whole sentence, because its order differs between languages.

import { markup, type Html } from '../../html';
import { counted } from '../values';

const seconds = counted('en', { one: '# second', other: '# seconds' });

/** When it became live, by which link it was brought and when, and what it is. */
interface Activated {
  readonly time: Html;
  readonly link: Html;
  readonly brought: Html;
  readonly summary: Html;
}

export const en = {
  frame: {
    heading: (site: Html, connection: Html): Html =>
      markup`Single sign-on for <strong>${site}</strong>, connection <strong>${connection}</strong>`,
    steps: 'Steps',
    step1: 'Your system',
    step2: 'Our values',
    step3: 'Your metadata',
    stepDomains: 'Your domains',
    step4: 'Test',
    step5: 'Activate',
    openUntil: (time: Html): Html => markup`These pages are open in this browser until ${time}.`,
    language: 'Language',
    change: 'Change',
    skip: 'Skip to the content',
    copy: 'Copy',
    copied: 'Copied',
  },
  invitation: {
    title: 'Set up single sign-on',
    what: (site: Html): Html =>
      markup`Here you connect your organisation’s sign-in system (Entra ID, Okta, Google Workspace and others) with <strong>${site}</strong>. It takes about ten minutes, and you need to be an administrator there.`,
    safe: 'Nothing changes for anybody until you have tested it and it has been activated.',
    open: 'Open the set-up pages',
    once: (time: Html): Html => markup`The link works once, in this browser, and until ${time}.`,
  },
  connect: {
    title: 'Choose your system',
    heading: 'Which sign-in system do you use?',
    intro:
      'You will be shown its own menus and field names. Nothing changes for anybody while you set this up.',
    legend: 'Your identity provider',
    other: 'Another one',
    go: 'Continue',
  },
  values: {
    title: 'Our values',
    heading: (product: Html | undefined): Html => markup`Enter our values at ${product ?? 'your system'}`,
    whatToDo: 'What to do there',
    /** Shown in every language but English. */
    inEnglish: 'The menus and field names are given as they are in the English version of that system.',
    theValues: 'The values',
    leaveEmpty: 'Leave this field empty.',
    alsoCalled: (names: Html): Html => markup`Also called: ${names}`,
    inMetadata: 'All of this is also in our metadata:',
    download: 'Download our metadata as a file',
    traps: 'What often goes wrong there',
    entered: 'I have entered them',
  },
  metadata: {
    title: 'Your metadata',
    heading: 'Bring your identity provider’s metadata',
    place: (product: Html, place: Html): Html => markup`At ${product}: <strong>${place}</strong>`,
    oneIsEnough: 'One of these is enough. An address is best where there is one.',
    address: 'Address of the metadata',
    file: 'Or a file',
    text: 'Or its text',
    values: 'Or three single values',
    entityId: 'Entity ID (Issuer)',
    signInAddress: 'Sign-in address (SSO URL)',
    certificate: 'Signing certificate',
    look: 'Look at it',
    savedNow: 'Saved now',
    goOn: 'Go on with this one',
  },
  preview: {
    title: 'Is this your identity provider?',
    notSaved: 'This is what we understood. Nothing is saved yet.',
    entityId: 'Entity ID',
    name: 'Name',
    signInAddress: 'Sign-in address',
    validUntil: 'Valid until',
    certificates: 'Certificates that may sign',
    ends: 'Ends',
    isOver: '(is over: it still works, renew it soon)',
    leftOut: 'What was left out',
    changes: 'What changes for people who sign in now',
    newCertificate: 'New certificate',
    certificateGoes: 'Certificate that goes',
    newAddress: 'New address',
    addressGoes: 'Address that goes',
    use: 'Use this',
    other: 'Try something else',
  },
  domains: {
    heading: 'Prove your domains',
    introduction:
      'Only the owner of a domain can add a record to its DNS. For each domain below, add this TXT record where you manage the DNS of the domain. People sign in by addresses at these domains and at no others.',
    standing: {
      proven: 'Proven.',
      missing: 'The record is not there any more.',
      unproven: 'Not proven yet.',
    },
    missing: 'Put it back: after seven days nobody at this domain can sign in.',
    type: 'Type: TXT',
    name: 'Name (host)',
    nameNote: (domain: Html): Html =>
      markup`Most DNS consoles add ${domain} by themselves; then enter only what stands before it.`,
    value: 'Value (text)',
    check: 'Check now',
    notFound: 'The record was not found. DNS changes can take an hour to be seen everywhere.',
    noAnswer: (reason: Html): Html =>
      markup`The name servers of this domain gave no answer (${reason}). Nothing was changed; check again later.`,
    hourly: 'You need not wait here: we look every hour until the record is there, and daily afterwards.',
    next: 'Continue',
  },
  test: {
    title: 'Test',
    heading: 'Test the sign-in',
    intro:
      'You are taken to your identity provider, sign in there as usual, and come back here. Nobody is signed in to the site by it, and nothing is changed.',
    assigned: 'Use an account that is assigned to the application there.',
    start: 'Start the test',
    again: 'Test again',
    report: 'Report as text',
    outdated: markup`<strong>The settings were changed while you were away.</strong> Please test again.`,
    failed: markup`<strong>The test failed.</strong> Nobody could sign in like this. What is to be changed stands below.`,
    passed: (time: Html): Html => markup`<strong>The test passed.</strong> ${time}`,
    waiting: (time: Html): Html => markup`<strong>Waiting for the answer</strong> since ${time}.`,
    nothing: (time: Html): Html =>
      markup`<strong>Nothing came back</strong> from your identity provider since ${time}.`,
    isAssigned:
      'If your identity provider shows an error instead of sending you back: is the account assigned to the application there?',
    atProduct: (product: Html, menu: Html): Html => markup`At ${product}: <strong>${menu}</strong>.`,
    relayState: (code: Html, otherCode: Html): Html =>
      markup`If you saw a page of ours with the code ${code} or ${otherCode}, your identity provider did not bring our RelayState back: its own field for it must stay empty.`,
    emptyField: (product: Html, field: Html): Html =>
      markup`At ${product} it is called <strong>${field}</strong>.`,
    otherBinding: (code: Html, otherCode: Html): Html =>
      markup`${code}, ${otherCode}: with one of these codes, your identity provider answered by HTTP-Redirect or HTTP-Artifact. Choose the binding HTTP-POST for our ACS URL.`,
    lookAgain: 'Look again',
    knownBy: (source: Html): Html => markup`People are known by the address in: ${source}.`,
    whichAddress: 'Which one is the person’s address?',
    several:
      'More than one place holds an address. Members are known by it, so take the one that stays the same.',
    useAddress: 'Use this address',
    decided: (source: Html): Html => markup`Decided: ${source}.`,
    go: 'Continue',
    forHelp: 'For whoever helps you',
    reportField: 'Report without addresses and keys',
    over: 'The test is over',
    nobody: 'Nobody was signed in. What was found stands on the set-up pages.',
    back: 'Back to the set-up pages',
  },
  findings: {
    verdicts: { pass: 'Right', fail: 'Wrong', unknown: 'Not judged', amber: 'Odd' },
    verdict: (word: string): string => `${word}:`,
    wrong: 'What is wrong',
    odd: 'What is odd, and does no harm',
    rest: (count: Html): Html => markup`All that was looked at besides (${count})`,
    changeAt: (product: Html | undefined): Html => markup`Change at ${product ?? 'your system'}`,
    whatToDo: 'What to do',
    expected: 'Expected',
    received: 'Received',
    code: 'Code',
    rule: 'Rule',
    whatCame: 'What came',
    none: 'none',
    nameId: (value: Html, format: Html): Html => markup`${value}, format ${format}`,
    signedInBy: 'Signed in by',
    clock: 'Clock',
    clockAgrees: 'agrees with ours',
    clockAhead: (count: number): string => `${seconds(count)} ahead of ours`,
    clockBehind: (count: number): string => `${seconds(count)} behind ours`,
    certificateUsed: 'Certificate named in the answer',
    certificateHeld: 'Certificate on file',
    certificateStrange: 'Certificate in the answer that is not on file',
    noText: 'no text',
    noAttributes: 'No attributes came.',
    sourceNameId: 'the NameID',
    sourceAttribute: (name: Html): Html => markup`the attribute ${name}`,
    sourceWith: (source: Html, address: Html): Html => markup`${source} (${address})`,
  },
  activate: {
    title: 'Activate',
    noMetadata: 'Your metadata is missing.',
    bringIt: 'Bring it',
    notTested: 'These settings have not passed a test yet.',
    testThem: 'Test them',
    undecided: 'It is not decided which address counts.',
    decideIt: 'Decide it',
    notProven: 'Not every domain is proven yet.',
    prove: 'Prove them',
    alone:
      'With this, people sign in by it, within seconds and without anybody else. Whoever runs the site is told.',
    activateNow: 'Activate now',
    byLink: (link: Html): Html => markup`Activated by link ${link}.`,
    undoTitle: 'Something is wrong with it?',
    undoMeaning: 'This brings back what people signed in by before.',
    undo: 'Go back',
    live: (time: Html): Html =>
      markup`<strong>This connection is live</strong> since ${time}. People sign in by it.`,
    handedOver: (time: Html): Html => markup`Handed over ${time}.`,
    history: 'History',
    activated: ({ time, link, brought, summary }: Activated): Html =>
      markup`Activated ${time}, brought by link ${link} ${brought}: ${summary}`,
    ready: 'The test has passed. This is what becomes live:',
    identityProvider: 'Identity provider',
    address: 'Address of a person',
    handOverIntro: 'With this you are done. Whoever runs the site is told, looks at it and activates it.',
    handOver: 'Hand over for activation',
    done: (command: Html): Html =>
      markup`<strong>You are done.</strong> Whoever runs the site activates it with ${command}.`,
  },
};

export type SetupText = typeof en;
