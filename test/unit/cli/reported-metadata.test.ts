// Metadata as somebody reported it, judged by `wix-saml check` and by the service itself.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load';
import { configWarnings } from '../../../src/config/warnings';
import { troubles } from '../../../src/sso/directory';
import type { ConfigParts } from '../../../src/config/config-parts';
import { openApp } from '../../../src/server/app';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';
import { wixSaml } from '../../support/makers/terminal';

const reports = join(__dirname, '../../vectors/reports');
const ours = yaml.slice(0, yaml.indexOf('connections:'));
const now = Date.parse('2026-11-25T08:00:00Z');

let example: Example;
beforeAll(() => {
  example = makeExample();
  copyFileSync(join(reports, 'idp.xml'), join(example.directory, 'idp.xml'));
});
afterAll(() => example.remove());

function written(connections: string): string {
  const file = join(example.directory, 'reported.yaml');
  writeFileSync(file, ours + connections);
  return file;
}

const reported = (name: string): string => written(readFileSync(join(reports, name), 'utf8'));
const load = (file: string, at = now): Promise<ConfigParts> => loadConfig(file, { env: {}, now: at });

interface Checked {
  readonly ok: boolean;
  readonly problems: readonly { path: string; problem: string; hint: string }[];
  readonly warnings: readonly { path: string; problem: string; hint: string }[];
  readonly connections: readonly { name: string }[];
}

async function check(file: string): Promise<Checked & { readonly code: number }> {
  const { code, out } = await wixSaml(['check', '--json', '--config', file]);
  return { code, ...(JSON.parse(out) as Checked) };
}

describe('M14: one of two IdPs is away', () => {
  it('A1: the other connection is ready, and check names the one that is not', async () => {
    const { code, ok, problems, connections } = await check(reported('M14-one-idp-is-away.yaml'));
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    expect(problems).toEqual([
      {
        path: 'connections.down.idpMetadata',
        problem: expect.stringMatching(/^cannot be fetched: localhost:9 /) as unknown,
        hint: expect.stringMatching(/Or save the metadata as a file/) as unknown,
      },
    ]);
    expect(connections).toMatchObject([{ name: 'acme' }]);
  });

  it('A1: the service starts, is ready, and says which connection is down', async () => {
    const lines: unknown[] = [];
    const { app } = openApp(await load(reported('M14-one-idp-is-away.yaml')), {
      log: (level, event, fields = {}) => void lines.push([level, event, fields['connection']]),
    });
    await app.ready;
    await app.close();
    expect(lines).toContainEqual(['error', 'connection.down', 'down']);
    expect(lines).not.toContainEqual(['error', 'connection.down', 'acme']);
  });
});

describe('M26: an address that cannot be fetched', () => {
  it('A1: alone, it leaves a configuration in which nobody can sign in yet', async () => {
    const { connections } = await load(reported('M26-address-cannot-be-fetched.yaml'));
    expect(connections.entries).toMatchObject([{ settings: { name: 'acme' }, state: { kind: 'down' } }]);
  });
});

describe('A3: a connection whose metadata nobody has yet', () => {
  const connections =
    'connections:\n  acme:\n    site: portal\n    idpMetadata: setup\n    emailDomains: [corp.example]\n    emailFrom: nameId\n';

  it('waits, and check does not call it a problem', async () => {
    const { code, problems, warnings } = await check(written(connections));
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(warnings).toContainEqual({
      code: 'METADATA_AWAITED',
      path: 'connections.acme.idpMetadata',
      problem: 'nobody has brought the metadata of the IdP yet',
      hint: expect.stringMatching(/administrator of the IdP/) as unknown,
    });
  });
});

const metadata = (file: string, more = ''): string =>
  written(
    `connections:\n  acme:\n    site: portal\n    idpMetadata: ${join(reports, file)}\n    emailDomains: [corp.example]\n    emailFrom: nameId\n${more}`,
  );

describe('A2: a part of metadata that is of no use', () => {
  it('M17: is a warning of check, not a problem', async () => {
    const { problems, warnings } = await check(metadata('M17-ed25519-beside-rsa.xml'));
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual({
      code: 'METADATA_PART_UNUSABLE',
      path: 'connections.acme.idpMetadata',
      problem: expect.stringMatching(/CN=Example EdDSA is not used/) as unknown,
      hint: expect.any(String) as unknown,
    });
  });
});

describe('A10: an entityID that is no URI', () => {
  it('M07: is proposed by check, and accepted', async () => {
    const { problems } = await check(metadata('M07-two-idps-one-is-no-uri.xml'));
    expect(problems[0]?.hint).toMatch(/Set idpEntityId to one of localhost,/);
    const file = metadata('M07-two-idps-one-is-no-uri.xml', '    idpEntityId: localhost\n');
    expect((await load(file)).connections.ready.get('acme')?.identityProvider.entityId).toBe('localhost');
  });

  it('is not one that no metadata can hold', async () => {
    const file = metadata('M07-two-idps-one-is-no-uri.xml', `    idpEntityId: ${'x'.repeat(1025)}\n`);
    await expect(load(file)).rejects.toThrow(/idpEntityId: is longer than 1024 characters/);
  });
});

describe('A13: a file that is larger than what is kept', () => {
  it('is searched for its one IdP', async () => {
    const md = 'urn:oasis:names:tc:SAML:2.0:metadata';
    const others = '<EntityDescriptor entityID="sp"><SPSSODescriptor/></EntityDescriptor>'.repeat(70_000);
    const idp = readFileSync(join(reports, 'idp.xml'), 'utf8').replace(/^<\?xml[^>]*\?>/, '');
    const file = join(example.directory, 'federation.xml');
    writeFileSync(file, `<EntitiesDescriptor xmlns="${md}">${others}${idp}</EntitiesDescriptor>`);
    const { connections } = await load(
      written(
        `connections:\n  acme:\n    site: portal\n    idpMetadata: federation.xml\n    emailDomains: [corp.example]\n`,
      ),
    );
    expect([...connections.ready.keys()]).toEqual(['acme']);
  });
});

describe('M13: metadata that is valid until tomorrow', () => {
  it('A5: the connection knows until when', async () => {
    const { connections } = await load(metadata('M13-valid-until-tomorrow.xml'));
    expect(connections.byName('acme')?.state).toMatchObject({
      kind: 'ready',
      validUntil: Date.parse('2026-11-26T06:00:00Z'),
    });
  });

  it('A5: check warns 20 hours before the end', async () => {
    const config = await load(metadata('M13-valid-until-tomorrow.xml'), Date.parse('2026-11-25T10:00:00Z'));
    expect(configWarnings(config, Date.parse('2026-11-25T10:00:00Z'))).toContainEqual({
      code: 'METADATA_ENDS',
      path: 'connections.acme.idpMetadata',
      problem: 'is valid until 2026-11-26T06:00:00.000Z, in 20 hours: nobody can sign in after it',
      hint: expect.stringMatching(/^Save the current metadata/) as unknown,
    });
    const long = Date.parse('2026-09-01T00:00:00Z');
    expect(configWarnings(config, long).filter(({ problem }) => problem.includes('is valid until'))).toEqual(
      [],
    );
    const week = Date.parse('2026-11-19T00:00:00Z');
    expect(configWarnings(config, week).map(({ problem }) => problem)).toContainEqual(
      expect.stringMatching(/, in 7 days:/),
    );
  });
});

describe('wix-saml connections', () => {
  const three = (): string =>
    written(
      `connections:\n${['idp.xml', 'none.xml', 'setup']
        .map(
          (source, at) =>
            `  c${String(at)}:\n    site: portal\n    idpMetadata: ${source}\n    emailDomains: [c${String(at)}.example]\n`,
        )
        .join('')}`,
    );

  it('lists all of them with state, reason and keys', async () => {
    const { code, out } = await wixSaml(['connections', '--config', three()]);
    expect(code).toBe(1);
    expect(out).toMatch(/^c0 \(portal\): ready\n/);
    expect(out).toMatch(/ {2}key .*, until \d{4}-\d\d-\d\d, SHA-256 [0-9a-f]{64}/);
    expect(out).toMatch(/c1 \(portal\): down\n {2}why {10}cannot be read: .*none\.xml/);
    expect(out).toMatch(/c2 \(portal\): waiting\n/);
  });

  it('gives the same to a machine', async () => {
    const { out } = await wixSaml(['connections', '--json', '--config', three()]);
    const { connections } = JSON.parse(out) as { connections: unknown };
    expect(connections).toMatchObject([
      {
        name: 'c0',
        state: 'ready',
        keys: [{ thumbprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown }],
      },
      { name: 'c1', state: 'down', since: expect.any(String) as unknown, keys: [] },
      { name: 'c2', state: 'waiting', source: 'setup' },
    ]);
  });
});

describe('#metadata.idp/valid-until-demanded requireValidUntilWithinDays', () => {
  const stateWith = async (file: string, days: number): Promise<string | undefined> => {
    const source = metadata(file, `    requireValidUntilWithinDays: ${String(days)}\n`);
    const { connections } = await load(source);
    return troubles(connections, now)[0]?.problem;
  };

  it('refuses metadata without validUntil, or with one further ahead', async () => {
    expect(await stateWith('idp.xml', 14)).toBe('The metadata has no validUntil.');
    expect(await stateWith('M13-valid-until-tomorrow.xml', 1)).toBeUndefined();
    const early = new Date(now - 3 * 86_400_000).getTime();
    const source = metadata('M13-valid-until-tomorrow.xml', '    requireValidUntilWithinDays: 2\n');
    expect(troubles((await load(source, early)).connections, early)[0]?.problem).toBe(
      'The metadata is valid until 2026-11-26T06:00:00.000Z, which is further ahead than allowed.',
    );
  });
});
