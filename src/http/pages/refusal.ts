// What a person reads when a sign-in was refused: a sentence, what to do next, and the reference for their administrator.
// Holds no text of the request or of the IdP.

import { markup } from '../html';
import type { Page } from '../reply';
import { pageLayout, pageStyle } from './layout';

export interface RefusalView {
  readonly message: string;
  readonly reference: string;
  /** Address on the site; undefined when it is not known which site is meant. */
  readonly startAgain: string | undefined;
}

export function refusalPage({ message, reference, startAgain }: RefusalView): Page {
  const content = markup`<h1>You are not signed in</h1>
<p>${message}</p>
<p class="reference">Reference: <code>${reference}</code></p>
${startAgain === undefined ? undefined : markup`<p><a class="button" href="${startAgain}">Start again</a></p>`}`;
  return { html: pageLayout('You are not signed in', content), policy: { style: pageStyle } };
}
