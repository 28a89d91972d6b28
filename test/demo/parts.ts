/**
 * DEMO ONLY. The identity provider and the Wix site of `wix-saml demo` and `wix-saml dev`, bundled into the package as
 * dist/demo. The provider signs anybody in who clicks a name, so it listens on this machine alone, and serves no service
 * provider that is anywhere else.
 */

import type {
  LocalIdp,
  LocalIdpOptions,
  LocalParts,
  LocalSite,
  LocalSiteOptions,
} from '../../src/cli/local-parts';
import { LAYOUTS, startIdp as startAnyIdp, type Layout } from '../support/idp';
import { startWixSite } from '../support/wix';
import { signIn } from './sign-in';

const isLoopback = (address: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);

async function startIdp({ port, people, emailAttributes }: LocalIdpOptions): Promise<LocalIdp> {
  const idp = await startAnyIdp({ port, people, layout: withAttributes(emailAttributes) });
  return {
    metadataXml: idp.metadataXml,
    trust: (metadataXml) => {
      const { acsUrls } = idp.registerServiceProvider(metadataXml);
      if (acsUrls.every(isLoopback)) return;
      throw new Error('The local identity provider answers to this machine only.');
    },
    stop: () => idp.close(),
  };
}

/** The address under each name that a connection may look at, in the layout of a well-known product. */
function withAttributes(names: readonly string[]): Layout {
  return (context) => {
    const plain = LAYOUTS.okta(context);
    const there = new Set(plain.attributes?.map(({ name }) => name));
    const more = names.filter((name) => !there.has(name));
    const added = more.map((name) => ({ name, values: [context.person.email] }));
    return { ...plain, attributes: [...(plain.attributes ?? []), ...added] };
  };
}

async function startSite({ port, code, secret, landingPage }: LocalSiteOptions): Promise<LocalSite> {
  const site = await startWixSite({ port, code, landingPage, secrets: { [secret.name]: secret.value } });
  return {
    url: site.url,
    signIn: (baseUrl, personId) => signIn({ site, baseUrl }, personId),
    stop: () => site.stop(),
  };
}

export const parts: LocalParts = { startIdp, startSite };
