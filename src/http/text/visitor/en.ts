// What the pages of a sign-in say to visitors, in English; its type is that of every other language. The sentences of
// refusals stand in the error table, which every floor can read.

import { visitorSentences } from '../../../core/error-table';
import { markup, type Html } from '../../html';

type Sentences = Readonly<Record<keyof typeof visitorSentences, string>>;
const sentences: Sentences = visitorSentences;

export const en = {
  sentences,
  refusal: {
    notSignedIn: 'You are not signed in',
    // Whoever opens the service's own address, or an old link, did not try to sign in.
    badAddress: 'This address does not work',
    badLink: 'This set-up link does not work',
    changed: 'Someone else changed this',
    away: 'Sign-in is not available right now',
    signOutFailed: 'Signing out was not completed',
    used: 'Already used',
    goToSite: 'Go to the site',
    tryAgain: 'Try again',
    goOn: 'Continue to the site',
    startAgain: 'Start again',
    otherAccount: 'Use another account',
    help: 'Help from your organisation',
    ask: (address: Html): Html => markup`Ask ${address}. The link opens a draft with what they need.`,
    reference: 'Reference:',
    code: 'Code:',
    time: 'Time:',
  },
  /** Of the draft of a mail; plain text. */
  mail: {
    could: (site: string | undefined): string =>
      site === undefined ? 'I could not sign in.' : `I could not sign in to ${site}.`,
    subject: (site: string | undefined, reference: string): string =>
      site === undefined ? `Sign-in refused (${reference})` : `Sign-in to ${site} refused (${reference})`,
    forAdmin: 'For the administrator:',
  },
  chooser: {
    title: 'Sign in',
    choose: 'Choose your organisation.',
    notAvailable: (name: Html): Html => markup`${name} (not available at the moment)`,
    notSure: 'Not sure?',
    address: 'Your e-mail address at work',
    go: 'Continue',
    undecided:
      'This address does not tell us your organisation. Check it, or choose your organisation above.',
    undecidedAlone: 'This address does not tell us your organisation. Check it, or start at the site.',
  },
  confirm: {
    account: (name: Html): Html => markup`You will sign in with your account at <strong>${name}</strong>.`,
    go: 'Continue with your company account',
    other: 'Use another organisation',
  },
  onward: {
    title: 'Signing you in…',
    text: 'You are being taken back to the site. If nothing happens, use this link.',
    go: 'Continue to the site',
  },
  toIdp: {
    title: 'Signing you in',
    heading: 'One moment…',
    text: 'You are being taken to your organisation’s sign-in page. If nothing happens, continue with the button.',
    go: 'Continue',
  },
  signingOut: {
    title: 'Signing you out…',
    toSite: 'You are being taken on. If nothing happens, use this link.',
    toIdp:
      'You are being taken to your organisation’s sign-out page. If nothing happens, continue with the button.',
    go: 'Continue',
    done: 'You are signed out',
    close: 'You can close this window.',
  },
};

export type VisitorText = typeof en;
