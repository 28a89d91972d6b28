// A captured answer of an IdP and what an administrator says about it → a verdict for every rule, with the field to change
// on that IdP's screen. Finds out by whose keys and expectations to judge. Never accepts anything.

import type { KeyObject } from 'node:crypto';
import { limits } from '../core/limits';
import type { MemberPolicy } from '../policy/member-policy';
import type { IdentityProvider } from '../saml/identity-provider';
import { decodeSamlResponse } from '../saml/login/decode';
import { parseResponse, peekInResponseTo, peekIssuer } from '../saml/login/response';
import { MetadataError, readIdentityProviderMetadata } from '../saml/metadata/identity-provider-metadata';
import type { Connection } from '../sso/connection';
import { fieldToChange } from './idps';
import { peekConnection } from '../sso/pending-request';
import type { Deployment } from './deployment';
import { explain as judge, type Explanation, type ExplainQuestion, type ExplainRow } from './explain-answer';

/** What a deployment knows; not needed when the choice says all of it. */
export type ExplainGround = Pick<Deployment, 'serviceProvider'> & {
  /** Those that are ready, by name. */
  readonly connections: ReadonlyMap<string, Connection>;
  readonly maxMessageBytes: number;
};

export interface ExplainChoice {
  /** base64, as `capturedMessage` finds it. */
  readonly samlResponse: string;
  /** Milliseconds since 1970: the time at which to judge. */
  readonly at: number;
  /** By whose configuration; undefined: the connection that the message names. */
  readonly connection: string | undefined;
  /** Instead of what the deployment says. */
  readonly acsUrl: string | undefined;
  readonly entityId: string | undefined;
  /** XML; several entities are told apart by the issuer of the message. */
  readonly idpMetadata: string | undefined;
  readonly decryptionKeys: readonly KeyObject[] | undefined;
  /** Not judged when it is undefined. */
  readonly inResponseTo: string | undefined;
  /** As if the connection allowed SHA-1. */
  readonly allowSha1: boolean;
}

export interface ExplainedRow extends ExplainRow {
  /** Where on this IdP's screen. */
  readonly field?: string;
}

export interface ExplainedAnswer extends Omit<Explanation, 'rows'> {
  /** Name of the connection by which it was judged, if any. */
  readonly connection: string | undefined;
  /** entityID. */
  readonly identityProvider: string;
  readonly rows: readonly ExplainedRow[];
}

export type NoGround =
  | { readonly kind: 'noSuchConnection'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'noIdentityProvider' }
  | { readonly kind: 'metadata'; readonly problem: string; readonly hint: string };

/** Nothing says by what to judge. */
export class NoGroundError extends Error {
  override readonly name = 'NoGroundError';

  constructor(readonly ground: NoGround) {
    super(ground.kind);
  }
}

/** True when a choice needs no deployment beside it. */
export const standsAlone = (
  choice: Pick<ExplainChoice, 'acsUrl' | 'entityId' | 'connection'> & { readonly idpMetadata: unknown },
): boolean =>
  choice.idpMetadata !== undefined &&
  choice.acsUrl !== undefined &&
  choice.entityId !== undefined &&
  choice.connection === undefined;

/** @throws NoGroundError */
export function explainCaptured(choice: ExplainChoice, ground: ExplainGround | undefined): ExplainedAnswer {
  const claimed = peek(choice.samlResponse);
  const connection = ground && connectionOf(ground, choice.connection, claimed);
  const identityProvider =
    choice.idpMetadata === undefined
      ? connection?.identityProvider
      : readMetadata(choice.idpMetadata, choice.at, claimed.issuer);
  if (identityProvider === undefined) throw new NoGroundError({ kind: 'noIdentityProvider' });
  const { entityId, singleSignOnServices } = identityProvider;
  const explanation = judge(question(choice, { ground, connection, identityProvider }));
  return {
    ...explanation,
    connection: connection?.name,
    identityProvider: identityProvider.entityId,
    rows: explanation.rows.map((row) => {
      const field = row.code && fieldToChange(row.code, entityId, singleSignOnServices, row.received);
      return field === undefined ? row : { ...row, field };
    }),
  };
}

interface Claimed {
  readonly requestId?: string | undefined;
  readonly issuer?: string | undefined;
}

/** Whose answer it claims to be; a message that cannot be read claims nothing. */
function peek(samlResponse: string): Claimed {
  try {
    const response = parseResponse(decodeSamlResponse(samlResponse, limits.messageBytes));
    return { requestId: peekInResponseTo(response), issuer: peekIssuer(response) };
  } catch {
    return {};
  }
}

/** The named one; else the one of the request, the only one, or the one with this issuer. */
function connectionOf(
  { connections }: ExplainGround,
  name: string | undefined,
  { requestId, issuer }: Claimed,
): Connection | undefined {
  if (name !== undefined) {
    const named = connections.get(name);
    if (named !== undefined) return named;
    throw new NoGroundError({ kind: 'noSuchConnection', name, names: [...connections.keys()] });
  }
  const routed = requestId === undefined ? undefined : peekConnection(requestId);
  const [only, second] = connections.values();
  return (
    (routed === undefined ? undefined : connections.get(routed)) ??
    (second === undefined ? only : undefined) ??
    [...connections.values()].find(({ identityProvider }) => identityProvider.entityId === issuer)
  );
}

function readMetadata(xml: string, now: number, issuer: string | undefined): IdentityProvider {
  try {
    return readIdentityProviderMetadata(xml, { now, entityId: undefined });
  } catch (cause) {
    if (!(cause instanceof MetadataError)) throw cause;
    try {
      if (issuer !== undefined) return readIdentityProviderMetadata(xml, { now, entityId: issuer });
    } catch {
      // the first problem says more
    }
    throw new NoGroundError({ kind: 'metadata', problem: cause.problem, hint: cause.hint });
  }
}

interface Trust {
  readonly ground: ExplainGround | undefined;
  readonly connection: Connection | undefined;
  readonly identityProvider: IdentityProvider;
}

function question(choice: ExplainChoice, { ground, connection, identityProvider }: Trust): ExplainQuestion {
  const { serviceProvider } = ground ?? {};
  const everyAddress: MemberPolicy = { emailDomains: '*' };
  const keys = choice.decryptionKeys ?? serviceProvider?.decryption.map((pair) => pair.privateKey) ?? [];
  return {
    samlResponse: choice.samlResponse,
    maxMessageBytes: ground?.maxMessageBytes ?? limits.messageBytes,
    keys: identityProvider.signingKeys,
    allowSha1: choice.allowSha1 || (connection?.allowSha1 ?? false),
    decryption: { keys, allowCbc: connection?.allowCbc ?? true },
    expected: {
      identityProvider: identityProvider.entityId,
      serviceProvider: choice.entityId ?? serviceProvider?.entityId ?? '',
      assertionConsumerServiceUrl: choice.acsUrl ?? serviceProvider?.assertionConsumerServiceUrl ?? '',
      requestId: choice.inResponseTo,
      clockSkewMs: connection?.clockSkewMs ?? limits.clockSkewMs,
    },
    unsolicited: connection?.unsolicited ?? 'restart',
    requireSignedResponse: connection?.requireSignedResponse ?? false,
    policy: connection?.policy ?? everyAddress,
    now: choice.at,
  };
}
