// /setup: with a link, the page with the button that redeems it; with a session, where the set-up stands.

import { SsoError } from '../../../core/errors';
import { lookAtLink, redeemLink, type SetupLink } from '../../../admin/setup/links';
import { readFields } from '../../fields';
import { wordsOf } from '../../language';
import { redirect, sendPage } from '../../reply';
import { urlOf, type Route, type Visit } from '../../visit';
import { readSetupCookie, setSetupCookie } from '../cookie';
import { inLine, readShortForm } from '../form';
import { invitationPage } from '../pages/invitation';
import { logPath } from '../log-paths';
import { portsOf, requirePortal, requireAnySession, type SetupParts } from '../portal';
import { brandOf, siteNameOf } from '../site-name';
import { languageAt } from './language';

export const setupPath = '/setup';

export const entranceRoute = (parts: SetupParts): Route => ({
  path: setupPath,
  methods: { GET: (visit) => open(visit, parts), POST: (visit) => redeem(visit, parts) },
  refusals: 'page',
});

async function open(visit: Visit, parts: SetupParts): Promise<void> {
  await requirePortal(visit, parts);
  const { link: secret } = readFields(visit.query, ['link']);
  if (secret === undefined) {
    const { link } = await requireAnySession(visit, parts);
    redirect(visit, 303, urlOf(visit, firstPageOf(link)));
    return;
  }
  const link = await lookAtLink(portsOf(visit, parts), secret);
  const site = siteNameOf(visit.context, link.connection);
  const page = invitationPage({
    ...{ words: wordsOf(visit), link, secret, site },
    brand: brandOf(visit.context, link.connection),
    setupUrl: urlOf(visit, setupPath),
    languageUrl: urlOf(visit, languageAt),
  });
  // This address holds the secret: not even to ourselves is it said again.
  visit.response.setHeader('Referrer-Policy', 'strict-origin');
  sendPage(visit, 200, page);
}

async function redeem(visit: Visit, parts: SetupParts): Promise<void> {
  await requirePortal(visit, parts);
  const { link: secret } = await readShortForm(visit, ['link']);
  if (secret === undefined) throw new SsoError('HTTP_FIELD_MISSING', { field: 'link' });
  const { context, request, response, reference } = visit;
  const { baseUrl } = context.serviceProvider;
  const cookie = readSetupCookie(baseUrl, request);
  const redeemed = await inLine(visit, secret.length, () =>
    redeemLink(portsOf(visit, parts), secret, cookie),
  );
  const { id, connection, endsAt } = redeemed.link;
  const seconds = (endsAt - context.clock.now()) / 1000;
  setSetupCookie(baseUrl, response, { value: redeemed.cookie, seconds });
  context.events.emit({ type: 'setup.linkRedeemed', reference, connection, link: id });
  redirect(visit, 303, urlOf(visit, firstPageOf(redeemed.link)));
}

const firstPageOf = ({ scope }: Pick<SetupLink, 'scope'>): string =>
  scope === 'log' ? logPath : '/setup/connect';
