// The cookie of a set-up session. Its prefix demands Path=/, so only the routes of the set-up pages read it. SameSite=Strict,
// because no other site ever has a reason to send it: the IdP's answer comes to the ACS, which needs none, and goes on to
// these pages by a page of our own. It lives for the link's remaining life; a restart of the browser does not end it.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Secret } from '../../core/secret';
import { cookieLine, cookieName, readCookie } from '../cookies';

const NAME = 'wix-saml-setup';

/** What the browser brought. @param baseUrl of the service provider */
export const readSetupCookie = (baseUrl: string, request: IncomingMessage): string | undefined =>
  readCookie(request, cookieName(baseUrl, NAME));

/** @param seconds how long the browser keeps it */
export function setSetupCookie(
  baseUrl: string,
  response: ServerResponse,
  { value, seconds }: { readonly value: Secret; readonly seconds: number },
): void {
  response.setHeader(
    'Set-Cookie',
    cookieLine(baseUrl, NAME, value.reveal(), { seconds, sameSite: 'Strict' }),
  );
}
