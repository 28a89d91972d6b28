// Every key of ours with its stage, for whoever looks after them.

import { documentOf, type KeyState, type KeyUse } from '../admin/own-keys/key-state';
import { phaseOf, type RotationPhase } from '../admin/own-keys/key-steps';
import type { KeyPair } from '../saml/service-provider';
import { describeCertificate, readCertificate } from '../saml/signature/certificate';
import type { Configured } from './own-side';
import { exchangeId, pairId, readPairFiles } from './rotated-key-files';

export interface KeyRow {
  readonly purpose: KeyUse['purpose'];
  readonly site?: string;
  /** `listed`: it stands in the configuration and in no state; it is shown, or decrypts. */
  readonly state: 'next' | 'active' | 'previous' | 'retired' | 'listed';
  /** SHA-256 of the certificate in hex, or the thumbprint of the exchange key. */
  readonly thumbprint: string;
  /** Day in UTC on which its certificate ends; an exchange key has none. */
  readonly certificateEnds?: string;
  /** Day in UTC until which a retired key decrypts. */
  readonly decryptsUntil?: string;
  /** Name of its files; absent: the configuration names them. */
  readonly file?: string;
}

export interface KeyUseRows {
  readonly use: KeyUse;
  readonly phase: RotationPhase;
  readonly keys: readonly KeyRow[];
}

export function keyRows(
  { serviceProvider, sites, keyPlaces }: Configured,
  states: ReadonlyMap<string, KeyState>,
): readonly KeyUseRows[] {
  const pairs = (purpose: 'signing' | 'encryption', configured: readonly KeyPair[]): KeyUseRows => {
    const state = states.get(documentOf({ purpose }));
    const files = state?.keys.flatMap(({ id, file }) => (file === undefined ? [] : [{ id, file }])) ?? [];
    const found = readPairFiles(purpose, keyPlaces[purpose].directory, files).keys.map(({ key }) => key);
    const ends = new Map([...configured, ...found].map((pair) => [pairId(pair), endOf(pair)]));
    return rowsOf({ purpose }, configured.map(pairId), state, ends);
  };
  const ofSites = [...sites.values()].map((site) => {
    const use: KeyUse = { purpose: 'exchange', site: site.name };
    return rowsOf(use, [exchangeId(site.exchange.key)], states.get(documentOf(use)), new Map());
  });
  const { signing, decryption } = serviceProvider;
  return [pairs('signing', signing), pairs('encryption', decryption), ...ofSites];
}

function rowsOf(
  use: KeyUse,
  configured: readonly string[],
  state: KeyState | undefined,
  ends: ReadonlyMap<string, string>,
): KeyUseRows {
  const recorded = new Set(state?.keys.map(({ id }) => id));
  const more = configured.filter((id) => !recorded.has(id));
  const held = (state?.keys ?? []).map(({ id, stage, until, file }) => ({
    ...rowOf(use, id, stage, ends),
    ...(until === undefined ? {} : { decryptsUntil: day(until) }),
    ...(file === undefined ? {} : { file }),
  }));
  const listed = more.map((id, index) =>
    rowOf(use, id, state === undefined && index === 0 ? 'active' : 'listed', ends),
  );
  const keys = [...held, ...listed];
  return { use, phase: phaseOf(state), keys };
}

function rowOf(
  use: KeyUse,
  thumbprint: string,
  state: KeyRow['state'],
  ends: ReadonlyMap<string, string>,
): KeyRow {
  const end = ends.get(thumbprint);
  return { ...use, state, thumbprint, ...(end === undefined ? {} : { certificateEnds: end }) };
}

const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

const endOf = ({ certificate }: KeyPair): string =>
  day(describeCertificate(readCertificate(certificate)).notAfter);
