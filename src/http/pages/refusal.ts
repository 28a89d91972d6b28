// What a person reads when a sign-in was refused: a sentence, what to do next, and for their administrator the reference
// that finds the log line and the code that finds the remedy. Holds no text of the request or of the IdP.

import { errorTable } from '../../core/error-table';
import type { ErrorCode } from '../../core/errors';
import { markup } from '../html';
import type { Page } from '../reply';
import { pageLayout, pageStyle } from './layout';

export interface RefusalView {
  readonly message: string;
  readonly reference: string;
  readonly code: ErrorCode;
  /** Address on the site; undefined when it is not known which site is meant. */
  readonly startAgain: string | undefined;
}

export function refusalPage({ message, reference, code, startAgain }: RefusalView): Page {
  // Whoever opens the service's own address, or an old link, did not try to sign in.
  const [heading, label] =
    errorTable[code].visitor === 'request'
      ? (['This address does not work', 'Go to the site'] as const)
      : (['You are not signed in', 'Start again'] as const);
  const content = markup`<h1>${heading}</h1>
<p>${message}</p>
<p class="reference">Reference: <code>${reference}</code><br>Code: <code>${code}</code></p>
${startAgain === undefined ? undefined : markup`<p><a class="button" href="${startAgain}">${label}</a></p>`}`;
  return { html: pageLayout(heading, content), policy: { style: pageStyle } };
}
