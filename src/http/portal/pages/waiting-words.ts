// The sentences for who waits for an answer that did not find its way to the test, together.

import { markup, type Html } from '../../html';

export const waitingWords = {
  emptyField: (product: Html | undefined): Html => markup`At ${product} it is called`,
  otherBinding:
    'With one of these codes, your identity provider answered by HTTP-Redirect or HTTP-Artifact. Choose the binding HTTP-POST for our ACS URL.',
  at: (product: Html | undefined): Html => markup`At ${product}:`,
} as const;
