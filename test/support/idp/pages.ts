/** The three pages of the local identity provider: choose a person, carry the Response to the SP, and a refusal. */
import { escapeAttribute, escapeText } from './xml';
import type { Person } from './response';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f3f4f6; color: #1f2937; }
  main { max-width: 26rem; margin: 10vh auto; padding: 2rem; background: #fff; border-radius: .75rem; box-shadow: 0 1px 4px #0002; }
  h1 { font-size: 1.4rem; margin-top: 0; }
  strong, small { overflow-wrap: anywhere; }
  ul { list-style: none; padding: 0; margin: 1.5rem 0 0; }
  button { width: 100%; margin: .3rem 0; padding: .8rem 1rem; font: inherit; text-align: left; color: #111827;
    background: #fff; border: 1px solid #6b7280; border-radius: .5rem; cursor: pointer; }
  button:hover { background: #eef2ff; } button:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
  small { color: #4b5563; }`;

function page(title: string, body: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escapeText(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`
  );
}

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeAttribute(value)}">`;

export interface ChooserOptions {
  readonly action: string;
  readonly flow: string;
  readonly people: readonly Person[];
  readonly serviceProvider: string;
}

export function chooserPage(options: ChooserOptions): string {
  const buttons = options.people
    .map(
      (person) =>
        `<li><button type="submit" name="person" value="${escapeAttribute(person.id)}">${escapeText(person.name)}` +
        `<br><small>${escapeText(person.email)}</small></button></li>`,
    )
    .join('');
  return page(
    'Sign in: choose a person',
    `<h1>Choose a person</h1><p>You are signing in to <strong>${escapeText(options.serviceProvider)}</strong>.</p>` +
      `<form method="post" action="${escapeAttribute(options.action)}">${hidden('flow', options.flow)}<ul>${buttons}</ul></form>`,
  );
}

export interface CarrierOptions {
  readonly acsUrl: string;
  readonly samlResponse: string;
  readonly relayState: string | null;
  readonly nonce: string;
}

/** The auto-submitting form of the POST binding (SAML Bindings §3.5.4). */
export function carrierPage(options: CarrierOptions): string {
  return page(
    'Signing in',
    `<h1>Signing in</h1><form method="post" action="${escapeAttribute(options.acsUrl)}">` +
      hidden('SAMLResponse', options.samlResponse) +
      (options.relayState === null ? '' : hidden('RelayState', options.relayState)) +
      `<noscript><p>Your browser runs no scripts, so please press the button.</p></noscript>` +
      `<button type="submit">Continue</button></form>` +
      `<script nonce="${options.nonce}">document.forms[0].submit();</script>`,
  );
}

export function refusalPage(reason: string): string {
  return page('Sign-in refused', `<h1>Sign-in refused</h1><p>${escapeText(reason)}</p>`);
}

export function homePage(
  entityId: string,
  signedIn: Person | undefined,
  serviceProviders: readonly string[],
): string {
  const state =
    signedIn === undefined
      ? '<p>Nobody is signed in here.</p>'
      : `<p>Signed in as <strong>${escapeText(signedIn.name)}</strong>.</p><form method="post" action="/sign-out"><button type="submit">Sign out of the identity provider</button></form>`;
  const links = serviceProviders
    .map((sp) => `<li><a href="/idp-initiated?sp=${encodeURIComponent(sp)}">${escapeText(sp)}</a></li>`)
    .join('');
  return page(
    'Local identity provider',
    `<h1>Local identity provider</h1><p><small>${escapeText(entityId)}</small></p>${state}<h2>Applications</h2><ul>${links}</ul>`,
  );
}
