// The built service as a process, set up by its own command line, with a stub for the site's HTTP function.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

const listening = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

async function freePort() {
  const server = createServer();
  const port = await listening(server);
  await new Promise((done) => server.close(done));
  return port;
}

/** A directory with everything that `serve` needs. @param state what the configuration says; without it what `init` writes */
export async function setUp({ siteUrl, metadata, state }) {
  const directory = mkdtempSync(join(tmpdir(), 'wix-saml-bench-'));
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const config = join(directory, 'wix-saml.yaml');
  const run = (...args) => execFileSync(process.execPath, [program, ...args], { stdio: 'pipe' });
  run('init', '--config', config, '--base-url', baseUrl, '--site-url', siteUrl, '--domain', 'example.com');
  // More than Wix would take of a real site: what is measured is the service, not the line in front of the site.
  const written = readFileSync(config, 'utf8')
    .replace('port: 3000', `port: ${port}`)
    .replace(/^( +)via: httpFunction.*$/m, '$&\n$1callsPerMinute: 100000');
  writeFileSync(config, state === undefined ? written : written.replace(/^state: .*$/m, `state: ${state}`));
  run('keys', '--into', join(directory, 'certs', 'sp'));
  writeFileSync(join(directory, 'metadata', 'idp', 'acme.xml'), metadata);
  return { baseUrl, config, directory, remove: () => rmSync(directory, { recursive: true }) };
}

/** Starts a command and resolves with the process and the first line of its output that contains the text. */
export function startProcess(args, readyText, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes(readyText)) resolve({ child, line });
    });
  });
}

export async function startService(config) {
  return (await startProcess([program, 'serve', '--config', config], '"serve.ready"')).child;
}

export async function stop(child) {
  const gone = new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', resolve);
  });
  child.kill('SIGTERM');
  await gone;
}

/** A real Redis of its own, without a disk. @returns undefined, said loudly, when none is installed */
export async function startRedis() {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status !== 0) {
    console.log('redis-server is not installed: not measured with it');
    return undefined;
  }
  const port = await freePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve();
    });
  });
  return { url: `redis://127.0.0.1:${port}`, child };
}

/** CPU of all threads of another process so far, ms (Linux). */
export function cpuOf(pid) {
  let nanoseconds = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1e6;
}

/**
 * Resident memory of another process, MB: now and at its highest; of it `own`. The rest is mapped files, the
 * program's and the store's, which the system takes back when it needs the room (Linux).
 */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024;
  return { now: of('VmRSS'), own: of('RssAnon'), highest: of('VmHWM') };
}

/** Answers every call of an HTTP function with a token, as a site would. */
export async function startSite() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ sessionToken: `JWS.${'e'.repeat(600)}` }));
    });
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

export function idpMetadata(entityId, certificate) {
  const base64 = certificate.replace(/-----[^-]+-----|\s/g, '');
  return (
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` +
    `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>` +
    '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.org/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
  );
}
