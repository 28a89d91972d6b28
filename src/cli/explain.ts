// `wix-saml explain FILE|-`: a captured answer of an IdP, judged step by step, with the field to change on that IdP's
// screen. Needs a connection of the configuration, or no configuration at all when the expected values are given.
// Never accepts anything, and shows addresses shortened unless asked not to.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { systemClock } from '../server/compose';
import type { Config } from '../config/config';
import { loadConfig } from '../config/load';
import { limits } from '../core/limits';
import type { MemberPolicy } from '../policy/member-policy';
import { parseDateTime } from '../saml/xml/date-time';
import { decodeSamlResponse } from '../saml/login/decode';
import type { IdentityProvider } from '../saml/identity-provider';
import { MetadataError, readIdentityProviderMetadata } from '../saml/metadata/identity-provider-metadata';
import { parseResponse, peekInResponseTo, peekIssuer } from '../saml/login/response';
import type { Connection } from '../sso/connection';
import { explain as judge, type Explanation, type ExplainQuestion } from '../admin/explain-answer';
import { fieldToChange } from '../admin/idps';
import { peekConnection } from '../sso/pending-request';
import { capturedMessage } from '../admin/captured-message';
import { explanationLines } from './explanation-lines';
import { configFile, exit, json, type Terminal } from './terminal';

export interface ExplainOptions {
  readonly config?: string;
  readonly connection?: string;
  /** xs:dateTime in UTC, or milliseconds since 1970. */
  readonly at?: string;
  readonly acsUrl?: string;
  readonly entityId?: string;
  readonly inResponseTo?: string;
  readonly idpMetadata?: string;
  readonly decryptionKey?: readonly string[];
  readonly allowSha1?: boolean;
  readonly showEmail?: boolean;
  readonly json?: boolean;
}

/** Wrong use of the command: exit code 2. */
class UsageError extends Error {}

export async function explain(file: string, options: ExplainOptions, terminal: Terminal): Promise<number> {
  try {
    const samlResponse = capturedMessage(read(file));
    if (samlResponse === undefined) throw new UsageError(`${file}: no SAMLResponse in there`);
    const trust = await trustOf(samlResponse, options, terminal);
    const explanation = judge(question(samlResponse, trust, options));
    print(explanation, { ...trust, options }, terminal);
    return explanation.verdict === 'accept' ? exit.fine : exit.findings;
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    terminal.err(cause.message);
    return exit.usage;
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    throw new UsageError(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

interface Trust {
  readonly config: Config | undefined;
  readonly connection: Connection | undefined;
  readonly identityProvider: IdentityProvider;
}

/** The configuration is needed only for what the options do not say. */
async function trustOf(samlResponse: string, options: ExplainOptions, terminal: Terminal): Promise<Trust> {
  const now = systemClock.now();
  const standalone =
    options.idpMetadata !== undefined && options.acsUrl !== undefined && options.entityId !== undefined;
  const config =
    standalone && options.config === undefined && options.connection === undefined
      ? undefined
      : await loadConfig(configFile(options.config, terminal), { env: terminal.env, now });
  const connection = config && connectionOf(config, samlResponse, options);
  const identityProvider =
    options.idpMetadata === undefined
      ? connection?.identityProvider
      : readMetadata(options.idpMetadata, judgedAt(options), samlResponse);
  if (identityProvider === undefined) {
    throw new UsageError('Which IdP? Name a connection (--connection NAME) or give --idp-metadata FILE.');
  }
  return { config, connection, identityProvider };
}

function connectionOf(config: Config, samlResponse: string, options: ExplainOptions): Connection | undefined {
  const { connections } = config;
  if (options.connection !== undefined) {
    const named = connections.get(options.connection);
    if (named !== undefined) return named;
    throw new UsageError(
      `No connection ${options.connection}. There are: ${[...connections.keys()].join(', ')}`,
    );
  }
  const { requestId, issuer } = peek(samlResponse);
  const routed = requestId === undefined ? undefined : peekConnection(requestId);
  const [only, second] = connections.values();
  return (
    (routed === undefined ? undefined : connections.get(routed)) ??
    (second === undefined ? only : undefined) ??
    [...connections.values()].find(({ identityProvider }) => identityProvider.entityId === issuer)
  );
}

/** Whose answer it claims to be; a message that cannot be read claims nothing. */
function peek(samlResponse: string): {
  readonly requestId?: string | undefined;
  readonly issuer?: string | undefined;
} {
  try {
    const response = parseResponse(decodeSamlResponse(samlResponse, limits.messageBytes));
    return { requestId: peekInResponseTo(response), issuer: peekIssuer(response) };
  } catch {
    return {};
  }
}

function readMetadata(file: string, now: number, samlResponse: string): IdentityProvider {
  const xml = read(file).toString('utf8');
  try {
    return readIdentityProviderMetadata(xml, { now, entityId: undefined });
  } catch (cause) {
    if (!(cause instanceof MetadataError)) throw cause;
    const { issuer } = peek(samlResponse);
    try {
      if (issuer !== undefined) return readIdentityProviderMetadata(xml, { now, entityId: issuer });
    } catch {
      // the first problem says more
    }
    throw new UsageError(`${file}: ${cause.problem} ${cause.hint}`);
  }
}

function judgedAt({ at }: ExplainOptions): number {
  if (at === undefined) return systemClock.now();
  const time = /^\d{12,14}$/.test(at) ? Number(at) : parseDateTime(at);
  if (time === undefined) throw new UsageError('--at takes a time such as 2026-01-31T12:00:00Z');
  return time;
}

function question(samlResponse: string, trust: Trust, options: ExplainOptions): ExplainQuestion {
  const { config, connection, identityProvider } = trust;
  const { serviceProvider } = config ?? {};
  const everyAddress: MemberPolicy = { emailDomains: '*' };
  const keys =
    options.decryptionKey?.map(readKey) ?? serviceProvider?.decryption.map((pair) => pair.privateKey) ?? [];
  return {
    samlResponse,
    maxMessageBytes: config?.maxMessageBytes ?? limits.messageBytes,
    keys: identityProvider.signingKeys,
    allowSha1: options.allowSha1 ?? connection?.allowSha1 ?? false,
    decryption: { keys, allowCbc: connection?.allowCbc ?? true },
    expected: {
      identityProvider: identityProvider.entityId,
      serviceProvider: options.entityId ?? serviceProvider?.entityId ?? '',
      assertionConsumerServiceUrl: options.acsUrl ?? serviceProvider?.assertionConsumerServiceUrl ?? '',
      requestId: options.inResponseTo,
      clockSkewMs: connection?.clockSkewMs ?? limits.clockSkewMs,
    },
    policy: connection?.policy ?? everyAddress,
    now: judgedAt(options),
  };
}

function readKey(file: string): KeyObject {
  const pem = read(file);
  try {
    return createPrivateKey(pem);
  } catch {
    throw new UsageError(`${file} is not a private key in PEM form`);
  }
}

function print(
  explanation: Explanation,
  { connection, identityProvider, options }: Trust & { readonly options: ExplainOptions },
  terminal: Terminal,
): void {
  const rules = explanation.rows.map((row) => {
    const field = row.code && fieldToChange(row.code, identityProvider.entityId);
    return field === undefined ? row : { ...row, field };
  });
  if (options.json === true) {
    const { verdict, code, email } = explanation;
    const at = new Date(judgedAt(options)).toISOString();
    const identityProviderId = identityProvider.entityId;
    terminal.out(
      json({
        verdict,
        code,
        email,
        connection: connection?.name,
        identityProvider: identityProviderId,
        at,
        rules,
      }),
    );
    return;
  }
  const lines = explanationLines({ ...explanation, rows: rules }, options.showEmail === true);
  for (const line of lines) terminal.out(line);
}
