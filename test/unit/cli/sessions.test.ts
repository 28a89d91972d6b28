/** `sessions`: what an operator sees of sessions that live, and how they end them. Costs about two seconds. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load';
import { withSharedDocuments } from '../../../src/server/shared-documents';
import { issueSession, peekSession, type SessionPorts } from '../../../src/sso/session';
import { changed, makeExample, type Example } from '../../support/makers/configuration';
import { grant } from '../../support/makers/setting';
import { wixSaml } from '../../support/makers/terminal';

const EMAIL = 'ada@example.com';
let example: Example;
let config: string;

beforeAll(() => {
  example = makeExample();
  config = join(example.directory, 'wix-saml.yaml');
  writeFileSync(
    config,
    changed('idpMetadata: idp.xml', 'idpMetadata: setup').replace('state: memory', 'state: file:state'),
  );
});
afterAll(() => example.remove());

async function inStore<T>(work: (ports: SessionPorts) => Promise<T>): Promise<T> {
  const loaded = await loadConfig(config, { env: {}, now: Date.now(), fetchMetadata: false });
  return withSharedDocuments(loaded, { emit: () => undefined }, (ports) =>
    work({ ...ports, pseudonym: () => 'somebody' }),
  );
}

const begin = (ports: SessionPorts, email: string, connection = 'acme') => {
  const subject = { nameId: { value: email }, requestedAt: Date.now() - 1000 };
  return issueSession(ports, { ...grant({ connection }), email, subject });
};

const ran = (...args: string[]) => wixSaml(['sessions', ...args, '--config', config]);

it('#session.handle/operator lists them masked, ends those of one person, then of everybody', async () => {
  const [ada, bob] = await inStore(async (ports) => [
    await begin(ports, EMAIL),
    await begin(ports, 'bob@example.com'),
  ]);
  const listed = await ran();
  expect(listed.code).toBe(0);
  expect(listed.out).toContain(`${ada.place.slice(0, 10)}  a***@example.com by acme at portal, `);
  expect(listed.out).toContain('b***@example.com');
  for (const secret of [EMAIL, ada.handle, bob.handle]) expect(listed.out).not.toContain(secret);
  const asJson = JSON.parse((await ran('list', 'acme', '--json')).out) as { sessions: object[] };
  expect(asJson.sessions).toHaveLength(2);

  expect((await ran('end', 'acme', '--email', 'ADA@example.com')).out).toContain('1 ended.');
  const alive = await inStore(async (ports) =>
    Promise.all([ada, bob].map(async (one) => (await peekSession(ports, one.handle)) !== undefined)),
  );
  expect(alive).toEqual([false, true]);
  expect(JSON.parse((await ran('end', 'acme', '--everybody', '--json')).out)).toEqual({ ended: 1 });
  expect((await ran()).err).toContain('No session lives.');
});

it.each([
  [['end'], 'sessions end CONNECTION'],
  [['kill', 'acme'], 'sessions end CONNECTION'],
  [['end', 'nobody', '--everybody'], 'No connection nobody'],
  [['end', 'acme'], 'one of --email, --name-id and --everybody'],
  [['end', 'acme', '--everybody', '--email', EMAIL], 'one of --email, --name-id and --everybody'],
  [['end', 'acme', '--email', 'no address'], 'not a plain address'],
])('%j is told what to write', async (args, sentence) => {
  const { code, err } = await ran(...args);
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
});
