// The table of every option: path, type, default, meaning, example. The loader reads by it and docs/options.md is
// made from it. What is not in this table does not exist; there is no option that switches a check off.

import { baseAddress, origin, sitePath, stateChoice } from './addresses';
import { furthestDays, lastDay, warningCode } from './acknowledgement-kinds';
import {
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
import { defaultsOf, listOf, namedSections, optional, required, section, withDefault } from './option';
import type { Options, ValuesOf } from './option';
import { brand } from './brand-options';
import { connection, contactEmail, skewSeconds } from './connection-options';
import { notify } from './notify-options';
import { outbound } from './outbound-options';
import type { keyPair } from './service-provider-options';
import { serviceProvider } from './service-provider-options';
import { setupOption } from './setup-options';
import { limits } from '../core/limits';

const messageKilobytes = limits.messageBytes / 1024;

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

const signInLog = section({
  days: withDefault(integer(0, 400, 'days'), limits.signInLogDays, {
    meaning:
      'How long each attempt is kept: its steps and times, its code and verdicts, a masked address and a pseudonym, sealed in the store; `0` keeps none. See docs/sign-in-log.md.',
  }),
});

const exchange = section({
  via: withDefault(choice(['httpFunction', 'invoke']), 'httpFunction', {
    meaning:
      'How the site is asked for a session token: its HTTP function directly, or through Wix’s API with an API key.',
  }),
  key: required(privateKeySource, {
    meaning:
      'ES256 private key (EC P-256, PEM or DER) that signs to the site. The site holds only the public half.',
    example: 'certs/sp/exchange.key',
  }),
  apiKeyFile: optional(secretFile, { meaning: 'File with the Wix API key; for `via: invoke`.' }),
  apiKey: optional(environmentSecret, { meaning: 'The same from the environment, instead of a file.' }),
  siteId: optional(text(64), { meaning: 'The site’s ID in the Wix dashboard address; for `via: invoke`.' }),
});

const site = section({
  displayName: optional(text(80), {
    meaning: 'Name of the site on our pages.',
    defaultWords: 'the host of `url`',
  }),
  brand: optional(brand, {
    meaning: 'How the set-up pages of the site’s connections look.',
    defaultWords: 'as we have them',
  }),
  contactEmail,
  url: required(baseAddress, {
    meaning: 'Final public address of the Wix site, with its path if it has one. Redirects are refused.',
    example: 'https://www.example.com',
  }),
  landingPage: withDefault(sitePath, '/sso', { meaning: 'Page of the site that completes the sign-in.' }),
  signedOutPage: withDefault(sitePath, '/', {
    meaning:
      'Page of the site to which a sign-out at the company leads back; it is told what ended (`wix-saml-signed-out`).',
  }),
  origins: withDefault(listOf(origin), [], {
    meaning: 'Further origins whose pages may redeem tickets, such as an editor preview.',
    defaultWords: 'the origin of `url`',
  }),
  exchange: required(exchange, { meaning: 'How session tokens are fetched from the site.' }),
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
  format: withDefault(choice(['auto', 'json', 'text']), 'auto', {
    meaning:
      'How lines are written: `json` for machines, `text` for people; `auto` writes text to a terminal and JSON elsewhere.',
  }),
});

const acknowledgement = section({
  warning: required(warningCode, {
    meaning: 'Which kind of warning; `wix-saml check` shows the code.',
    example: 'SHA1_ALLOWED',
  }),
  connection: optional(text(32), {
    meaning: 'Of which connection; needed where the warning is about one.',
  }),
  reason: required(text(200), {
    meaning: 'Why the warning has to stay, for whoever reads this next year.',
    example: 'the IdP is replaced in March',
  }),
  until: required(lastDay, {
    meaning: `Last day of it, at most ${furthestDays} days ahead. Afterwards the warning is back.`,
    example: '2027-03-31',
  }),
});

/** Everything that may stand in a configuration file. */
export const configuration = section({
  serviceProvider: required(serviceProvider, { meaning: 'What we are to an IdP.' }),
  listen: defaultsOf(listen),
  admin: optional(admin, { meaning: 'A second listener, for operators.', defaultWords: 'none' }),
  audit: optional(audit, { meaning: 'A log that shows whether somebody changed it.', defaultWords: 'none' }),
  notify: optional(notify, {
    meaning: 'Mails and webhooks about what needs somebody (docs/notices.md).',
    defaultWords: 'none',
  }),
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
  setup: setupOption,
  signInLog: defaultsOf(signInLog),
  verification: defaultsOf(verification),
  outbound: defaultsOf(outbound),
  log: defaultsOf(log),
  acknowledged: withDefault(listOf(acknowledgement, { label: 'list of acknowledgements' }), [], {
    meaning:
      'Warnings that somebody has looked at and decided to live with for a while; `wix-saml check --strict` passes over them.',
    defaultWords: 'none',
  }),
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

/** One line of docs/options.md. */
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
