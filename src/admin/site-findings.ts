// A site's own codes for what is wrong with its set-up → the step of the handout that puts it right. The owner's self-check
// on the site shows the same steps for the same codes.

import type { StepId } from './site-steps';

export interface SiteFinding {
  readonly step: StepId;
  readonly hint: string;
}

const findings: ReadonlyMap<string, SiteFinding> = new Map([
  ['SITE_MEMBER_STATUS_UNKNOWN', { step: 'code', hint: 'Is the Members Area on the site?' }],
  [
    'SITE_MINT_NOT_INSTALLED',
    { step: 'packages', hint: 'Make the files with --sign-on, or take "mint" out of the secret.' },
  ],
  [
    'SITE_COLLABORATORS_UNKNOWN',
    { step: 'packages', hint: 'List the owner and collaborators in "deniedEmails".' },
  ],
  [
    'SITE_STORE_UNAVAILABLE',
    { step: 'collection', hint: 'The collection SamlAssertions is missing or cannot be used.' },
  ],
  [
    'SITE_FUNCTION_MISSING',
    {
      step: 'files',
      hint: 'The site’s http-functions.js lacks one of our three functions, or the site’s address in the secret is not its own.',
    },
  ],
  ['SITE_COLLECTION_OPEN', { step: 'collection', hint: 'Set every permission of SamlAssertions to Admin.' }],
]);

/** Codes of ours that a whole call may end with. */
const refusals: ReadonlyMap<string, StepId> = new Map([
  ['WIX_FUNCTION_MISSING', 'files'],
  ['WIX_UNAVAILABLE', 'files'],
  ['WIX_SITE_NOT_READY', 'secret'],
  ['WIX_ASSERTION_REFUSED', 'secret'],
]);

export const findingOf = (code: string): SiteFinding | undefined => findings.get(code);
export const stepOfRefusal = (code: string): StepId | undefined => refusals.get(code);
