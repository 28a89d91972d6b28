// A person with a browser that runs no scripts: cookies per host, redirects, pages that go on by themselves, and forms that are filled in and sent.

import { readForm } from '../../support/idp/browserless';
import { onwardOf } from '../../support/onward';

export interface SeenPage {
  readonly status: number;
  readonly url: string;
  readonly html: string;
}

const mostRedirects = 20;

export class Visitor {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** @param stopAt addresses that are reported instead of visited */
  constructor(private readonly stopAt: (url: string) => boolean = () => false) {}

  async go(url: string, body?: URLSearchParams): Promise<SeenPage> {
    let at = url;
    let sending = body;
    for (let hop = 0; hop < mostRedirects; hop++) {
      const answer = await fetch(at, {
        redirect: 'manual',
        headers: { cookie: this.cookieOf(at) },
        ...(sending === undefined ? {} : { method: 'POST', body: sending }),
      });
      this.keep(at, answer.headers.getSetCookie());
      const html = await answer.text();
      const moved = answer.status >= 300 && answer.status <= 399 ? answer.headers.get('location') : null;
      const location = moved ?? onwardOf(html);
      if (location === undefined) return { status: answer.status, url: at, html };
      at = new URL(location, at).href;
      sending = undefined;
      if (this.stopAt(at)) return { status: answer.status, url: at, html: '' };
    }
    throw new Error(`redirects without end at ${at}`);
  }

  /** Sends the first form of the page with these values instead of its own. */
  submit(page: SeenPage, values: Readonly<Record<string, string>> = {}): Promise<SeenPage> {
    const { action, fields } = readForm(page.html, page.url);
    return this.go(action, new URLSearchParams({ ...Object.fromEntries(fields), ...values }));
  }

  private cookieOf(url: string): string {
    const jar = this.cookies.get(new URL(url).hostname);
    return [...(jar ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keep(url: string, setCookies: readonly string[]): void {
    const { hostname } = new URL(url);
    const jar = this.cookies.get(hostname) ?? new Map<string, string>();
    this.cookies.set(hostname, jar);
    for (const line of setCookies) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0|expires=thu, 01[ -]jan[ -]1970/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
