// POST /saml/acs: the assertion consumer service (SAML Bindings §3.5). Takes a form with one SAMLResponse and at most one
// RelayState, and answers with a page that leads back to the site. Needs no cookie: none would travel with this cross-site POST.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { completeLogin } from '../../sso/complete-login';
import { readHandle } from '../../sso/handle';
import { peekConnection } from '../../sso/pending-request';
import { peekSignIn } from '../../sso/sign-in';
import { readBody } from '../body';
import { readParsedFields } from '../fields';
import { readForm } from '../form';
import { wordsOf } from '../language';
import { onwardPage } from '../pages/onward';
import { sendPage } from '../reply';
import { consumeTest, sendTestOver, testUrl, testWithoutHandle } from '../portal/test-answer';
import type { SetupParts } from '../portal/portal';
import type { Route, Visit } from '../visit';

const FIELDS = ['SAMLResponse', 'RelayState'] as const;

export const assertionConsumerPath = '/saml/acs';

/** @param setup present where there are set-up pages, whose test sign-ins are answered here too */
export const assertionConsumerRoute = (setup: SetupParts | undefined): Route => ({
  path: assertionConsumerPath,
  methods: { POST: (visit) => consume(visit, setup) },
  refusals: 'page',
});

async function consume(visit: Visit, setup: SetupParts | undefined): Promise<void> {
  const { samlResponse, relayState: echoed } = await readMessage(visit);
  if (setup?.isOn() === true && (await consumeTest(visit, setup, { samlResponse, relayState: echoed })))
    return;
  // Authenticated before anything is parsed: whether we asked decides who is judged first, and nothing else.
  const asked = echoed === undefined ? undefined : readHandle(visit.context.handleKeys, echoed);
  const relayState = asked ?? echoed;
  const connection = relayState === undefined ? undefined : peekConnection(relayState);
  const signIn = peekSignIn(relayState);
  if (connection !== undefined && signIn !== undefined) visit.about = { connection, signIn };
  if (samlResponse === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field: 'SAMLResponse' });
  const { admission, client, room, reference, context } = visit;
  const line = asked !== undefined && admission.handles.admit(asked) ? 'asked' : 'others';
  const place = {
    client,
    bytes: samlResponse.length,
    onDropped: (listener: (refusal: SsoError) => void) => room.onDropped(listener),
  };
  const elsewhere =
    setup?.isOn() === true && asked === undefined ? testWithoutHandle(visit, setup, samlResponse) : undefined;
  const { location } = await admission.answers.do(line, place, () =>
    completeLogin(context, { samlResponse, relayState, reference, ...(elsewhere && { elsewhere }) }),
  );
  if (elsewhere !== undefined && location === testUrl(visit)) sendTestOver(visit);
  else sendPage(visit, 200, onwardPage(location, wordsOf(visit)));
}

interface Message {
  readonly samlResponse: string | Uint8Array | undefined;
  readonly relayState: string | undefined;
}

async function readMessage(visit: Visit): Promise<Message> {
  const rules = { type: 'application/x-www-form-urlencoded', maxBytes: limits.formBytes } as const;
  const body = await readBody(visit, rules);
  const { SAMLResponse: samlResponse, RelayState: relayState } = Buffer.isBuffer(body)
    ? readForm(body, FIELDS)
    : readParsedFields(body, FIELDS);
  return { samlResponse, relayState: tolerableRelayState(visit, relayState) };
}

/**
 * A RelayState of ours has at most 80 bytes (§3.5.3). A longer one is an IdP's own: a path on the site is a tile's way back
 * and may be as long as `return_to`; anything else, usually the start page of a portal, is dropped, and no honest person is
 * turned away for it.
 */
function tolerableRelayState(visit: Visit, relayState: string | Buffer | undefined): string | undefined {
  if (relayState === undefined) return undefined;
  const bytes = Buffer.byteLength(relayState);
  const longest = isPath(relayState) ? limits.returnToChars : limits.relayStateBytes;
  if (bytes <= longest) return relayState.toString();
  const { reference, context } = visit;
  context.events.emit({ type: 'login.relayStateDropped', reference, bytes });
  return undefined;
}

const isPath = (relayState: string | Buffer): boolean =>
  relayState.at(0) === (typeof relayState === 'string' ? '/' : 0x2f);
