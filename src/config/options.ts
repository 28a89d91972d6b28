// The table of every option: path, type, default, meaning, example. The loader reads by it and the README's table is
// made from it. What is not in this table does not exist; there is no option that switches a check off.

import {
  baseAddress,
  emailAddress,
  emailDomains,
  entityIdentifier,
  entityName,
  metadataSource,
  origin,
  pageAddress,
  sitePath,
  stateChoice,
} from './addresses';
import {
  certificateSource,
  choice,
  environmentSecret,
  flag,
  integer,
  privateKeySource,
  secretFile,
  stateKeySource,
  text,
  writtenFile,
} from './kinds';
import {
  defaultsOf,
  listOf,
  namedSections,
  oneOrMore,
  optional,
  required,
  section,
  withDefault,
} from './option';
import type { Options, ValuesOf } from './option';
import { outbound } from './outbound-options';
import { limits } from '../core/limits';

const skewSeconds = integer(0, limits.clockSkewMaxMs / 1000, 'seconds');
const messageKilobytes = limits.messageBytes / 1024;

const keyPair = section({
  key: required(privateKeySource, {
    meaning: 'Private key, PEM: RSA of at least 2048 bits or EC P-256, P-384, P-521.',
    example: 'certs/sp/signing.key',
  }),
  certificate: required(certificateSource, {
    meaning: 'Certificate of the same key: PEM, DER or bare base64.',
    example: 'certs/sp/signing.crt',
  }),
});

const serviceProvider = section({
  baseUrl: required(baseAddress, {
    meaning:
      'Public address of this service. The only source of its own URLs; request headers are never used for them.',
    example: 'https://sso.example.com',
  }),
  entityId: optional(entityIdentifier, {
    meaning: 'Our name at every IdP. IdPs compare it exactly.',
    defaultWords: '`baseUrl` + `/saml/metadata`',
  }),
  signing: required(listOf(keyPair, { least: 1, label: 'list of key pairs' }), {
    meaning:
      'Keys for AuthnRequests. The first signs, all are published, so a new key can be announced early.',
  }),
  decryption: withDefault(listOf(keyPair, { label: 'list of RSA key pairs' }), [], {
    meaning:
      'Keys for encrypted assertions. The first is published, all decrypt. Without one, encrypted assertions are refused.',
    defaultWords: 'none',
  }),
  displayName: optional(text(120), { meaning: 'Name that an IdP may show to people.' }),
  description: optional(text(256), { meaning: 'One sentence that an IdP may show to people.' }),
  logoUrl: optional(pageAddress, { meaning: 'Logo that an IdP may show.' }),
  privacyStatementUrl: optional(pageAddress, { meaning: 'Privacy statement that an IdP may link.' }),
  technicalContactEmail: optional(emailAddress, {
    meaning: 'Published as technical contact in our metadata.',
  }),
});

const listen = section({
  host: withDefault(text(255), '127.0.0.1', { meaning: 'Address to listen on; `0.0.0.0` in a container.' }),
  port: withDefault(integer(0, 65_535), 3000, {
    meaning: 'Port to listen on. TLS is the business of the proxy in front.',
  }),
  trustProxy: withDefault(integer(0, 10), 0, {
    meaning:
      'How many proxies in front may name the client’s address. Used for the log and to share out what strangers ask for, never for URLs. Too low, and all visitors count as one.',
  }),
});

const admin = section({
  host: withDefault(text(255), '127.0.0.1', {
    meaning:
      'Address of the listener for operators. Whoever reaches it reads numbers about every connection.',
  }),
  port: required(integer(0, 65_535), {
    meaning: 'Its port: `GET /metrics`, in the text format of Prometheus.',
    example: '9464',
  }),
});

const audit = section({
  file: required(writtenFile, {
    meaning:
      'One JSON line (Elastic Common Schema) per sign-in, refusal and change, each holding the one before it by a keyed hash; `wix-saml audit verify` proves that none was changed or cut off. Every process needs a file of its own.',
    example: '/var/log/wix-saml/audit.jsonl',
  }),
});

const exchange = section({
  via: withDefault(choice(['httpFunction', 'invoke']), 'httpFunction', {
    meaning:
      'How the site is asked for a session token: its HTTP function directly, or through Wix’s API with an API key.',
  }),
  key: required(privateKeySource, {
    meaning: 'ES256 private key (EC P-256, PEM) that signs to the site. The site holds only the public half.',
    example: 'certs/sp/exchange.key',
  }),
  apiKeyFile: optional(secretFile, { meaning: 'File with the Wix API key; for `via: invoke`.' }),
  apiKey: optional(environmentSecret, { meaning: 'The same from the environment, instead of a file.' }),
  siteId: optional(text(64), { meaning: 'The site’s ID in the Wix dashboard address; for `via: invoke`.' }),
});

const contactEmail = optional(emailAddress, {
  meaning:
    'Whom a person asks who cannot sign in. Refusal pages offer a mail to it; of a connection before of its site.',
});

const site = section({
  displayName: optional(text(80), {
    meaning: 'Name of the site on our pages.',
    defaultWords: 'the host of `url`',
  }),
  contactEmail,
  url: required(baseAddress, {
    meaning: 'Final public address of the Wix site, with its path if it has one. Redirects are refused.',
    example: 'https://www.example.com',
  }),
  landingPage: withDefault(sitePath, '/sso', { meaning: 'Page of the site that completes the sign-in.' }),
  signedOutPage: withDefault(sitePath, '/', {
    meaning: 'Reserved for single logout, which is not there yet; changes nothing.',
  }),
  origins: withDefault(listOf(origin), [], {
    meaning: 'Further origins whose pages may redeem tickets, such as an editor preview.',
    defaultWords: 'the origin of `url`',
  }),
  exchange: required(exchange, { meaning: 'How session tokens are fetched from the site.' }),
});

const connection = section({
  site: required(text(32), { meaning: 'Name of the site that its members sign in to.', example: 'portal' }),
  displayName: optional(text(80), {
    meaning: 'Shown where a person chooses between several.',
    defaultWords: 'the name in the IdP’s metadata, or the connection’s name',
  }),
  contactEmail,
  idpMetadata: required(metadataSource, {
    meaning:
      'The IdP’s metadata. With `setup` the connection waits until somebody brings it; all others work meanwhile. With `mdq` the one entity is asked for by the Metadata Query Protocol.',
    example: 'metadata/idp/acme.xml',
  }),
  idpEntityId: optional(entityName, { meaning: 'Which IdP, when the metadata holds several.' }),
  idpMetadataSigner: optional(oneOrMore(certificateSource), {
    meaning:
      'Certificate whose key signs the metadata as a whole, as federations do; got by another way than the metadata. Metadata without this signature is never used.',
    example: 'metadata/federation.crt',
    defaultWords: 'the file or the TLS address is trusted',
  }),
  maxStaleDays: optional(integer(1, 366, 'days'), {
    meaning:
      'How long a copy is used after its address last answered. Then the connection is down until it answers again.',
    defaultWords: 'as long as the metadata is valid',
  }),
  emailDomains: required(emailDomains, {
    meaning:
      'Mail domains that this IdP may vouch for, compared exactly. `"*"` trusts it for every domain that no other connection of the site names, and is warned about.',
    example: '[acme.com]',
  }),
  emailFrom: optional(text(256), {
    meaning:
      'The one source of the address: `nameId`, or the exact name of an attribute. Without it, the NameID and the well-known attributes must not name different addresses.',
    example: 'nameId',
    defaultWords: 'what all sources agree on',
  }),
  emailAttribute: optional(text(256), {
    meaning:
      'Older spelling of `emailFrom` for an attribute. It always means an attribute, even one that is called `nameId`.',
  }),
  requestBinding: withDefault(choice(['redirect', 'post']), 'redirect', {
    meaning: 'How AuthnRequests travel; the other way is used when the IdP does not offer this one.',
  }),
  forceAuthn: withDefault(flag, false, { meaning: 'Let people type their password at the IdP every time.' }),
  unsolicited: withDefault(choice(['restart', 'reject']), 'restart', {
    meaning:
      'What an answer without a request of ours does: start a proper sign-in, or stop. It never signs anybody in.',
  }),
  clockSkewSeconds: optional(skewSeconds, {
    meaning: 'How far the IdP’s clock may differ.',
    defaultWords: '`verification.clockSkewSeconds`',
  }),
  allowSha1: withDefault(flag, false, {
    meaning: 'Accept SHA-1 signatures of an IdP that can do nothing else. Warned about.',
  }),
  allowCbc: withDefault(flag, true, {
    meaning: 'Accept AES-CBC ciphertexts, as AD FS and older products send. Warned about when used.',
  }),
  requireSignedResponse: withDefault(flag, false, {
    meaning:
      'Refuse a Response that is not signed as a whole, even when its Assertion is. Many IdPs sign only that.',
  }),
  requireValidUntilWithinDays: optional(integer(1, 366, 'days'), {
    meaning:
      'Refuse metadata without `validUntil`, or with one further ahead. Federations publish one; single products rarely do.',
    defaultWords: 'any',
  }),
  requestedAuthnContext: optional(listOf(text(256), { least: 1 }), {
    meaning: 'AuthnContext classes; asked for, and one of them must be in the answer.',
    defaultWords: 'any',
  }),
  maxAuthnAgeSeconds: optional(integer(60, 31_536_000, 'seconds'), {
    meaning: 'How long ago a person may have signed in at the IdP.',
    defaultWords: 'any',
  }),
  secondOpinion: optional(flag, {
    meaning: 'As `verification.secondOpinion`, for this connection.',
    defaultWords: '`verification.secondOpinion`',
  }),
});

const verification = section({
  secondOpinion: withDefault(flag, false, {
    meaning:
      'Let node-saml validate what the strict verifier accepted, and refuse when they disagree. It knows fewer algorithms.',
  }),
  clockSkewSeconds: withDefault(skewSeconds, limits.clockSkewMs / 1000, {
    meaning: 'How far an IdP’s clock may differ from ours.',
  }),
  maxMessageKilobytes: withDefault(integer(16, messageKilobytes, 'KB'), messageKilobytes, {
    meaning: 'Largest decoded SAMLResponse.',
  }),
});

const log = section({
  level: withDefault(choice(['error', 'warn', 'info', 'debug']), 'info', {
    meaning: 'Least important level that is written.',
  }),
});

/** Everything that may stand in a configuration file. */
export const configuration = section({
  serviceProvider: required(serviceProvider, { meaning: 'What we are to an IdP.' }),
  listen: defaultsOf(listen),
  admin: optional(admin, { meaning: 'A second listener, for operators.', defaultWords: 'none' }),
  audit: optional(audit, { meaning: 'A log that shows whether somebody changed it.', defaultWords: 'none' }),
  state: withDefault(stateChoice, { kind: 'memory' } as const, {
    meaning:
      'Where one-time values live. A directory outlives restarts and serves all processes of one machine; several machines need Redis; memory is for trying out.',
    defaultWords: 'memory',
  }),
  stateKeys: optional(listOf(stateKeySource, { least: 1, label: 'list of files' }), {
    meaning:
      'Keys that seal what is stored; all processes need the same. The first seals, all open. To change it: list the new one second everywhere, then first everywhere, then remove the old one.',
    example: '[certs/sp/state.key]',
    defaultWords:
      'with a directory or Redis `state.key` beside the first signing key, made at the first start; with memory a key of the process',
  }),
  verification: defaultsOf(verification),
  outbound: defaultsOf(outbound),
  log: defaultsOf(log),
  sites: required(namedSections(site, 'site'), { meaning: 'Wix sites by a name of your choice.' }),
  connections: required(namedSections(connection, 'connection'), {
    meaning: 'IdPs by a name of your choice; each serves one site.',
  }),
});

type Read<K> = K extends { read: (...given: never[]) => infer V } ? Exclude<V, undefined> : never;
export type Draft = Read<typeof configuration>;
export type ServiceProviderDraft = Read<typeof serviceProvider>;
export type KeyPairDraft = Read<typeof keyPair>;
export type SiteDraft = Read<typeof site>;
export type ExchangeDraft = Read<typeof exchange>;
export type ConnectionDraft = Read<typeof connection>;

/** One line of the README's table. */
export interface OptionRow {
  readonly path: string;
  readonly type: string;
  /** `required`, or the default in words. */
  readonly default: string;
  readonly meaning: string;
  readonly example?: string;
}

/** Every option as documentation, in the order of the table. */
export const optionRows = (): readonly OptionRow[] => rowsOf(configuration.inner?.options ?? {}, '');

function rowsOf(options: Options, prefix: string): OptionRow[] {
  return Object.entries(options).flatMap(([key, option]) => {
    const path = prefix + key;
    const inner =
      option.inner === undefined ? [] : rowsOf(option.inner.options, `${path}${option.inner.suffix}.`);
    const row: OptionRow = {
      path,
      type: option.label,
      default: option.required ? 'required' : (option.defaultWords ?? '–'),
      meaning: option.meaning,
      ...(option.example === undefined ? {} : { example: option.example }),
    };
    return option.inner?.suffix === '' ? inner : [row, ...inner];
  });
}

export type { ValuesOf };
