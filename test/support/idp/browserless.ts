/** Drives the identity provider's pages with plain fetch, as `demo --check` and the flow tests do. */

export interface CarriedResponse {
  /** Where the form goes: the ACS. */
  readonly action: string;
  readonly samlResponse: string;
  readonly relayState: string | null;
}

/** The names and values of the hidden fields of the first form of a page, and its action resolved against `pageUrl`. */
export function readForm(html: string, pageUrl: string): { action: string; fields: Map<string, string> } {
  const action = /<form[^>]*\saction="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) throw new Error(`no form at ${new URL(pageUrl).pathname}`);
  const fields = new Map<string, string>();
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1];
    if (name !== undefined) fields.set(name, unescapeHtml(/\svalue="([^"]*)"/.exec(tag)?.[1] ?? ''));
  }
  return { action: new URL(unescapeHtml(action), pageUrl).href, fields };
}

const unescapeHtml = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot));/gi,
    (_all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return { amp: '&', lt: '<', gt: '>', quot: '"' }[name.toLowerCase()] ?? '';
      return String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16));
    },
  );

/**
 * From the SP's answer to /saml/login to the form for its ACS: follows the redirect (or posts the form of the POST
 * binding), chooses the person, and answers what a browser would post next.
 */
export async function signInOverHttp(
  loginAnswer: Response,
  loginUrl: string,
  personId: string,
): Promise<CarriedResponse> {
  const first = await openIdentityProvider(loginAnswer, loginUrl);
  const chooser = await first.text();
  if (!first.ok) throw new Error(`the identity provider answered ${first.status}`);
  const chosen = readForm(chooser, first.url);
  if (chosen.fields.has('SAMLResponse')) return carried(chosen);
  const body = new URLSearchParams({ flow: chosen.fields.get('flow') ?? '', person: personId });
  const second = await fetch(chosen.action, { method: 'POST', body });
  if (!second.ok) throw new Error(`the identity provider answered ${second.status}`);
  return carried(readForm(await second.text(), second.url));
}

async function openIdentityProvider(answer: Response, loginUrl: string): Promise<Response> {
  const location = answer.headers.get('location');
  if (location !== null) return fetch(new URL(location, loginUrl));
  const form = readForm(await answer.text(), loginUrl);
  return fetch(form.action, { method: 'POST', body: new URLSearchParams([...form.fields]) });
}

function carried(form: { action: string; fields: Map<string, string> }): CarriedResponse {
  const samlResponse = form.fields.get('SAMLResponse');
  if (samlResponse === undefined) throw new Error('the identity provider sent no SAMLResponse');
  return { action: form.action, samlResponse, relayState: form.fields.get('RelayState') ?? null };
}
