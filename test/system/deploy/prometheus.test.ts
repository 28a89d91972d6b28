/** Real Prometheus: it takes our rules, reads our metrics, and its alerts fire when something is wrong. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from '../../../src/server/app-types';
import { start } from '../../../src/server/process';
import { changed, makeExample, type Example } from '../../support/makers/configuration';
import { freePort } from '../../support/makers/free-port';
import { describeReal, stopped } from '../real/processes';

const rules = join(__dirname, '../../../deploy/prometheus');
const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: rules, encoding: 'utf8' });
const isHere = promtool('--version').status === 0 && spawnSync('prometheus', ['--version']).status === 0;

describeReal(
  isHere,
  'Prometheus',
  'prometheus',
)('Prometheus', () => {
  it.each([
    ['check', 'rules', 'alerts.yml'],
    ['check', 'config', 'prometheus.yml'],
    ['test', 'rules', 'alerts.test.yml'],
  ])('%s %s: %s', (...args) => {
    const { status, stdout, stderr } = promtool(...args);
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  describe('beside a running service', () => {
    let example: Example;
    let directory: string;
    let running: Running;
    let prometheus: ChildProcess;
    let api: string;

    beforeAll(async () => {
      example = makeExample();
      directory = mkdtempSync(join(tmpdir(), 'wix-saml-prometheus-'));
      const [adminPort, port] = [await freePort(), await freePort()];
      const broken = `
  broken:
    site: portal
    idpMetadata: not-there.xml
    emailDomains: [broken.example]
    emailFrom: nameId
admin: { port: ${adminPort} }
`;
      const text = changed('port: 3000', 'port: 0')
        .replace('https://sso.example.com', 'http://localhost:3000')
        .concat(broken);
      const config = await example.load(text);
      running = await start(config, { log: () => undefined });
      // The same rules and scraping, without the patience.
      const soon = (name: string, change: (text: string) => string): void =>
        writeFileSync(join(directory, name), change(readFileSync(join(rules, name), 'utf8')));
      soon('alerts.yml', (yaml) => yaml.replace(/for: \w+/g, 'for: 0s'));
      soon('prometheus.yml', (yaml) =>
        yaml.replace(/interval: 15s/g, 'interval: 1s').replace('127.0.0.1:9464', `127.0.0.1:${adminPort}`),
      );
      api = `http://127.0.0.1:${port}/api/v1`;
      prometheus = spawn(
        'prometheus',
        [
          `--config.file=${join(directory, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(directory, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ],
        { stdio: 'ignore' },
      );
    });
    afterAll(async () => {
      await stopped(prometheus);
      await running.stop();
      example.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    /** Names of the alerts that fire, each with its connection; looks until there is the wanted one. */
    async function firing(wanted: string): Promise<string[]> {
      let names: string[] = [];
      for (let attempt = 0; attempt < 120 && !names.includes(wanted); attempt++) {
        await wait(250);
        const answer = await fetch(`${api}/alerts`).catch(() => undefined);
        if (answer?.ok !== true) continue;
        const { data } = (await answer.json()) as {
          data: { alerts: { state: string; labels: Record<string, string> }[] };
        };
        names = data.alerts
          .filter(({ state }) => state === 'firing')
          .map(({ labels }) => `${labels['alertname'] ?? ''} ${labels['connection'] ?? ''}`.trim());
      }
      return names;
    }

    it('tells of the connection that is down, and of no other', async () => {
      const alerts = await firing('WixSamlConnectionDown broken');
      expect(alerts).toContain('WixSamlConnectionDown broken');
      expect(alerts).not.toContain('WixSamlConnectionDown acme');
      expect(alerts).not.toContain('WixSamlAway');
      expect(alerts).not.toContain('WixSamlStoreAway');
    });

    it('tells when the service is gone', async () => {
      await running.stop();
      expect(await firing('WixSamlAway')).toContain('WixSamlAway');
    });
  });
});
