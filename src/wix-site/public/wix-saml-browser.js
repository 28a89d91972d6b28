// What the page's code asks of the browser and of Wix: where it is, what it may keep in its tab, random values.
// What is kept in the tab's session storage is only a tab's business: no token, no address. Two things are kept for the
// whole browser: a random value by which the self-check knows its owner again, and the handle of the member's session.

import wixLocationFrontend from 'wix-location-frontend';
import wixWindowFrontend from 'wix-window-frontend';
import { local, session } from 'wix-storage-frontend';
import { fetch } from 'wix-fetch';
import { pathOnSite } from 'public/wix-saml-path';

/** Wix renders a page twice; the server's pass has no tab, no storage and must not spend a ticket. */
export function isBrowserPass() {
  return wixWindowFrontend.rendering.env === 'browser';
}

/** In the editor's preview, Wix does not apply session tokens. */
export function isPreview() {
  return wixWindowFrontend.viewMode === 'Preview';
}

/** Languages in which to speak to the visitor, two letters each, the best one first. */
export function languages() {
  try {
    const { multilingual, browserLocale } = wixWindowFrontend;
    const ofSite = multilingual && multilingual.isEnabled ? [multilingual.currentLanguage] : [];
    return [...ofSite, browserLocale].map((tag) => String(tag).slice(0, 2).toLowerCase());
  } catch {
    return [];
  }
}

/** Path and query of this page on the site, for the way back. */
export function currentPath() {
  const { url, baseUrl } = wixLocationFrontend;
  return url.startsWith(baseUrl + '/') ? pathOnSite(url.slice(baseUrl.length).split('#')[0]) : '/';
}

export function queryParameters() {
  return { ...wixLocationFrontend.query };
}

export function removeQueryParameters(names) {
  wixLocationFrontend.queryParams.remove(names);
}

export function goTo(url) {
  wixLocationFrontend.to(url);
}

/** @returns {object | null} what `keep` stored under this name; anything unreadable counts as nothing */
export function recall(name) {
  try {
    return JSON.parse(session.getItem('wixSaml.' + name) || 'null');
  } catch {
    return null;
  }
}

/** @returns {boolean} false where the browser keeps nothing, as with storage switched off */
export function keep(name, value) {
  try {
    session.setItem('wixSaml.' + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(name) {
  try {
    session.removeItem('wixSaml.' + name);
  } catch {
    // Nothing was kept.
  }
}

/** Kept beyond the tab. @returns {string | null} */
export function recallForBrowser(name) {
  try {
    return local.getItem('wixSaml.' + name);
  } catch {
    return null;
  }
}

/** @returns {boolean} false where the browser keeps nothing */
export function keepForBrowser(name, text) {
  try {
    local.setItem('wixSaml.' + name, text);
    return true;
  } catch {
    return false;
  }
}

export function forgetForBrowser(name) {
  try {
    local.removeItem('wixSaml.' + name);
  } catch {
    // Nothing was kept.
  }
}

/** Asks the site's backend on behalf of the owner. */
export function askSelfCheck(input) {
  return askBackend('selfCheck', input);
}

/** @returns {string} 43 characters for 32 bytes: base64url without padding */
export function randomText(bytes) {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** S256 challenge (RFC 7636 §4.2) */
export async function challengeOf(codeVerifier) {
  if (!crypto.subtle) return (await askBackend('challengeFor', codeVerifier)).challenge;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  return base64url(new Uint8Array(digest));
}

/** @returns {Promise<{ status: number, retryAfter: string | null, body: object }>} rejects when nobody answered */
export async function redeemFromPage(serviceProvider, input) {
  const reply = await askServiceProvider(serviceProvider + '/session-token', input);
  return { status: reply.status, retryAfter: reply.headers.get('retry-after'), body: await reply.json() };
}

/**
 * Asks about the handle of a session, or ends it.
 * @param {{ handle: string, end?: true }} input
 * @param {{ serviceProvider: string, by: 'page' | 'backend' }} route
 * @returns {Promise<object | null>} null when there was no answer that says anything
 */
export async function askAboutHandle(input, { serviceProvider, by }) {
  try {
    if (by === 'backend') return await askBackend('sessionHandle', input);
    const reply = await askServiceProvider(serviceProvider + '/session/handle', input);
    return reply.status === 200 ? await reply.json() : null;
  } catch {
    return null;
  }
}

function askServiceProvider(url, input) {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  });
}

/** The same through the site's backend. */
export function redeemFromBackend(input) {
  return askBackend('redeemTicket', input);
}

/** By the site's HTTP function. Sent as text, which needs no preflight from another address of the site. */
async function askBackend(ask, input) {
  const reply = await fetch(wixLocationFrontend.baseUrl + '/_functions/samlPage', {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain' },
    body: JSON.stringify({ ask, input }),
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  });
  if (!reply.ok) throw new Error('the site answered ' + reply.status);
  return reply.json();
}

export function wait(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
