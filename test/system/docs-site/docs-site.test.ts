// The documents as a site: built, every link followed, and looked at in Chromium in light and dark, wide and narrow.
// Costs half a minute, a third of it the build.

import { chromiumFlags, chromiumPath } from '../../support/chromium';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, posix } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { root } from '../../guards/sources';
import { describeReal } from '../real/processes';

const site = join(root, 'docs', '.vitepress', 'dist');
const pictures = join(root, 'ci-output');
const buildWithinMs = 40_000;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'node_modules/vitepress/bin/vitepress.js'), 'build', 'docs'], {
    cwd: root,
    stdio: 'pipe',
    timeout: buildWithinMs,
  });
});

/** Below the site, with slashes. */
const pages = (): string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html'));

it('has every document as a page, and every link of every page leads to a file and a place in it', () => {
  const idsOf = new Map<string, ReadonlySet<string>>();
  const ids = (name: string): ReadonlySet<string> => {
    const known = idsOf.get(name);
    if (known !== undefined) return known;
    const html = readFileSync(join(site, name), 'utf8');
    const found = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id));
    idsOf.set(name, found);
    return found;
  };
  const lost = pages().flatMap((page) => {
    const html = readFileSync(join(site, page), 'utf8');
    const links = [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href);
    return links
      .filter((href) => !/^[a-z]+:/.test(href))
      .filter((href) => {
        const [path = '', anchor] = href.split('#');
        const at = path === '' ? page : posix.join('/', posix.dirname(page), path).slice(1);
        const target = path.startsWith('/') ? path.slice(1) : at;
        const file = target === '' || target.endsWith('/') ? `${target}index.html` : target;
        if (!existsSync(join(site, file))) return true;
        return anchor !== undefined && anchor !== '' && !ids(file).has(decodeURIComponent(anchor));
      })
      .map((href) => `${page} → ${href}`);
  });
  expect(lost.filter((link) => !link.startsWith('404.html'))).toEqual([]);
  expect(pages()).toEqual(
    expect.arrayContaining(['index.html', 'docs/errors.html', 'docs/idps/entra.html', 'SECURITY.html']),
  );
  expect(pages().length).toBeGreaterThan(35);
});

describeReal(
  existsSync(chromiumPath),
  'Chromium',
  'chromium',
)('in Chromium', () => {
  let server: Server;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
      const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
      if (!existsSync(file)) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' });
      response.end(readFileSync(file));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] });
  });

  afterAll(async () => {
    await browser.close();
    await new Promise((done) => server.close(done));
  });

  /** A page that remembers what it asks others for and what goes wrong in it. */
  async function open(
    width: number,
    colorScheme: 'light' | 'dark',
  ): Promise<{ page: Page; wrong: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const wrong: string[] = [];
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) wrong.push(url);
    });
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) {
        wrong.push(`${message.text()} ${message.location().url}`);
      }
    });
    return { page, wrong };
  }

  const looks = [390, 1280].flatMap((width) =>
    (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
  );

  it.each(looks)('is readable at $width px, $scheme, and asks nobody else', async ({ width, scheme }) => {
    const { page, wrong } = await open(width, scheme);
    for (const path of ['', 'docs/errors.html', 'docs/idps/entra.html', 'docs/security-model.html']) {
      await page.goto(`${origin}/${path}`, { waitUntil: 'networkidle' });
      const overflow = await page.evaluate<boolean>(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      expect({ path, overflow }).toEqual({ path, overflow: false });
      const name = path === '' ? 'home' : path.replace(/^docs\/|\.html$/g, '').replace('/', '-');
      await page.screenshot({ path: join(pictures, `docs-${name}-${String(width)}-${scheme}.png`) });
    }
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('finds an error code by search, and leads to its place', async () => {
    const { page, wrong } = await open(1280, 'light');
    await page.goto(`${origin}/`, { waitUntil: 'networkidle' });
    await page.keyboard.press('Control+k');
    await page.fill('#localsearch-input', 'SAML_AUDIENCE_MISMATCH');
    const hit = page.locator('.VPLocalSearchBox .result', { hasText: 'SAML_AUDIENCE_MISMATCH' }).first();
    await hit.waitFor({ timeout: 10_000 });
    await page.screenshot({ path: join(pictures, 'docs-search.png') });
    expect(await hit.getAttribute('href')).toMatch(/\/docs\/errors(\.html)?#saml_audience_mismatch$/);
    await hit.click();
    await page.waitForURL(/#saml_audience_mismatch$/);
    const heading = page.locator('#saml_audience_mismatch');
    await heading.waitFor({ timeout: 10_000 });
    expect(await heading.isVisible()).toBe(true);
    expect(wrong).toEqual([]);
    await page.close();
  });
});
