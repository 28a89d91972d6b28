/** `log`, and what `connections activate` says of the last sign-ins, beside a store in files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDraft, writeDraft } from '../../../src/admin/setup/documents';
import type { LinkPorts } from '../../../src/admin/setup/links';
import { draftOf } from '../../../src/admin/setup/test-sign-in';
import { seriesOf, type Entry } from '../../../src/admin/sign-in-log/entries';
import type { ConfigParts } from '../../../src/config/config-parts';
import { eventsTo } from '../../../src/core/events';
import { createPseudonym } from '../../../src/server/log';
import { withSharedDocuments } from '../../../src/server/shared-documents';
import { SegmentedRows } from '../../../src/stores/segmented-rows';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';
import { aPrint, havePrints } from '../../support/makers/prints';
import { wixSaml } from '../../support/makers/terminal';

const NOW = Date.now();
let example: Example;
let config: ConfigParts;
let file: string;
beforeAll(async () => {
  example = makeExample();
  const text = `${yaml.replace('state: memory', 'state: file:./data')}  hooli:
    site: portal
    idpMetadata: setup
    emailDomains: [hooli.com]
`;
  config = await example.load(text);
  file = join(example.directory, 'wix-saml.yaml');
  writeFileSync(file, text);
  await shared(async ({ documents }) => {
    const rows = new SegmentedRows(documents);
    const person = createPseudonym(config.serviceProvider.signing[0].privateKey)('ada@acme.com');
    const ended: Entry[] = [
      {
        step: 'accepted',
        at: NOW - 9000,
        signIn: 's1',
        reference: 'R2',
        person,
        address: 'a***@acme.com',
        keys: ['k'],
      },
      { step: 'redeemed', at: NOW - 8000, signIn: 's1', reference: 'R3', person },
    ];
    await rows.append(seriesOf('acme', 'started'), [
      { step: 'started', at: NOW - 10_000, signIn: 's1', reference: 'R1' },
      { step: 'started', at: NOW - 3 * 3_600_000, signIn: 's2', reference: 'R4' },
    ]);
    await rows.append(seriesOf('acme', 'ended'), ended);
    await rows.append(seriesOf('acme', 'refused'), [
      {
        ...{ step: 'refused', at: NOW - 5000, signIn: 's3', reference: 'R5', code: 'SAML_AUDIENCE_MISMATCH' },
        ...{ expected: 'ours', received: 'theirs\u001b[31m' },
      },
    ]);
  });
});
afterAll(() => example.remove());

const shared = <T>(work: (ports: LinkPorts) => Promise<T>): Promise<T> =>
  withSharedDocuments(config, eventsTo(), work);
const log = (...args: string[]) => wixSaml(['log', ...args, '--config', file]);

describe('log', () => {
  it('lists attempts, the latest first', async () => {
    const { code, out } = await log('acme');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/refused, SAML_AUDIENCE_MISMATCH, s3$/);
    expect(lines[1]).toMatch(/signed in, a\*\*\*@acme\.com, s1$/);
    expect(lines[2]).toMatch(/nothing came back, s2$/);
  });

  it.each([
    [['--since', '1h'], 2],
    [['--since', '2020-01-01'], 3],
    [['--code', 'SAML_AUDIENCE_MISMATCH'], 1],
    [['--state', 'timedOut'], 1],
    [['--person', 'Ada@ACME.com'], 1],
    [['--person', 'grace@acme.com'], 0],
  ])('narrows by %j', async (args, count) => {
    const { attempts } = JSON.parse((await log('acme', ...args, '--json')).out) as { attempts: unknown[] };
    expect(attempts).toHaveLength(count);
  });

  it('shows one attempt by a reference, without what moves a terminal', async () => {
    const { code, out } = await log('acme', 'R5');
    expect(code).toBe(0);
    for (const text of ['expected ours', 'received theirs', 'what to do']) expect(out).toContain(text);
    expect(out).not.toContain('\u001b');
    expect((await log('acme', 'R9')).code).toBe(1);
  });

  it('writes CSV', async () => {
    const { out } = await log('acme', '--csv');
    expect(out.trimEnd().split(/\r?\n/)).toHaveLength(4);
  });

  it.each([
    [['nowhere'], 'No connection nowhere'],
    [['acme', '--since', 'yesterday'], 'Write 30m, 2h, 7d'],
    [['acme', '--state', 'fine'], 'Write one of'],
  ])('%j is told what to write', async (args, sentence) => {
    const { code, err } = await log(...args);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

describe('an activation that some of the last sign-ins would not have passed', () => {
  it('says which, and waits for a yes', async () => {
    const now = Date.now();
    const xml = readFileSync(join(example.directory, 'idp.xml'), 'utf8');
    const thumbprints = await shared(async ({ documents, clock }) => {
      const by = { by: 'a link', at: now };
      const draft = { product: 'okta', metadata: { xml, origin: 'file' as const, ...by } };
      await writeDraft(documents, 'hooli', { value: draft, version: undefined });
      const { settings, connection } = await draftOf({ ...config, clock }, documents, 'hooli');
      const { version } = await readDraft(documents, 'hooli');
      const value = { ...draft, passed: { ...by, settings, sources: ['nameId' as const] } };
      await writeDraft(documents, 'hooli', { value, version });
      const { entityId, signingKeys } = connection?.identityProvider ?? { entityId: '', signingKeys: [] };
      const keys = signingKeys.map(({ thumbprint }) => thumbprint);
      const ours = aPrint({ identityProvider: entityId, keys });
      const others = aPrint({ identityProvider: entityId, keys: ['f'.repeat(64)] });
      await havePrints(documents, 'hooli', [ours, ours, others]);
      return keys;
    });
    expect(thumbprints.length).toBeGreaterThan(0);
    const activate = (...more: string[]) =>
      wixSaml(['connections', 'activate', 'hooli', ...more, '--config', file]);
    const { code, out, err } = await activate();
    expect(code).toBe(1);
    expect(out).toContain('Of the last 3 sign-ins 2 would pass.');
    expect(out).toContain(`1 signed by a key that goes: ${'f'.repeat(64)}`);
    expect(err).toContain('With --yes it is');
    expect(JSON.parse((await activate('--json')).out)).toMatchObject({
      activated: false,
      reason: 'experience',
    });
    expect((await activate('--yes')).out).toContain('live within seconds');
    expect((await wixSaml(['connections', 'undo', 'hooli', '--config', file])).out).toContain(
      'waits for its set-up',
    );
    const history = await wixSaml(['connections', 'history', 'hooli', '--config', file]);
    const [undone, activated] = history.out.trimEnd().split('\n');
    expect(activated).toMatch(/Z +the operator put live .+, keys /);
    expect(undone).toMatch(/Z +the operator went back to nothing: it waits/);
    expect((await wixSaml(['connections', 'history', 'acme', '--config', file])).err).toContain(
      'Nobody has changed',
    );
    expect((await wixSaml(['connections', 'history', '--config', file])).code).toBe(2);
  });
});
