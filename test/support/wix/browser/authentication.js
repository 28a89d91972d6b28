// The member's session: the server checks the token and sets the cookie; scripts never see it.

import { site } from '/__wix/browser/site.js';

const handlers = [];

export async function applySessionToken(sessionToken) {
  if (site.preview) throw new Error('Not available in preview');
  const reply = await fetch('/__wix/session-token', {
    method: 'POST',
    body: JSON.stringify({ sessionToken }),
  });
  if (!reply.ok) throw new Error('UNAUTHORIZED');
  site.member = (await reply.json()).member;
  if (site.reloadOnLogin) globalThis.location.reload();
  for (const handler of handlers) handler(site.member);
}

export function loggedIn() {
  return site.member !== null;
}

export async function logout() {
  await fetch('/__wix/logout', { method: 'POST' });
  globalThis.location.reload();
}

export function onLogin(handler) {
  handlers.push(handler);
  return () => undefined;
}
