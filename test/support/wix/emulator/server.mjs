// One HTTP server for everything that a Wix site answers: HTTP functions, the API host's endpoints, pages,
// the session; and the test's controls under /__control.

import { readFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContainer, signOn } from './backend.mjs';
import { answerControl } from './control.mjs';
import { buildTrouble } from './build.mjs';
import { entityTag, renderPage } from './html.mjs';
import { callHttpFunction, writeFault } from './http-functions.mjs';
import { siteSource } from './site-code.mjs';
import { Tab } from './tab.mjs';
import { applySessionToken, memberOfSession } from './tokens.mjs';

const BROWSER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../browser');
const COOKIE = 'smSession';

export async function startServer(world, port) {
  let containers = [];
  let turn = 0;
  const site = {
    world,
    container: () => containers[(turn += 1) % containers.length],
    /** What was written since the last time becomes the site that visitors see. */
    publish() {
      containers = Array.from({ length: world.options.containers }, () => createContainer(world));
    },
    tabs: new Map(),
  };
  site.publish();
  const server = createServer((request, response) => {
    answer(site, request, response).catch((error) => {
      world.log.push({ level: 'error', text: `Emulator: ${error?.stack ?? error}` });
      if (!response.headersSent) send(response, 500, { error: String(error?.message ?? error) });
      else response.destroy();
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  world.origin = `http://127.0.0.1:${server.address().port}`;
  return server;
}

/** A page of a stranger that names its own host after this machine (DNS rebinding) gets nothing. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

async function answer(site, request, response) {
  if (!LOOPBACK.test(request.headers.host ?? '')) {
    return send(response, 403, { error: 'this site is for this machine alone' });
  }
  const url = new URL(request.url, site.world.origin);
  const body = await readBody(request);
  const { pathname } = url;
  if (pathname.startsWith('/__control/')) return answerControl(site, { url, request, body }, response);
  if (pathname.startsWith('/velo/v1/http/invoke/'))
    return answerInvoke(site, { url, request, body }, response);
  if (pathname === '/_api/iam/authentication/v2/sign-on')
    return answerSignOn(site, { request, body }, response);
  if (pathname.startsWith('/__wix/')) return answerPlatform(site, { url, request, body }, response);
  const functions = /^\/_functions(?:-dev)?\/([^/]+)((?:\/[^/]+)*)$/.exec(
    withoutPrefix(site.world, pathname),
  );
  if (functions) return answerFunction(site, { url, request, body, match: functions, via: 'site' }, response);
  return answerPage(site, { url, request }, response);
}

async function answerFunction(site, { url, request, body, match, via }, response) {
  const trouble = buildTrouble(site.world);
  if (trouble !== null) {
    site.world.log.push({ level: 'error', text: trouble });
    return send(response, 404, { message: 'Not found' });
  }
  const result = await callHttpFunction(site.world, site.container(), {
    name: decodeURIComponent(match[1]),
    path: (match[2] ?? '').split('/').filter(Boolean).map(decodeURIComponent),
    method: request.method,
    url,
    headers: request.headers,
    body,
    ip: request.socket.remoteAddress,
    via,
  });
  if (result.fault) return writeFault(response, result.fault);
  return response.writeHead(result.status, result.headers).end(result.body);
}

/** wixapis.com wants to know who asks before it lets a call through to the site. */
async function answerInvoke(site, call, response) {
  if (!isAuthorized(site.world, call.request.headers))
    return send(response, 401, { message: 'Unauthorized' });
  const match = /^\/velo\/v1\/http\/invoke\/([^/]+)((?:\/[^/]+)*)$/.exec(call.url.pathname);
  if (!match) return send(response, 404, { message: 'Not found' });
  return answerFunction(site, { ...call, match, via: 'invoke' }, response);
}

async function answerSignOn(site, { request, body }, response) {
  if (!isAuthorized(site.world, request.headers)) return send(response, 403, { message: 'Forbidden' });
  const { loginId, ...options } = JSON.parse(body.toString('utf8'));
  try {
    const { sessionToken, identity } = await signOn(site.world, loginId, options, true);
    return send(response, 200, { sessionToken, identity: { ...identity, id: identity._id } });
  } catch (error) {
    return send(response, error.status ?? 500, { message: error.message });
  }
}

function isAuthorized(world, headers) {
  const { apiKey, siteId } = world.options;
  const key = headers.authorization ?? '';
  return (
    (apiKey === null ? key !== '' : key === apiKey) && (siteId === null || headers['wix-site-id'] === siteId)
  );
}

async function answerPage(site, { url, request }, response) {
  const { world } = site;
  const member = memberOfSession(world, cookie(request));
  const preview = url.searchParams.has('__preview');
  // The server's pass runs the page code first; its elements are what the browser gets to see.
  const tab = new Tab(world, { preview: false });
  tab.session = cookie(request) ?? null;
  const elements = await tab.render(url);
  const html =
    request.method === 'GET' &&
    world.options.published &&
    renderPage(world, { url, member, preview, elements });
  if (!html) return send(response, 404, { message: 'Not found' });
  return response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(html);
}

/** What the platform's own scripts in the browser need: code, the session. */
async function answerPlatform(site, { url, request, body }, response) {
  const { world } = site;
  const [, , area, ...rest] = url.pathname.split('/');
  if (area === 'browser') return sendCode(response, browserFile(rest.join('/')));
  if (area === 'code') return sendCode(response, pageCode(site, rest.join('/')));
  if (request.method !== 'POST') return send(response, 405, { message: 'Method not allowed' });
  const input = body.length > 0 ? JSON.parse(body.toString('utf8')) : {};
  if (area === 'session-token') {
    const applied = applySessionToken(world, input.sessionToken);
    if (applied.refused) return send(response, 401, { message: 'UNAUTHORIZED' });
    response.setHeader('set-cookie', `${COOKIE}=${applied.session}; Path=/; HttpOnly; SameSite=Lax`);
    const { _id, loginEmail, profile } = applied.member;
    return send(response, 200, { member: { _id, loginEmail, profile } });
  }
  if (area === 'logout') {
    response.setHeader('set-cookie', `${COOKIE}=; Path=/; Max-Age=0`);
    return send(response, 200, {});
  }
  return send(response, 404, { message: 'Not found' });
}

function browserFile(name) {
  const file = path.join(BROWSER, path.basename(name));
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Backend code never reaches a browser. */
function pageCode(site, specifier) {
  if (!/^(public|pages)\/[\w.-]+$/.test(specifier)) return undefined;
  return siteSource(site.world, specifier);
}

function withoutPrefix({ options }, pathname) {
  return pathname.startsWith(`${options.sitePath}/`) ? pathname.slice(options.sitePath.length) : '';
}

function cookie(request) {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1] || undefined;
}

function sendCode(response, text) {
  if (text === undefined) return send(response, 404, { message: 'Not found' });
  return response
    .writeHead(200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      etag: entityTag(text),
    })
    .end(text);
}

export function send(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
