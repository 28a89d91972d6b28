// `npm run test:container`: the steps of deploy/container/Dockerfile in bare folders, without a container: what is copied, what is
// run, and whether the last stage starts as its user with a root that it cannot write. Takes a minute or two, most of it npm.

import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bare = mkdtempSync(join(tmpdir(), 'wix-saml-container-'));

/** Lines of the Dockerfile, those that go on joined. */
const steps = readFileSync(join(root, 'deploy/container/Dockerfile'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** What a clone holds, without what .dockerignore names. */
function copySources(into) {
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  for (const file of files) {
    if (ignored.some((name) => file === name || file.startsWith(`${name}/`))) continue;
    mkdirSync(dirname(join(into, file)), { recursive: true });
    cpSync(join(root, file), join(into, file));
  }
}

const stages = [];
for (const step of steps) {
  const [, verb, rest] = /^([A-Z]+) (.*)$/.exec(step) ?? [];
  if (verb === 'ARG') continue;
  if (verb === 'FROM') {
    const name = / AS (\w+)$/.exec(rest)?.[1] ?? 'last';
    stages.push({ name, folder: join(bare, name), at: '/', env: {} });
    mkdirSync(stages.at(-1).folder, { recursive: true });
    continue;
  }
  const stage = stages.at(-1);
  const inside = (path) => join(stage.folder, path.startsWith('/') ? path : join(stage.at, path));
  if (verb === 'WORKDIR') {
    stage.at = rest;
    mkdirSync(inside(rest), { recursive: true });
  } else if (verb === 'ENV') Object.assign(stage.env, Object.fromEntries([rest.split('=')]));
  else if (verb === 'COPY' && rest === '. .') copySources(inside('.'));
  else if (verb === 'COPY') {
    const [, from, source, target] = /^--from=(\w+) (\S+) (\S+)$/.exec(rest);
    const other = stages.find(({ name }) => name === from);
    cpSync(join(other.folder, source), inside(target), { recursive: true, verbatimSymlinks: true });
  } else if (verb === 'RUN') {
    console.log(`${stage.name}: ${rest}`);
    // Absolute paths of the image lie below the stage's folder here; so does the owner of its volume.
    const command = rest.replace(/ (\/var\S*)/g, ` ${stage.folder}$1`).replace('node:node', '1000:1000');
    execFileSync('bash', ['-euc', command], { cwd: inside('.'), stdio: ['ignore', 'ignore', 'inherit'] });
  } else if (verb === 'ENTRYPOINT') stage.entrypoint = JSON.parse(rest);
  else if (verb === 'CMD') stage.command = JSON.parse(rest);
}

const last = stages.at(-1);
const place = (path) => join(last.folder, path);
const program = place('/opt/wix-saml/dist/cli/bin.js');
const left = readdirSync(place('/opt/wix-saml'));
if (existsSync(place('/opt/wix-saml/node_modules/typescript')))
  throw new Error('what is for building stayed');
console.log(`the image holds ${left.join(', ')}`);

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = server.address();
    server.close(() => resolve(free));
  });
});
const config = place('/etc/wix-saml/wix-saml.yaml');
const run = (...args) => execFileSync(process.execPath, [program, ...args], { stdio: 'pipe' });
run(
  'init',
  '--config',
  config,
  '--base-url',
  `http://localhost:${port}`,
  '--site-url',
  'https://www.example.com',
  '--domain',
  'example.com',
);
run('keys', '--into', place('/etc/wix-saml/certs/sp'));
const text = readFileSync(config, 'utf8')
  .replace('port: 3000', `port: ${port}`)
  .replace(/^state: .*$/m, `state: file:${place('/var/lib/wix-saml/data')}`);
writeFileSync(config, text);
const isRoot = process.getuid?.() === 0;
if (isRoot) {
  for (const entry of ['', ...readdirSync(place('/etc/wix-saml'), { recursive: true, encoding: 'utf8' })])
    chownSync(place(join('/etc/wix-saml', entry)), 1000, 1000);
  execFileSync('chmod', ['755', bare]);
}
const [, script, ...args] = [...last.entrypoint, ...last.command];
if (script !== '/opt/wix-saml/dist/cli/bin.js') throw new Error(`the image starts ${script}`);
const service = spawn(
  process.execPath,
  [program, ...args.map((arg) => (arg.startsWith('/') ? place(arg) : arg))],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...last.env },
    ...(isRoot ? { uid: 1000, gid: 1000 } : {}),
  },
);
service.stdout.resume();
try {
  const until = Date.now() + 20_000;
  let status = 0;
  while (status !== 200 && Date.now() < until) {
    await pause(200);
    status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (reply) => reply.status,
      () => 0,
    );
  }
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  console.log(`as user ${isRoot ? '1000' : 'of this shell'}: /readyz ${status}, /healthz ${health.status}`);
  if (health.status !== 200) process.exitCode = 1;
} finally {
  const began = Date.now();
  const gone = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  const code = await gone;
  console.log(`stopped with ${String(code)} after ${Date.now() - began} ms`);
  if (code !== 0) process.exitCode = 1;
  rmSync(bare, { recursive: true });
}
