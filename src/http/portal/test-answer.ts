// The ACS, where the handle says that we asked for a test. The answer is judged by a function that can sign nobody in, and the
// browser goes back to the set-up pages; what was found is shown there, to the session that began it, and not here.

import { SsoError } from '../../core/errors';
import { completeTest, completeTestIfPending } from '../../admin/setup/test-sign-in';
import { readHandle } from '../../sso/handle';
import { peekConnection } from '../../sso/pending-request';
import { signInOf } from '../../sso/sign-in';
import { markup } from '../html';
import { wordsOf } from '../language';
import { pageLayout, pageStyle } from '../pages/layout';
import { sendPage } from '../reply';
import { urlOf, type Visit } from '../visit';
import type { SetupParts } from './portal';

/** @returns false for every answer whose RelayState is no handle of a test */
export async function consumeTest(
  visit: Visit,
  { documents }: SetupParts,
  message: {
    readonly samlResponse: string | Uint8Array | undefined;
    readonly relayState: string | undefined;
  },
): Promise<boolean> {
  const { samlResponse, relayState } = message;
  const { admission, client, room, reference, context } = visit;
  const requestId = relayState === undefined ? undefined : readHandle(context.handleKeys, relayState, 'test');
  if (requestId === undefined) return false;
  const connection = peekConnection(requestId);
  if (connection !== undefined) visit.about = { connection, signIn: signInOf(requestId) };
  if (samlResponse === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field: 'SAMLResponse' });
  const line = admission.handles.admit(requestId) ? 'asked' : 'others';
  const place = {
    client,
    bytes: samlResponse.length,
    onDropped: (listener: (refusal: SsoError) => void) => room.onDropped(listener),
  };
  await admission.answers.do(line, place, () =>
    completeTest(context, documents, { samlResponse, requestId, reference }),
  );
  sendTestOver(visit);
  return true;
}

/**
 * For an answer whose IdP dropped our RelayState, or put its own in its place: asked with the request that the answer names.
 * Only of connections that are set up here; every other one costs nothing.
 *
 * @returns where the browser goes when that was a test; undefined when it was none
 */
export const testWithoutHandle =
  (visit: Visit, { documents }: SetupParts, samlResponse: string | Uint8Array) =>
  async (requestId: string): Promise<string | undefined> => {
    const { context, reference } = visit;
    const name = peekConnection(requestId);
    const from = name === undefined ? undefined : context.connections.byName(name)?.metadata.from;
    if (from === undefined || !('setup' in from)) return undefined;
    const answer = { samlResponse, requestId, reference };
    return (await completeTestIfPending(context, documents, answer)) ? testUrl(visit) : undefined;
  };

export const testUrl = (visit: Visit): string => urlOf(visit, '/setup/test');

/** Nothing of what was found: that is for the session that began the test. */
export function sendTestOver(visit: Visit): void {
  const back = testUrl(visit);
  const words = wordsOf(visit);
  const { test: say } = words.setup;
  const content = markup`<h1>${say.over}</h1>
<p>${say.nobody}</p>
<p><a class="button" href="${back}">${say.back}</a></p>`;
  const html = pageLayout(words, { title: say.over, content, refreshTo: back });
  sendPage(visit, 200, { html, policy: { style: pageStyle } });
}
