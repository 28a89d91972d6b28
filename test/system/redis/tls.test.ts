// `rediss://` against a real Redis whose certificate comes from a CA of one's own. About 2 s.

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedisStore } from '../../../src/stores/redis-store';
import { freePort } from '../../support/makers/free-port';
import { hasRedis } from '../../support/makers/redis-server';
import { until } from '../../support/makers/redis-sets';
import { describeReal, stopped } from '../real/processes';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describeReal(
  hasRedis && hasOpenssl,
  'Redis with OpenSSL',
  'redis-server openssl',
)('Redis behind TLS', () => {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-redis-tls-'));
  const at = (name: string): string => join(directory, name);
  let server: ChildProcess;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '2',
      '-subj',
      '/CN=our CA',
    );
    openssl('req', ...key, '-keyout', 'own.key', '-out', 'own.csr', '-subj', '/CN=localhost');
    writeFileSync(at('own.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl(
      ...['x509', '-req', '-in', 'own.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-out', 'own.crt', '-days', '2', '-extfile', 'own.ext'],
    );
    const tls = ['--tls-cert-file', 'own.crt', '--tls-key-file', 'own.key', '--tls-ca-cert-file', 'ca.crt'];
    const more = [
      '--tls-auth-clients',
      'no',
      '--requirepass',
      'p:ss wörd',
      '--save',
      '',
      '--bind',
      '127.0.0.1',
    ];
    server = spawn('redis-server', ['--port', '0', '--tls-port', String(port), ...tls, ...more], {
      cwd: directory,
      stdio: 'ignore',
    });
  });
  afterAll(async () => {
    await stopped(server);
    rmSync(directory, { recursive: true });
  });

  const urlAt = (host: string): string =>
    `rediss://:${encodeURIComponent('p:ss wörd')}@${host}:${String(port)}/2`;

  it('is reached by who trusts its CA, under each of its names', async () => {
    for (const host of ['localhost', '127.0.0.1']) {
      const store = createRedisStore({ url: urlAt(host), ca: readFileSync(at('ca.crt'), 'utf8') });
      await until(() =>
        store.ping().then(
          () => true,
          () => false,
        ),
      );
      await store.put('ticket:tls', 'value', 10_000);
      expect(await store.take('ticket:tls')).toBe('value');
      await store.close();
    }
  });

  it('is refused by who does not', async () => {
    const problems: string[] = [];
    const store = createRedisStore({
      url: urlAt('localhost'),
      onConnectionError: (problem) => problems.push(problem),
    });
    await until(() => Promise.resolve(problems.length > 0));
    await expect(store.ping()).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    expect(problems[0]).toMatch(/certificate|self.signed/);
    await store.close();
  });
});
