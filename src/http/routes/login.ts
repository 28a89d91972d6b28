// GET /saml/login: a link from a site's page. POST: the chooser's form, with the same fields, so that an e-mail address
// stays out of the address bar.

import { SsoError } from '../../core/errors';
import { beginLogin, type LoginRequest } from '../../sso/begin-login';
import { requestOrigin } from '../request-origin';
import { readBody } from '../body';
import { readFields, readParsedFields, type Fields } from '../fields';
import { wordsOf } from '../language';
import { chooserPage } from '../pages/chooser';
import { confirmPage } from '../pages/confirm';
import { postBindingPage } from '../pages/post-binding';
import { redirect, sendPage } from '../reply';
import { urlOf, type Route, type Visit } from '../visit';

const FIELDS = [
  'connection',
  'site',
  'email',
  'code_challenge',
  'state',
  'return_to',
  'force_authn',
  'is_passive',
  'confirm',
] as const;
type LoginFields = Fields<(typeof FIELDS)[number]>;

/** A form of short fields. */
const FORM_BYTES = 8 * 1024;

export const loginRoute: Route = {
  path: '/saml/login',
  methods: {
    GET: (visit) => answer(visit, readFields(visit.query, FIELDS), 302),
    POST: async (visit) => {
      const rules = { type: 'application/x-www-form-urlencoded', maxBytes: FORM_BYTES } as const;
      const body = await readBody(visit, rules);
      const fields = Buffer.isBuffer(body)
        ? readFields(body.toString(), FIELDS)
        : readParsedFields(body, FIELDS);
      await answer(visit, fields, 303);
    },
  },
  refusals: 'page',
};

async function answer(visit: Visit, fields: LoginFields, status: 302 | 303): Promise<void> {
  const { connection, site } = fields;
  visit.about = {
    ...(connection === undefined ? {} : { connection }),
    ...(site === undefined ? {} : { site }),
  };
  // A link's address was not typed here.
  const typed = status === 303 ? fields.email : undefined;
  const request = loginRequestOf(fields, visit);
  const { client, admission } = visit;
  // Each costs a signature, and anybody may ask for one.
  const step = await admission.logins.do('logins', { client, bytes: 0 }, () =>
    beginLogin(visit.context, request),
  );
  // The IdP may look at the Origin of a form, and a page without referrer would send "null".
  if (step.kind !== 'start-page') visit.response.setHeader('Referrer-Policy', 'strict-origin');
  const words = wordsOf(visit);
  const loginUrl = urlOf(visit, '/saml/login');
  if (step.kind === 'chooser') sendPage(visit, 200, chooserPage(step, { words, loginUrl, typed }));
  else if (step.kind === 'confirm') sendPage(visit, 200, confirmPage(step, loginUrl, words));
  else if (step.kind === 'start-page') redirect(visit, status, step.location);
  else if (step.message.binding === 'post') sendPage(visit, 200, postBindingPage(step.message, words));
  else redirect(visit, status, step.message.location);
}

function loginRequestOf(fields: LoginFields, { reference, request }: Visit): LoginRequest {
  const { connection, site, email, state } = fields;
  return {
    reference,
    from: requestOrigin(request.headers),
    ...(connection === undefined ? {} : { connection }),
    ...(site === undefined ? {} : { site }),
    ...(email === undefined ? {} : { email }),
    ...(state === undefined ? {} : { state }),
    ...(fields.code_challenge === undefined ? {} : { codeChallenge: fields.code_challenge }),
    ...(fields.return_to === undefined ? {} : { returnTo: fields.return_to }),
    forceAuthn: flag(fields, 'force_authn'),
    isPassive: flag(fields, 'is_passive'),
    confirm: flag(fields, 'confirm'),
  };
}

function flag(fields: LoginFields, name: 'force_authn' | 'is_passive' | 'confirm'): boolean {
  const value = fields[name] ?? 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw new SsoError('HTTP_FIELD_INVALID', { field: name, form: 'true or false' });
}
