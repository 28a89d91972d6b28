/** Signs a person in without a browser: every step over HTTP, on the real parts, with what came out of it. */

import { signInOverHttp } from '../support/idp';
import { onwardOf } from '../support/onward';
import type { TabSnapshot, WixSite } from '../support/wix';

export interface Outcome {
  readonly steps: readonly string[];
  /** The member that the site shows at the end. */
  readonly member: { readonly email: string; readonly name: string };
  /** Path on the site. */
  readonly page: string;
}

export interface SignedInPlace {
  readonly baseUrl: string;
  readonly site: Pick<WixSite, 'openTab'>;
}

export async function signIn({ site, baseUrl }: SignedInPlace, personId: string): Promise<Outcome> {
  const steps: string[] = [];
  const tab = await site.openTab();
  await tab.goto('/');
  const left = await tab.click('#signInButton');
  const loginUrl = expected(left.leftTo, `the sign-in button led nowhere: ${shown(left)}`);
  steps.push(`The page's button leads to ${pathOf(loginUrl)} of the service.`);

  const login = await fetch(loginUrl, { redirect: 'manual' });
  if (login.status >= 400) throw new Error(`the service answered ${login.status} to the login`);
  const form = await signInOverHttp(login, loginUrl, personId);
  steps.push(`The service sends a signed request to the identity provider, where ${personId} is chosen.`);

  const fields = new URLSearchParams({ SAMLResponse: form.samlResponse, RelayState: form.relayState ?? '' });
  const answer = await fetch(form.action, { method: 'POST', body: fields, redirect: 'manual' });
  const page = await answer.text();
  const location = onwardOf(page);
  if (answer.status !== 200 || location === undefined) {
    throw new Error(`the service answered ${answer.status} to the SAML response: ${page}`);
  }
  steps.push(
    `The service accepts the response at ${pathOf(form.action)} and sends a ticket to ${pathOf(location)} of the site.`,
  );
  if (!form.action.startsWith(baseUrl)) throw new Error('the response went to another address than ours');

  const landed = await tab.goto(location);
  if (landed.member === null) throw new Error(`the site signed nobody in: ${shown(landed)}`);
  steps.push(`The page redeems the ticket, the site signs the member in and shows ${landed.path}.`);
  return { steps, member: landed.member, page: landed.path };
}

const pathOf = (url: string): string => new URL(url).pathname;
const shown = ({ history }: TabSnapshot): string => JSON.stringify(history.at(-1)?.shown ?? []);

function expected<T>(value: T | null, complaint: string): T {
  if (value === null) throw new Error(complaint);
  return value;
}
