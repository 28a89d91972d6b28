// GET and POST /saml/slo: logout messages of IdPs by both bindings, and the two steps of a browser that the site has sent here:
// `out`, on its way to the IdP after a sign-out at the site, and `return`, back from the site after a logout of the IdP.

import { SsoError } from '../../core/errors';
import { limits } from '../../core/limits';
import { readLogoutForm, readLogoutQuery, type LogoutMessage } from '../../saml/logout/message';
import { beginSignOut } from '../../sso/begin-sign-out';
import { completeSignOut } from '../../sso/complete-sign-out';
import { readHandle } from '../../sso/handle';
import { answerAfterSite, endByIdentityProvider, type LogoutStep } from '../../sso/identity-provider-logout';
import { readBody } from '../body';
import { readFields, readParsedFields } from '../fields';
import { readForm } from '../form';
import { wordsOf } from '../language';
import { signedOutPage, signingOutForm, signingOutPage } from '../pages/signing-out';
import { redirect, sendPage } from '../reply';
import type { Route, Visit } from '../visit';

const STEPS = ['out', 'return', 'signed_out'] as const;
const MESSAGE_FIELDS = ['SAMLRequest', 'SAMLResponse', 'RelayState'] as const;

export const singleLogoutRoute: Route = {
  path: '/saml/slo',
  methods: { GET: get, POST: post },
  refusals: 'page',
};

async function get(visit: Visit): Promise<void> {
  const { out, return: returned, signed_out: signedOut } = readFields(visit.query, STEPS);
  const { context, reference, admission, client } = visit;
  const isFramed = isInFrame(visit);
  if (out !== undefined || returned !== undefined) {
    // Each costs a signature.
    const step = await admission.logins.do('logins', { client, bytes: 0 }, () =>
      out === undefined
        ? answerAfterSite(context, {
            ...{ token: returned ?? '', isSignedOut: signedOut === '1', isFramed, reference },
          })
        : beginSignOut(context, { token: out, isFramed, reference }),
    );
    send(visit, step);
    return;
  }
  send(
    visit,
    await judge(visit, visit.query.length, () => readLogoutQuery(visit.query, context.maxMessageBytes)),
  );
}

async function post(visit: Visit): Promise<void> {
  const rules = { type: 'application/x-www-form-urlencoded', maxBytes: limits.formBytes } as const;
  const body = await readBody(visit, rules);
  const { SAMLRequest, SAMLResponse, RelayState } = Buffer.isBuffer(body)
    ? readForm(body, MESSAGE_FIELDS)
    : readParsedFields(body, MESSAGE_FIELDS);
  if (SAMLRequest !== undefined && SAMLResponse !== undefined)
    throw new SsoError('HTTP_FIELD_DUPLICATE', { field: 'SAMLRequest' });
  const field = SAMLRequest ?? SAMLResponse;
  if (field === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field: 'SAMLRequest' });
  const form = {
    kind: SAMLRequest === undefined ? ('response' as const) : ('request' as const),
    field,
    relayState: RelayState?.toString(),
  };
  const { maxMessageBytes } = visit.context;
  const step = await judge(visit, field.length, () => readLogoutForm(form, maxMessageBytes), form.relayState);
  send(visit, step);
}

/** In its turn, like an answer to a sign-in: whoever brings a handle of ours goes first, and for nothing else. */
function judge(
  visit: Visit,
  bytes: number,
  read: () => LogoutMessage,
  relayState = relayStateIn(visit),
): Promise<LogoutStep> {
  const { admission, client, room, context, reference } = visit;
  const asked = relayState === undefined ? undefined : readHandle(context.handleKeys, relayState, 'sign-out');
  const line = asked !== undefined && admission.handles.admit(asked) ? 'asked' : 'others';
  const onDropped = (listener: (refusal: SsoError) => void): void => room.onDropped(listener);
  return admission.answers.do(line, { client, bytes, onDropped }, async () => {
    const message = read();
    if (message.unverified.kind === 'request')
      return endByIdentityProvider(context, message, { isFramed: isInFrame(visit), reference });
    const { location } = await completeSignOut(context, message, reference);
    return { kind: 'site', location };
  });
}

/** Of a query, before it is read as a message: a hint and no more. */
function relayStateIn({ query }: Visit): string | undefined {
  return /(?:^|&)RelayState=([\w.~-]+)(?:&|$)/.exec(query)?.[1];
}

/** Browsers that do not say so are taken for a window of their own: then the site is visited, which a frame would refuse. */
const isInFrame = ({ request }: Visit): boolean =>
  ['iframe', 'frame'].includes(String(request.headers['sec-fetch-dest']));

function send(visit: Visit, step: LogoutStep): void {
  if (step.kind === 'silence') sendPage(visit, 200, signedOutPage(wordsOf(visit)));
  else if (step.kind === 'site') sendPage(visit, 200, signingOutPage(wordsOf(visit), step.location));
  else if (step.message.binding === 'post') {
    // The IdP may look at the Origin of a form, and a page without referrer would send "null".
    visit.response.setHeader('Referrer-Policy', 'strict-origin');
    sendPage(visit, 200, signingOutForm(wordsOf(visit), step.message));
  } else if (visit.request.method === 'POST' && !isInFrame(visit))
    sendPage(visit, 200, signingOutPage(wordsOf(visit), step.message.location));
  else redirect(visit, visit.request.method === 'POST' ? 303 : 302, step.message.location);
}
