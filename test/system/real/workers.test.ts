// `serve --workers 2` as processes: one of them is killed, all are reloaded and stopped, while people sign in. About 15 s.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { onwardOf } from '../../support/onward';
import { signInOverHttp, startIdp, type LocalIdp } from '../../support/idp';
import type { WixSite } from '../../support/wix';
import { freePort } from '../../support/makers/free-port';
import { startWixSite } from '../../support/makers/made-site';
import { describeReal } from './processes';
import { startService, type Service } from './service';

const program = join(__dirname, '..', '..', '..', 'dist', 'cli', 'bin.js');
const workers = 2;
const atOnce = 6;

describeReal(
  existsSync('/proc/self/task'),
  'procfs',
  'Linux',
)('a service of two workers', () => {
  let idp: LocalIdp;
  let site: WixSite;
  let service: Service;
  let adminPort: number;

  beforeAll(async () => {
    idp = await startIdp();
    const port = await freePort();
    adminPort = await freePort();
    site = await startWixSite({
      settings: { serviceProvider: `http://localhost:${port}`, site: 'portal', redeem: 'page' },
    });
    service = await startService({
      ...{ port, site, workers, state: 'file:./data', idpMetadataXml: idp.metadataXml },
      more: `\nadmin: { port: ${adminPort} }\naudit: { file: audit.jsonl }\n`,
    });
    idp.registerServiceProvider(service.metadataXml);
  });

  afterAll(async () => {
    await service.stop();
    await site.stop();
    await idp.close();
  });

  async function signIn(): Promise<boolean> {
    const tab = await site.openTab();
    await tab.goto('/');
    const { leftTo } = await tab.click('#signInButton');
    const loginUrl = leftTo ?? '';
    const fresh = { redirect: 'manual', headers: { connection: 'close' } } as const;
    const login = await fetch(loginUrl, fresh);
    const form = await signInOverHttp(login, loginUrl, 'alice');
    const body = new URLSearchParams({ SAMLResponse: form.samlResponse, RelayState: form.relayState ?? '' });
    const answer = await fetch(`${service.baseUrl}/saml/acs`, { ...fresh, method: 'POST', body });
    const landed = await tab.goto(onwardOf(await answer.text()) ?? '');
    return landed.member?.email === 'alice@example.com';
  }

  /** @returns how many came in; as many as `count` try, some at once */
  async function signIns(count: number, onEach: (done: number) => void = () => undefined): Promise<number> {
    let begun = 0;
    let done = 0;
    let signedIn = 0;
    const one = async (): Promise<void> => {
      while (begun < count) {
        begun += 1;
        if (await signIn().catch(() => false)) signedIn += 1;
        onEach((done += 1));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    return signedIn;
  }

  const workerPids = (): number[] => {
    const pid = String(service.pid);
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
    return text.split(' ').filter(Boolean).map(Number);
  };
  const linesOf = (event: string): Record<string, unknown>[] =>
    service.log
      .filter((line) => line.includes(`"event":"${event}"`))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      if (await isSo()) return;
      await pause(50);
    }
    throw new Error(`it did not come to that:\n${service.log.slice(-20).join('\n')}`);
  }

  it('shares the work, names the worker in each line and counts for each', async () => {
    expect(await signIns(12)).toBe(12);
    const redeemed = linesOf('ticket.redeemed');
    expect(redeemed).toHaveLength(12);
    expect(new Set(redeemed.map(({ worker }) => worker))).toEqual(new Set([1, 2]));
    const page = await metrics();
    expect(page).toContain('wix_saml_workers_ready 2');
    expect(page.match(/^wix_saml_connections\{.*state="ready".*$/gm)).toHaveLength(1);
    const steps = [
      ...page.matchAll(/^wix_saml_sign_in_steps_total\{.*step="redeemed",worker="[12]"\} (\d+)$/gm),
    ];
    expect(steps.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(12);
  });

  it('replaces a worker that is killed among sign-ins, of which only those under way can be lost', async () => {
    const [killed = 0] = workerPids();
    const signedIn = await signIns(18, (done) => {
      if (done === 5) process.kill(killed, 'SIGKILL');
    });
    expect(signedIn).toBeGreaterThanOrEqual(18 - atOnce);
    await until(() => linesOf('serve.ready').length === workers + 1);
    expect(linesOf('worker.ended')).toMatchObject([{ pid: killed, problem: 'was ended by SIGKILL' }]);
    expect(workerPids()).toHaveLength(workers);
    expect(await signIns(6)).toBe(6);
  });

  it('reloads every worker by one signal or one command, and loses nobody', async () => {
    const signingIn = signIns(12);
    process.kill(service.pid ?? 0, 'SIGHUP');
    await until(() => linesOf('configuration.reloaded').length === workers);
    const args = [program, 'reload', '--json', '--config', service.config];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { ok, processes } = JSON.parse(stdout) as { ok: boolean; processes: { pid: number }[] };
    expect(ok).toBe(true);
    expect(new Set(processes.map(({ pid }) => pid))).toEqual(new Set(workerPids()));
    expect(await signingIn).toBe(12);
  });

  it('refuses one visitor’s answer the second time, whichever worker gets it', async () => {
    const tab = await site.openTab();
    await tab.goto('/');
    const { leftTo } = await tab.click('#signInButton');
    const loginUrl = leftTo ?? '';
    const form = await signInOverHttp(await fetch(loginUrl, { redirect: 'manual' }), loginUrl, 'alice');
    const body = new URLSearchParams({ SAMLResponse: form.samlResponse, RelayState: form.relayState ?? '' });
    const post = () =>
      fetch(`${service.baseUrl}/saml/acs`, { method: 'POST', body, headers: { connection: 'close' } });
    const answers = await Promise.all(Array.from({ length: 20 }, post));
    const pages = await Promise.all(answers.map((answer) => answer.text()));
    expect(pages.filter((page) => onwardOf(page)?.includes('ticket='))).toHaveLength(1);
  });

  it('stops all of them within the bound, and leaves an audit log that holds', async () => {
    const pids = workerPids();
    const { config } = service;
    const signingIn = signIns(atOnce);
    process.kill(service.pid ?? 0, 'SIGTERM');
    await until(() => linesOf('serve.stopped').length === workers);
    await signingIn;
    await until(() => pids.every((pid) => !existsSync(`/proc/${pid}`)));
    const args = [program, 'audit', 'verify', '--json', '--config', config];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    const files = readdirSync(dirname(config)).filter((name) => /^audit\.worker-\d\.jsonl$/.test(name));
    expect(files).toEqual(['audit.worker-1.jsonl', 'audit.worker-2.jsonl']);
  });

  it('does not start over memory, and says once why', async () => {
    const other = join(dirname(service.config), 'memory.yaml');
    writeFileSync(other, readFileSync(service.config, 'utf8').replace(/^state: .*$/m, 'state: memory'));
    const args = [program, 'serve', '--workers', '2', '--config', other];
    const failed = (await promisify(execFile)(process.execPath, args).catch((cause: unknown) => cause)) as {
      code: number;
      stderr: string;
    };
    expect(failed.code).toBe(1);
    expect(failed.stderr.match(/memory belongs to one process/g)).toHaveLength(1);
  });
});
