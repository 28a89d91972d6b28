// Whose session token it is, as far as the token says so itself. Wix documents the form by an example only ("JWS." and a
// JWT whose `data` is a JSON text), so whatever cannot be read says nothing. Its signature is Wix's own affair: it came from
// Wix a moment ago, and what it says can only lead to a refusal.

import { Buffer } from 'buffer';

/**
 * @param {string} sessionToken
 * @returns {{ memberId: string, privileged: boolean } | null} `privileged`: the owner or a collaborator of the site
 */
export function readSessionToken(sessionToken) {
  const segments = sessionToken.replace(/^JWS\./, '').split('.');
  if (segments.length !== 3) return null;
  try {
    const payload = JSON.parse(textOf(segments[1]));
    const data = typeof payload.data === 'string' ? JSON.parse(payload.data) : payload.data;
    if (typeof data.id !== 'string' || data.id === '') return null;
    return { memberId: data.id, privileged: data.owner === true || data.admin === true };
  } catch {
    return null;
  }
}

function textOf(segment) {
  return Buffer.from(segment.replace(/-/g, '+').replace(/_/g, '/'), 'base64').toString('utf8');
}
