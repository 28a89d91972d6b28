// Answers: a page, JSON, a redirect. Written in one piece, so an answer is either whole or not there.

import type { ServerResponse } from 'node:http';
import { contentSecurityPolicy, type PagePolicy } from './headers';
import type { Html } from './html';
import type { Visit } from './visit';

export interface Page {
  readonly html: Html;
  /** As a text: what `contentSecurityPolicy` made of one that is always the same. */
  readonly policy: PagePolicy | string;
}

export function sendPage({ response }: Visit, status: number, { html, policy }: Page): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(policy));
  sendText(response, { status, type: 'text/html; charset=utf-8', text: html.toString() });
}

export function sendJson({ response }: Visit, status: number, value: object): void {
  sendText(response, { status, type: 'application/json; charset=utf-8', text: JSON.stringify(value) });
}

/** @param location an address that we built or that the connection's metadata names; never one from the request */
export function redirect({ response }: Visit, status: 302 | 303, location: string): void {
  response.setHeader('Location', location);
  sendText(response, { status, type: 'text/plain; charset=utf-8', text: '' });
}

export function sendText(
  response: ServerResponse,
  { status, type, text }: { readonly status: number; readonly type: string; readonly text: string },
): void {
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
