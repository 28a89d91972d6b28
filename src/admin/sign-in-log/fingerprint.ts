// How an IdP signs people in, without who: what a later change of the connection is judged against. Names of keys, formats and
// attributes; no value of any.

import { shownName } from '../../policy/evidence';
import { parseEmail } from '../../policy/email';
import { sourceText } from '../setup/decided-source';
import type { AcceptedSignIn } from '../../sso/sign-in-watch';

export interface Fingerprint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly identityProvider: string;
  /** SHA-256 of the keys that signed, in lower-case hexadecimal. */
  readonly keys: readonly string[];
  readonly signed: readonly ('Response' | 'Assertion')[];
  readonly encrypted: boolean;
  readonly algorithms: readonly string[];
  readonly nameIdFormat: string;
  readonly authnContexts: readonly string[];
  /** Names, cut. */
  readonly attributes: readonly string[];
  /** Places that held the address of the person, as `emailFrom` is written; then those that held another one. */
  readonly sources: readonly string[];
  readonly otherAddresses: readonly string[];
}

const ATTRIBUTES = 40;
const CONTEXTS = 3;
const NAME_CHARS = 200;

export function fingerprintOf(
  { connection, assertion, member }: Pick<AcceptedSignIn, 'connection' | 'assertion' | 'member'>,
  at: number,
): Fingerprint {
  const { facts, data } = assertion;
  const places = placesOf(data).slice(0, ATTRIBUTES);
  const isHers = (address: string): boolean => address === member.email;
  return {
    ...{ at, identityProvider: connection.identityProvider.entityId },
    keys: [...new Set(facts.thumbprints)],
    signed: [
      ...(facts.responseSigned ? (['Response'] as const) : []),
      ...(facts.assertionSigned ? (['Assertion'] as const) : []),
    ],
    ...{ encrypted: facts.encrypted, algorithms: facts.algorithms },
    nameIdFormat: shownName(data.nameId?.format ?? 'none'),
    authnContexts: data.authnStatements
      .slice(0, CONTEXTS)
      .map(({ authnContextClassRef }) => shownName(authnContextClassRef ?? 'none')),
    attributes: [...data.attributes.keys()].slice(0, ATTRIBUTES).map(shownName),
    sources: places.filter(({ addresses }) => addresses.every(isHers)).map(({ source }) => source),
    otherAddresses: places.filter(({ addresses }) => !addresses.every(isHers)).map(({ source }) => source),
  };
}

function placesOf({ nameId, attributes }: AcceptedSignIn['assertion']['data']) {
  const all = [
    { source: 'nameId', values: nameId === undefined ? [] : [nameId.value] },
    ...[...attributes.values()].map(({ name, values }) => ({
      source: sourceText({ attribute: name }).slice(0, NAME_CHARS),
      values,
    })),
  ];
  return all
    .map(({ source, values }) => ({
      source,
      addresses: values.flatMap((value) => parseEmail(value)?.address ?? []),
    }))
    .filter(({ addresses }) => addresses.length > 0);
}
