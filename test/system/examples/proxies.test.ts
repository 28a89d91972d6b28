// docs/examples behind the real Caddy and the real nginx: a whole sign-in through TLS, the largest form, the visitor's address.

import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../guards/sources';
import { signInOverHttp, startIdp, type LocalIdp } from '../../support/idp';
import type { WixSite } from '../../support/wix';
import { startWixSite } from '../../support/makers/made-site';
import { onwardOf } from '../../support/onward';
import { describeReal } from '../real/processes';
import { freePort } from '../../support/makers/free-port';
import { startService, type Service } from '../real/service';
import {
  isHere,
  makeCertificate,
  proxyProducts,
  startProxy,
  type Certificate,
  type RunningProxy,
} from './proxy';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

describe.each(proxyProducts)('behind $name', (product) => {
  describeReal(
    isHere(product),
    product.name,
    product.packageName,
  )('as docs/examples has it', () => {
    let directory: string;
    let tls: Certificate;
    let idp: LocalIdp;
    let site: WixSite;
    let service: Service;
    let proxy: RunningProxy;
    let baseUrl: string;

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'wix-saml-proxy-'));
      tls = makeCertificate(directory);
      const ports = { proxy: await freePort(), service: await freePort() };
      baseUrl = `https://localhost:${String(ports.proxy)}`;
      idp = await startIdp();
      site = await startWixSite({ settings: { serviceProvider: baseUrl, site: 'portal', redeem: 'page' } });
      service = await startService({
        port: ports.service,
        baseUrl,
        site,
        idpMetadataXml: idp.metadataXml,
        trustProxy: 1,
        more: '\nlog:\n  level: debug\n',
      });
      idp.registerServiceProvider(service.metadataXml);
      proxy = startProxy(product, product.configure(directory, ports, tls), directory);
      await answering();
    });

    afterAll(async () => {
      await proxy.stop();
      await service.stop();
      await site.stop();
      await idp.close();
      rmSync(directory, { recursive: true, force: true });
    });

    /** Waits at most ten seconds for the proxy to listen. */
    async function answering(): Promise<void> {
      for (let attempt = 0; attempt < 100; attempt++) {
        const answer = await ask('/readyz').catch(() => undefined);
        if (answer?.status === 200) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`${product.name} does not pass /readyz on:\n${proxy.said()}`);
    }

    function ask(path: string, options: RequestOptions = {}, body?: string): Promise<Answer> {
      return new Promise((resolve, reject) => {
        const sent = request(
          `${baseUrl}${path}`,
          { ca: readFileSync(tls.certificate), agent: false, ...options },
          (response) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.on('error', reject);
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                text: Buffer.concat(parts).toString(),
              }),
            );
          },
        );
        sent.on('error', reject);
        sent.end(body);
      });
    }

    const post = (path: string, type: string, body: string): Promise<Answer> =>
      ask(path, { method: 'POST', headers: { 'content-type': type } }, body);
    const form = 'application/x-www-form-urlencoded';

    it('signs a member in, from the link to the session token', async () => {
      const verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const path = `/saml/login?connection=acme&code_challenge=${challenge}&return_to=%2Fmembers`;
      const referer = { referer: `${site.url}/`, 'sec-fetch-site': 'cross-site' };
      const login = await ask(path, { headers: referer });
      expect(login.status).toBe(302);
      const left = new Response(null, {
        status: 302,
        headers: { location: String(login.headers['location']) },
      });
      const { action, samlResponse, relayState } = await signInOverHttp(left, baseUrl + path, 'alice');
      expect(action).toBe(`${baseUrl}/saml/acs`);
      const fields = new URLSearchParams({ SAMLResponse: samlResponse, RelayState: relayState ?? '' });
      const accepted = await post('/saml/acs', form, String(fields));
      const onward = new URL(onwardOf(accepted.text) ?? '');
      const ticket = onward.searchParams.get('ticket');
      const redeemed = await post(
        '/session-token',
        'application/json',
        JSON.stringify({ ticket, codeVerifier: verifier }),
      );
      expect(redeemed.status).toBe(200);
      expect(JSON.parse(redeemed.text)).toMatchObject({
        sessionToken: expect.any(String) as string,
        returnTo: '/members',
      });
    });

    it('passes the largest form that the service takes, and lets the service judge it', async () => {
      const answer = await post('/saml/acs', form, `SAMLResponse=${'A'.repeat(700 * 1024)}`);
      expect(answer.text).toMatch(/SAML_[A-Z_]+/);
      expect(answer.text).toMatch(/[0-9A-Z]{10}/);
    });

    it('names the visitor, whatever the visitor says', async () => {
      await ask('/healthz?who', { headers: { 'x-forwarded-for': '203.0.113.9' } });
      // The line comes after the answer, through a pipe.
      const said = (): string | undefined => service.log.find((each) => each.includes('"/healthz"'));
      for (let attempt = 0; attempt < 100 && said() === undefined; attempt++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(JSON.parse(said() ?? '{}')).toMatchObject({ event: 'http.answered', client: '127.0.0.1' });
    });

    it('satisfies check --public', async () => {
      const program = join(root, 'dist', 'cli', 'bin.js');
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [program, 'check', '--public', '--config', service.config],
        { env: { ...process.env, NODE_EXTRA_CA_CERTS: tls.certificate } },
      );
      expect(stdout).not.toBe('');
    });
  });
});
