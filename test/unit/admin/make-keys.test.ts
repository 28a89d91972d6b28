/** New keys: of the right kind, dated by the given clock, numbered by the given randomness, and never over another file. */

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { System } from '../../../src/admin/deployment';
import { makeKeys, type KeysOutcome, type KeysWanted } from '../../../src/admin/make-keys';
import { publicJwk } from '../../../src/wix/public-jwk';

const system: System = {
  clock: { now: () => Date.parse('2030-01-02T03:04:05Z') },
  random: { bytes: (count) => Buffer.alloc(count, 0xab) },
};

let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'wix-saml-keys-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const keys = (change: Partial<KeysWanted>): Promise<KeysOutcome> =>
  makeKeys(
    { into: directory, purposes: ['exchange'], suffix: '', name: 'sso.example.com', days: 30, ...change },
    system,
  );

describe('new keys', () => {
  it('have a certificate with the wanted name, days and number', async () => {
    const into = join(directory, 'pair');
    const outcome = await keys({ into, purposes: ['signing'], suffix: '-2030' });
    const files = [join(into, 'signing-2030.key'), join(into, 'signing-2030.crt')];
    const certificate = new X509Certificate(readFileSync(files[1]!));
    expect(outcome).toEqual({
      kind: 'made',
      keys: [
        {
          purpose: 'signing',
          files,
          thumbprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
        },
      ],
    });
    expect(certificate.subject).toBe('CN=sso.example.com');
    expect(new Date(certificate.validFrom).toISOString()).toBe('2030-01-01T03:04:05.000Z');
    expect(new Date(certificate.validTo).toISOString()).toBe('2030-02-01T03:04:05.000Z');
    expect(certificate.serialNumber).toBe(`01${'AB'.repeat(15)}`);
    expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(files[0]!)))).toBe(true);
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o644]);
    expect(statSync(into).mode & 0o777).toBe(0o700);
  });

  it('are named by the thumbprint that a site knows them by, where they have no certificate', async () => {
    const outcome = await keys({ into: join(directory, 'exchange') });
    const file = join(directory, 'exchange', 'exchange.key');
    const { kid } = publicJwk(createPrivateKey(readFileSync(file)));
    expect(outcome).toEqual({
      kind: 'made',
      keys: [{ purpose: 'exchange', files: [file], thumbprint: kid }],
    });
  });

  it('are not made at all when one file is in the way', async () => {
    const into = join(directory, 'half');
    await keys({ into });
    const before = readFileSync(join(into, 'exchange.key'), 'utf8');
    const outcome = await keys({ into, purposes: ['signing', 'exchange'] });
    expect(outcome).toEqual({ kind: 'taken', files: [join(into, 'exchange.key')] });
    expect(readdirSync(into)).toEqual(['exchange.key']);
    expect(readFileSync(join(into, 'exchange.key'), 'utf8')).toBe(before);
  });

  it('say which directory cannot be written', async () => {
    const file = join(directory, 'exchange', 'exchange.key');
    await expect(keys({ into: join(file, 'below') })).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(existsSync(join(file, 'below'))).toBe(false);
  });
});
