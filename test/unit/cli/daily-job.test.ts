// E7: `check --strict` as a daily job: what `init` writes and somebody has filled in passes; what has to stay is acknowledged.
// About 4 s, half of them waiting for a Redis that is not there.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idpMetadata, makeIdpKeys } from '../../support/idp';
import { freePort } from '../../support/makers/free-port';
import { wixSaml, type Ran } from '../../support/makers/terminal';

const DAY = 86_400_000;
const dayAhead = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

let directory: string;
const at = (...names: string[]): string => join(directory, ...names);
const real = [
  ...['--base-url', 'https://sso.acme.test', '--site-url', 'https://www.acme.test'],
  ...['--domain', 'acme.test', '--email-from', 'nameId'],
];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wix-saml-daily-'));
  await wixSaml(['init', '--config', at('filled.yaml'), ...real]);
  await wixSaml(['init', '--config', at('examples.yaml')]);
  await wixSaml(['keys', '--into', at('certs', 'sp'), '--only', 'exchange,state']);
  for (const name of ['signing', 'encryption']) {
    const pair = makeIdpKeys({ notAfter: new Date(Date.now() + 900 * DAY) });
    writeFileSync(at('certs', 'sp', `${name}.key`), pair.privateKeyPem, { mode: 0o600 });
    writeFileSync(at('certs', 'sp', `${name}.crt`), pair.certificatePem);
  }
  const certificates = [makeIdpKeys({ notAfter: new Date(Date.now() + 900 * DAY) }).certificateBase64];
  const idp = { entityId: 'https://idp.acme.test', ssoUrl: 'https://idp.acme.test/sso', certificates };
  writeFileSync(at('metadata', 'idp', 'acme.xml'), idpMetadata(idp));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const strict = (file: string, ...more: string[]): Promise<Ran> =>
  wixSaml(['check', '--strict', '--config', at(file), ...more]);

function changedFile(name: string, from: string | RegExp, to: string, more = ''): string {
  writeFileSync(at(name), readFileSync(at('filled.yaml'), 'utf8').replace(from, to) + more);
  return name;
}
const weak = (more = ''): string =>
  changedFile('weak.yaml', '    site: portal\n', '    site: portal\n    allowSha1: true\n', more);
const acknowledging = (until: string, more = ''): string =>
  `acknowledged:\n  - warning: SHA1_ALLOWED\n    connection: acme\n    reason: the IdP is replaced\n    until: ${until}\n${more}`;

describe('E7: check --strict', () => {
  it('is content with what init writes from real answers', async () => {
    const ran = await strict('filled.yaml');
    expect([ran.code, ran.out.split('\n').at(-1)]).toEqual([0, `${at('filled.yaml')} is fine.`]);
  });

  it('flags every example that init wrote, and so does check, which does not call them fine', async () => {
    const { out, code } = await strict('examples.yaml', '--json');
    const { warnings } = JSON.parse(out) as { warnings: { code: string; path: string }[] };
    expect(code).toBe(1);
    expect(warnings.filter((one) => one.code === 'PLACEHOLDER').map(({ path }) => path)).toEqual([
      'serviceProvider.baseUrl',
      'sites.portal.url',
      'connections.acme.emailDomains',
    ]);
    const plain = await wixSaml(['check', '--config', at('examples.yaml')]);
    expect(plain.code).toBe(0);
    expect(plain.out).toMatch(
      /is still the example https:\/\/sso\.example\.com \[PLACEHOLDER\]\n +Write the public address/,
    );
    expect(plain.out).toMatch(/is not filled in yet/);
  });

  it('fails on a warning, and names the code to acknowledge it by', async () => {
    const ran = await strict(weak());
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/allowSha1: .*\[SHA1_ALLOWED\]/);
  });

  it('passes over an acknowledged one, and shows reason and end', async () => {
    const ran = await strict(weak(acknowledging(dayAhead(200))));
    expect(ran.code).toBe(0);
    expect(ran.out).toContain(`SHA1_ALLOWED, until ${dayAhead(200)}\n      the IdP is replaced`);
    const { out } = await strict('weak.yaml', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      warnings: [],
      acknowledged: [{ code: 'SHA1_ALLOWED', reason: 'the IdP is replaced', until: dayAhead(200) }],
    });
  });

  it('says so 30 days before the end, and fails after it', async () => {
    const soon = await strict(weak(acknowledging(dayAhead(10))));
    expect(soon.code).toBe(0);
    expect(soon.out).toMatch(/, 11 days left: remove its cause, or decide anew/);
    const over = await strict(weak(acknowledging(dayAhead(-1))));
    expect(over.code).toBe(1);
    expect(over.out).toMatch(/\[SHA1_ALLOWED\][^]*acknowledged\[0\]: .*\[ACKNOWLEDGEMENT_EXPIRED\]/);
  });

  it('fails on an acknowledgement that fits nothing', async () => {
    const more = acknowledging(dayAhead(10)).replace('SHA1_ALLOWED', 'EVERY_DOMAIN');
    writeFileSync(at('unused.yaml'), readFileSync(at('filled.yaml'), 'utf8') + more);
    const ran = await strict('unused.yaml');
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/there is no such warning \[ACKNOWLEDGEMENT_UNUSED\]/);
  });

  it('tells that a shared store does not answer, once there is a key to read it with', async () => {
    const url = `redis://127.0.0.1:${String(await freePort())}`;
    const ran = await strict(changedFile('away.yaml', /^state: .*$/m, `state: ${url}`));
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(
      /state: cannot be read from here: .*ECONNREFUSED.* \[STATE_UNREADABLE\]\n +Let the store answer/,
    );
  });
});
