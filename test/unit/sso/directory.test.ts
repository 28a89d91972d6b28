// All connections with what became of each, and what of it is true at which time.

import { limits } from '../../../src/core/limits';
import type { ConnectionSettings } from '../../../src/sso/connection';
import {
  ConnectionDirectory,
  directoryOf,
  readyConnection,
  stateAt,
  troubles,
  type ConnectionEntry,
  type ConnectionState,
} from '../../../src/sso/directory';
import { connection, START } from '../../support/makers/setting';

const acme = connection('acme', 'portal', ['acme.example', 'shared.example']);
const globex = connection('globex', 'portal', ['globex.example', 'shared.example']);
const star = connection('star', 'shop', '*');
const names = (entries: readonly ConnectionEntry[]): string[] => entries.map(({ settings }) => settings.name);
const trouble = { path: 'connections.globex.idpMetadata', problem: 'cannot be read', hint: 'Save it.' };
const down: ConnectionState = { kind: 'down', trouble, since: START };

const all = directoryOf([acme, globex, star]);
const partly = all.with('globex', down);

describe('a directory', () => {
  it('finds by name, issuer, site and domain, in the order of the configuration', () => {
    expect(all.byName('globex')?.settings.name).toBe('globex');
    expect(all.byName('constructor')).toBeUndefined();
    expect(names(all.byIssuer('https://idp.acme.example/metadata'))).toEqual(['acme']);
    expect(all.byIssuer(undefined)).toEqual([]);
    expect(names(all.forSite('portal'))).toEqual(['acme', 'globex']);
    expect(names(all.forDomain('shared.example'))).toEqual(['acme', 'globex']);
    expect(names(all.forDomain('else.example'))).toEqual(['star']);
    expect(names(all.forDomain('else.example', 'portal'))).toEqual([]);
  });

  it('is swapped whole: the old one stays as it was', () => {
    expect([...all.ready.keys()]).toEqual(['acme', 'globex', 'star']);
    expect([...partly.ready.keys()]).toEqual(['acme', 'star']);
    expect(names(partly.entries)).toEqual(['acme', 'globex', 'star']);
    expect(Object.isFrozen(partly) && Object.isFrozen(partly.entries)).toBe(true);
  });

  it('knows a connection that is down by the entityID of its configuration', () => {
    const [entry] = partly.forSite('portal').filter(({ state }) => state.kind === 'down');
    const named = new ConnectionDirectory([
      { ...entry!, metadata: { from: { file: 'idp.xml' }, entityId: 'https://named.example' } },
    ]);
    expect(names(named.byIssuer('https://named.example'))).toEqual(['globex']);
    expect(partly.byIssuer('https://idp.globex.example/metadata')).toEqual([]);
  });

  it('lists what is down, with its reason', () => {
    expect(troubles(all, START)).toEqual([]);
    expect(troubles(partly, START)).toEqual([trouble]);
  });
});

describe('a connection that is not ready', () => {
  const settings: ConnectionSettings = acme;
  const refusal = (state: ConnectionState, now = START): unknown => {
    try {
      return readyConnection({ settings, metadata: { from: { setup: true } }, state }, now);
    } catch (error) {
      return error;
    }
  };

  it.each<[string, ConnectionState, string]>([
    ['down', down, 'cannot be read'],
    ['waiting for somebody', { kind: 'waiting', for: 'setup' }, 'nobody has brought'],
    ['waiting for its address', { kind: 'waiting', for: 'firstFetch' }, 'has not been fetched yet'],
  ])('says why: %s', (_title, state, reason) => {
    expect(refusal(state)).toMatchObject({
      code: 'CONNECTION_NOT_READY',
      detail: { connection: 'acme', site: 'portal', problem: expect.stringContaining(reason) as unknown },
    });
  });

  it('#metadata.idp/valid-until-at-use A5: is one whose metadata was valid until a while ago', () => {
    const state: ConnectionState = { kind: 'ready', connection: acme, validUntil: START, skipped: [] };
    expect(refusal(state, START + limits.clockSkewMs - 1)).toBe(acme);
    expect(refusal(state, START + limits.clockSkewMs)).toMatchObject({
      code: 'CONNECTION_NOT_READY',
      detail: { problem: 'The metadata was valid until 2026-01-15T12:00:00.000Z.' },
    });
    const entry = { settings, metadata: { from: { setup: true } as const }, state };
    expect(stateAt(entry, START + limits.clockSkewMs)).toMatchObject({ kind: 'down', since: START });
  });
});
