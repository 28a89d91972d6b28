// How sessions are found again without the store knowing of whom they are: each is entered in a group for its NameID, one for
// its address and one for its connection. A group's name is a keyed hash; its entries are the places of handles, which open
// nothing. Beside each place lies what an operator may see of it, sealed under the store key alone.

import { createHmac } from 'node:crypto';
import { peekSealed, storeKey } from '../stores/sealed-store';
import type { StateKeys } from '../stores/state-keys';
import type { StateStore } from '../stores/state-store';
import type { SessionNameId } from '../wix/session-subject';

/** Whose sessions are meant: of one person at one connection, or all of it. */
export type Whose =
  | { readonly connection: string; readonly nameId: SessionNameId }
  | { readonly connection: string; readonly email: string }
  | { readonly connection: string };

/** What lies beside a session's place. */
export interface SessionAbout {
  readonly connection: string;
  readonly site: string;
  /** The address, masked. */
  readonly who: string;
  /** The address as a keyed hash, as the log has it. */
  readonly member: string;
  /** Of the NameID, without its value. */
  readonly qualifiers: Omit<SessionNameId, 'value'>;
  readonly sessionIndex?: string;
  /** Milliseconds since 1970, like all instants here. */
  readonly beganAt: number;
  readonly endsAt: number;
  /** Where it is entered. */
  readonly groups: readonly string[];
}

const PURPOSE = 'wix-saml sessions of';

/** Under the key that seals now: where a new session is entered. */
export function groupOf(stateKeys: StateKeys, whose: Whose, sessionIndex?: string): string {
  return named(stateKeys.sealing(PURPOSE), whose, sessionIndex);
}

/** Under every key that may have been the first one when a session began. */
export function groupsOf(stateKeys: StateKeys, whose: Whose, sessionIndex?: string): readonly string[] {
  return [...stateKeys.opening(PURPOSE)].map((key) => named(key, whose, sessionIndex));
}

function named(key: Buffer, whose: Whose, sessionIndex: string | undefined): string {
  const kind = 'nameId' in whose ? 'nameId' : 'email' in whose ? 'email' : 'connection';
  // The value alone: qualifiers are compared where they are known, and some IdPs leave them out when they end a session.
  const value = 'nameId' in whose ? whose.nameId.value : 'email' in whose ? whose.email : '';
  const parts = [kind, whose.connection, value, ...(sessionIndex === undefined ? [] : [sessionIndex])];
  return `sessions:${createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')}`;
}

const KEY = 'session:';

/** The place of a handle: a hash that opens nothing. */
export const placeOf = (handle: string): string => storeKey('session', handle).slice(KEY.length);

/** Where the record of a place lies. */
export const recordKey = (place: string): string => KEY + place;

/** The places of a group that are in use. */
export async function placesIn(
  { store }: { readonly store: StateStore },
  groups: readonly string[],
  most: number,
): Promise<readonly string[]> {
  const found = await Promise.all(groups.map((group) => store.names(group, most)));
  return found.flat();
}

/** Undefined when it is not there any more. */
export async function aboutPlace(
  ports: { readonly store: StateStore; readonly stateKeys: StateKeys },
  place: string,
): Promise<SessionAbout | undefined> {
  return (await peekSealed(ports, 'session-about', place)) as SessionAbout | undefined;
}

/** SAML Core §3.3.4, but for what only one of the two says: of one IdP and one value, that is the same person. */
export function sameQualifiers(one: Omit<SessionNameId, 'value'>, other: SessionNameId): boolean {
  const agree = (a: string | undefined, b: string | undefined): boolean =>
    a === undefined || b === undefined || a === b;
  return (
    agree(formatOf(one.format), formatOf(other.format)) &&
    agree(one.nameQualifier, other.nameQualifier) &&
    agree(one.spNameQualifier, other.spNameQualifier)
  );
}

/** `unspecified` says as much as nothing (Core §8.3.1). */
const formatOf = (format: string | undefined): string | undefined =>
  format === 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' ? undefined : format;
