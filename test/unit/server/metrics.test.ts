/** Events as numbers for Prometheus, on a listener of its own; what strangers write never becomes a label. */

import type { ConfigParts } from '../../../src/config/config-parts';
import type { Log } from '../../../src/server/app-types';
import { start } from '../../../src/server/process';
import type { SsoEvent } from '../../../src/core/events';
import { createMetrics, type Metrics } from '../../../src/server/metrics';
import { configWarnings } from '../../../src/config/warnings';
import { changed, makeExample, type Example } from '../../support/makers/configuration';

const quiet: Log = () => undefined;
const DAY = 86_400_000;

const plainText = (): string =>
  changed('port: 3000', 'port: 0').replace('https://sso.example.com', 'http://localhost:3000');

let example: Example;
let config: ConfigParts;
beforeAll(async () => {
  example = makeExample();
  config = await example.load(`${plainText()}\nadmin: { port: 0 }\n`);
});
afterAll(() => example.remove());

/** Lines of the page that are no comments. */
async function linesOf(metrics: Metrics): Promise<string[]> {
  const { text } = await metrics.page();
  return text.split('\n').filter((line) => line.startsWith('wix_saml_'));
}

describe('metrics of events', () => {
  let metrics: Metrics;
  let storeUp = true;
  const source = () => ({
    connections: () => config.connections,
    sites: new Set(['portal']),
    lines: () => [{ site: 'portal', state: 'open', waiting: 12 } as const],
    ends: () => [
      { what: 'IdP certificate', connection: 'acme', thumbprint: 'ab12', at: 10 * DAY } as const,
      { what: 'signing certificate', connection: '', thumbprint: 'cd34', at: -DAY } as const,
    ],
    waiting: () => ({ asked: 2, others: 0, logins: 1 }),
    ping: () => (storeUp ? Promise.resolve() : Promise.reject(new Error('away'))),
    now: () => 0,
  });
  beforeEach(() => {
    storeUp = true;
    metrics = createMetrics('1.2.3');
    metrics.observe(source());
  });
  const refused = (detail: object): SsoEvent => ({
    type: 'refused',
    reference: 'r',
    code: 'WIX_TIMEOUT',
    path: '/session-token',
    ...detail,
  });

  it('count how far sign-ins come, and what a site took', async () => {
    const about = { reference: 'r', signIn: 's', connection: 'acme', site: 'portal' };
    metrics.subscriber({
      type: 'login.requested',
      ...about,
      identityProvider: 'https://idp.example',
      binding: 'redirect',
    });
    metrics.subscriber({ type: 'ticket.redeemed', ...about, member: 'm', wixMs: 700 });
    metrics.subscriber({ type: 'ticket.redeemed', ...about, member: 'm', wixMs: 3000 });
    const lines = await linesOf(metrics);
    expect(lines).toContain('wix_saml_sign_in_steps_total{connection="acme",step="requested"} 1');
    expect(lines).toContain('wix_saml_sign_in_steps_total{connection="acme",step="redeemed"} 2');
    expect(lines).toContain('wix_saml_wix_seconds_bucket{le="1",site="portal",outcome="issued"} 1');
    expect(lines).toContain('wix_saml_wix_seconds_count{site="portal",outcome="issued"} 2');
  });

  it('count refusals by code, under names of the configuration only', async () => {
    metrics.subscriber(refused({ connection: 'acme', site: 'portal', wixMs: 15_000 }));
    for (let index = 0; index < 200; index++) {
      metrics.subscriber(refused({ connection: `made-up-${index}`, site: `site-${index}`, wixMs: 1 }));
      metrics.subscriber({
        type: 'http.answered',
        method: 'GET',
        path: `/wp-admin/${index}`,
        status: 404,
        milliseconds: 1,
        client: '203.0.113.1',
      });
    }
    const lines = await linesOf(metrics);
    expect(lines).toContain('wix_saml_refusals_total{connection="acme",code="WIX_TIMEOUT"} 1');
    expect(lines).toContain('wix_saml_refusals_total{connection="",code="WIX_TIMEOUT"} 200');
    expect(lines).toContain('wix_saml_request_seconds_count{path="other",status="404"} 200');
    expect(lines.join('\n')).not.toMatch(/made-up|site-1|wp-admin|203\.0/);
  });

  it('show the line of a site, and how long people stood in it', async () => {
    const about = { reference: 'r', signIn: 's', connection: 'acme', site: 'portal', member: 'm' };
    metrics.subscriber({ type: 'ticket.waits', ...about, position: 12 });
    metrics.subscriber({ type: 'ticket.redeemed', ...about, wixMs: 700, waitedMs: 42_000 });
    const lines = await linesOf(metrics);
    expect(lines).toContain('wix_saml_places_total{site="portal"} 1');
    expect(lines).toContain('wix_saml_site_wait_seconds_bucket{le="30",site="portal"} 0');
    expect(lines).toContain('wix_saml_site_wait_seconds_bucket{le="60",site="portal"} 1');
    expect(lines).toContain('wix_saml_site_waiting{site="portal"} 12');
    expect(lines).toContain('wix_saml_site_state{site="portal",state="open"} 1');
    expect(lines).toContain('wix_saml_site_state{site="portal",state="closed"} 0');
  });

  it('know the paths below any base path', async () => {
    const answered = { method: 'POST', status: 200, milliseconds: 4, client: '' };
    metrics.subscriber({ type: 'http.answered', path: '/base/saml/acs', ...answered });
    expect(await linesOf(metrics)).toContain(
      'wix_saml_request_seconds_bucket{le="0.005",path="/saml/acs",status="200"} 1',
    );
  });

  it('show what is at hand when somebody asks: connections, ends, waiting, the store, the build', async () => {
    const lines = await linesOf(metrics);
    expect(lines).toContain('wix_saml_connections{connection="acme",state="ready"} 1');
    expect(lines).toContain('wix_saml_connections{connection="acme",state="down"} 0');
    expect(lines).toContain(
      'wix_saml_days_until_end{what="IdP certificate",connection="acme",thumbprint="ab12"} 10',
    );
    expect(lines).toContain(
      'wix_saml_days_until_end{what="signing certificate",connection="",thumbprint="cd34"} -1',
    );
    expect(lines).toContain('wix_saml_waiting{line="asked"} 2');
    expect(lines).toContain('wix_saml_store_up 1');
    expect(lines).toContain(`wix_saml_build_info{version="1.2.3",node="${process.version}"} 1`);
    storeUp = false;
    expect(await linesOf(metrics)).toContain('wix_saml_store_up 0');
  });

  it('count without a name what happens before anything is observed', async () => {
    const early = createMetrics('1.2.3');
    early.subscriber(refused({ connection: 'acme' }));
    expect(await linesOf(early)).toContain('wix_saml_refusals_total{connection="",code="WIX_TIMEOUT"} 1');
  });
});

describe('the listener for operators', () => {
  it('answers /metrics and nothing else, and ends with the service', async () => {
    let admin = { host: '', port: 0 };
    const running = await start(config, {
      log: (_level, event, fields) => {
        if (event === 'admin.ready')
          admin = { host: String(fields?.['host']), port: Number(fields?.['port']) };
      },
    });
    const url = `http://127.0.0.1:${admin.port}`;
    await fetch(`http://127.0.0.1:${running.port}/saml/metadata`);
    const answer = await fetch(`${url}/metrics`);
    const text = await answer.text();
    expect(admin.host).toBe('127.0.0.1');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(text).toContain('wix_saml_request_seconds_count{path="/saml/metadata",status="200"} 1');
    expect(text).toMatch(/^wix_saml_days_until_end\{what="signing certificate"/m);
    expect(text).toMatch(/^wix_saml_waiting\{line="logins"\} 0$/m);
    expect((await fetch(`${url}/saml/metadata`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await fetch(`http://127.0.0.1:${running.port}/metrics`)).status).toBe(404);
    await running.stop();
    await expect(fetch(`${url}/metrics`)).rejects.toThrow();
  });

  it('is not there unless somebody asks for it', async () => {
    const events: string[] = [];
    const without = await example.load(plainText());
    const running = await start(without, { log: (_level, event) => void events.push(event) });
    await running.stop();
    expect(events).not.toContain('admin.ready');
  });

  it('ends the start when its port is taken, and lets go of the other', async () => {
    const running = await start({ ...config, admin: { host: '127.0.0.1', port: 0 } }, { log: quiet });
    const taken = { ...config, admin: { host: '127.0.0.1', port: running.port } };
    await expect(start(taken, { log: quiet })).rejects.toThrow(/EADDRINUSE/);
    await running.stop();
  });

  it('is warned about where other machines can reach it', () => {
    const warned = (host: string) =>
      configWarnings({ ...config, admin: { host, port: 1 } }, 0).some(({ path }) => path === 'admin.host');
    expect(['127.0.0.1', '::1', 'localhost'].some(warned)).toBe(false);
    expect(['0.0.0.0', '::', '10.1.2.3'].every(warned)).toBe(true);
  });
});
