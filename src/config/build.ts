// From values that have the right form to what the lower floors work with: files read, names resolved, pairs compared.
// Every part is tried, so that all problems come in one answer; an undefined part always has a problem behind it.

import { Secret } from '../core/secret';
import type { ServiceProvider, ServiceProviderDisplay } from '../saml/service-provider';
import type { ExchangeConfig, SiteConfig } from './config-parts';
import { buildBrand } from './brand';
import { noteExposedFile, readDecryptionPair, readExchangeKey, readKeyPair, readSource } from './key-files';
import type { ExchangeDraft, ServiceProviderDraft, SiteDraft } from './options';
import { below, report, type At } from './reading';

/** Drops what is undefined: absent and undefined are different things to exactOptionalPropertyTypes. */
type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
export function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}

export function buildServiceProvider(draft: ServiceProviderDraft, at: At): ServiceProvider | undefined {
  const pairs = (name: 'signing' | 'decryption') =>
    (draft[name] ?? []).map((pair, index) => {
      const place = below(below(at, name), index);
      noteExposedFile(pair.key, below(place, 'key'));
      return name === 'signing' ? readKeyPair(pair, place) : readDecryptionPair(pair, place);
    });
  const [first, ...others] = pairs('signing');
  const decryption = pairs('decryption');
  if (draft.baseUrl === undefined || first === undefined) return undefined;
  return Object.freeze({
    entityId: draft.entityId ?? `${draft.baseUrl}/saml/metadata`,
    baseUrl: draft.baseUrl,
    assertionConsumerServiceUrl: `${draft.baseUrl}/saml/acs`,
    signing: [first, ...others.filter((pair) => pair !== undefined)] as const,
    decryption: decryption.filter((pair) => pair !== undefined),
    display: displayOf(draft),
  });
}

function displayOf(draft: ServiceProviderDraft): ServiceProviderDisplay {
  const { displayName, description, logoUrl, informationUrl, privacyStatementUrl } = draft;
  const { technicalContactEmail, securityContactEmail, organization, requestedAttributes } = draft;
  const { entityCategories, assuranceCertifications, metadataValidDays, metadataCacheHours } = draft;
  return present({
    ...{ displayName, description, logoUrl, informationUrl, privacyStatementUrl },
    ...{ technicalContactEmail, securityContactEmail, requestedAttributes },
    ...{ entityCategories, assuranceCertifications },
    ...{ validDays: metadataValidDays, cacheHours: metadataCacheHours },
    organization: organizationOf(organization),
  });
}

/** Undefined where a part of it is missing, which was reported. */
function organizationOf(draft: ServiceProviderDraft['organization']): ServiceProviderDisplay['organization'] {
  if (draft?.name === undefined || draft.url === undefined) return undefined;
  const { name, url, displayName } = draft;
  return { name, url, ...present({ displayName }) };
}

export function buildSite(name: string, draft: SiteDraft, at: At): SiteConfig | undefined {
  const exchangeAt = below(at, 'exchange');
  const exchange = draft.exchange === undefined ? undefined : buildExchange(draft.exchange, exchangeAt);
  // Whoever reads these signs anybody in.
  for (const secret of ['key', 'apiKeyFile'] as const) {
    noteExposedFile(draft.exchange?.[secret], below(exchangeAt, secret));
  }
  const brand = draft.brand === undefined ? undefined : buildBrand(draft.brand, below(at, 'brand'));
  if (draft.url === undefined || exchange === undefined) return undefined;
  return Object.freeze({
    name,
    displayName: draft.displayName ?? new URL(draft.url).hostname,
    ...present({ contactEmail: draft.contactEmail, brand }),
    url: draft.url,
    landingPage: draft.landingPage,
    signedOutPage: draft.signedOutPage,
    origins: Object.freeze([...new Set([new URL(draft.url).origin, ...draft.origins])]),
    exchange,
  });
}

function buildExchange(draft: ExchangeDraft, at: At): ExchangeConfig | undefined {
  const key = draft.key === undefined ? undefined : readExchangeKey(draft.key, below(at, 'key'));
  if (draft.via === 'httpFunction') {
    const unused = (['apiKeyFile', 'apiKey', 'siteId'] as const).filter(
      (option) => draft[option] !== undefined,
    );
    for (const option of unused) {
      report(below(at, option), 'is not used by `via: httpFunction`', 'Remove it, or write `via: invoke`.');
    }
    return key === undefined ? undefined : Object.freeze({ via: draft.via, key });
  }
  const apiKey = readApiKey(draft, at);
  const siteId =
    draft.siteId ??
    report(below(at, 'siteId'), 'is missing', 'Take it from the dashboard’s address, behind /dashboard/.');
  if (key === undefined || apiKey === undefined || siteId === undefined) return undefined;
  return Object.freeze({ via: draft.via, key, apiKey, siteId });
}

function readApiKey(draft: ExchangeDraft, at: At): Secret | undefined {
  if (draft.apiKey !== undefined && draft.apiKeyFile !== undefined) {
    return report(below(at, 'apiKey'), 'is given twice', 'Keep either apiKey or apiKeyFile.');
  }
  if (draft.apiKey !== undefined) return new Secret(draft.apiKey);
  const place = below(at, 'apiKeyFile');
  if (draft.apiKeyFile === undefined) {
    return report(
      place,
      'is missing',
      'Make an API key in the Wix API Keys Manager and write the name of its file here.',
    );
  }
  const value = readSource(draft.apiKeyFile, place)?.toString('utf8').trim();
  if (value === undefined) return undefined;
  return /^[\x21-\x7e]+$/.test(value)
    ? new Secret(value)
    : report(place, 'holds no API key', 'The file must hold the key alone, on one line.');
}
