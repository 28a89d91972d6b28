// docs/examples/express as a process: what it mounts answers, the rest of the application too, and it ends in order.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../guards/sources';
import { startIdp, type LocalIdp } from '../../support/idp';
import type { WixSite } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { stopped } from '../real/processes';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from '../real/service';

let directory: string;
let idp: LocalIdp;
let site: WixSite;
let service: Service;
let child: ChildProcess;
let origin: string;

beforeAll(async () => {
  // Below the package, so that `wix-saml` and `express` mean what they mean to whoever installs it.
  mkdirSync(join(root, '.build'), { recursive: true });
  directory = mkdtempSync(join(root, '.build', 'example-'));
  const source = readFileSync(join(root, 'docs', 'examples', 'express', 'server.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2023,
      esModuleInterop: true,
    },
  });
  const program = join(directory, 'server.js');
  writeFileSync(program, outputText);
  const port = await freePort();
  origin = `http://localhost:${String(port)}`;
  idp = await startIdp();
  site = await startWixSite();
  // Its configuration is what we want; the process that comes with it only proves that it is a good one.
  service = await startService({
    port: await freePort(),
    baseUrl: `${origin}/sso`,
    site,
    idpMetadataXml: idp.metadataXml,
  });
  child = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: String(port), WIX_SAML_CONFIG: service.config },
    stdio: 'pipe',
  });
});

afterAll(async () => {
  await stopped(child);
  await service.stop();
  await site.stop();
  await idp.close();
  rmSync(directory, { recursive: true, force: true });
});

it('answers below its path and leaves the rest to the application', async () => {
  let ready: Response | undefined;
  for (let attempt = 0; attempt < 100 && ready?.status !== 200; attempt++) {
    ready = await fetch(`${origin}/sso/readyz`).catch(() => undefined);
    if (ready?.status !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(ready?.status).toBe(200);
  expect(await (await fetch(`${origin}/sso/saml/metadata`)).text()).toContain(`${origin}/sso/saml/acs`);
  expect(await (await fetch(`${origin}/`)).text()).toBe('The rest of your application.');
  const login = await fetch(`${origin}/sso/saml/login?connection=acme`, { redirect: 'manual' });
  expect(login.headers.get('location')).toMatch(/\/sso\?/);
});

it('ends by itself on SIGTERM', async () => {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await gone).toBe(0);
});
