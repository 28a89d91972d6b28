import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { errorTable, visitorSentences } from '../../../src/core/error-table';
import { SsoError, type ErrorCode } from '../../../src/core/errors';
import { contentSecurityPolicy, formActionTo } from '../../../src/http/headers';
import { markup, verbatim } from '../../../src/http/html';
import { chooserPage } from '../../../src/http/pages/chooser';
import { postBindingPage } from '../../../src/http/pages/post-binding';
import { isLasting, refusalPage } from '../../../src/http/pages/refusal';
import { wordsIn } from '../../../src/http/text/words';
import { newReference } from '../../../src/http/reference';
import { createApplication } from '../../../src/http/router';
import type { Page } from '../../../src/http/reply';
import { form, jsonBody, listen, referenceOn } from '../../support/makers/listening';
import { connection, setting, START } from '../../support/makers/setting';
import { confirmPage } from '../../../src/http/pages/confirm';
import { onwardPage } from '../../../src/http/pages/onward';

const words = wordsIn('en');
const portal = setting().context.sites.get('portal')!;

const pages: readonly [string, Page][] = [
  [
    'refusal',
    refusalPage({
      words,
      code: 'SAML_AUDIENCE_MISMATCH',
      remedy: 'Do this.',
      reference: 'BCDFGHJKMN',
      at: START,
      site: { displayName: 'Portal & <friends>' },
      startAgain: 'https://www.portal.example/sso?start=1&x=2',
      anotherAccount: 'https://www.portal.example/sso?start=1&force_authn=true',
      contactEmail: 'help&desk@acme.example',
      errorUrl: 'https://idp.example/help?code=OTHER_ERROR&ts=1',
    }),
  ],
  [
    'chooser',
    chooserPage(
      {
        kind: 'chooser',
        site: undefined,
        choices: [
          {
            name: 'acme',
            displayName: connection('acme', 'portal', '*').displayName,
            available: true,
            endpoints: [],
          },
        ],
        emailUndecided: true,
        codeChallenge: 'c',
        state: undefined,
        returnTo: '/',
      },
      {
        words,
        loginUrl: 'https://sso.example.com/saml/login',
        typed: 'ada@unknown.example"><script>',
      },
    ),
  ],
  [
    'question before a named connection',
    confirmPage(
      {
        kind: 'confirm',
        site: { ...portal, displayName: 'Portal & <friends>' },
        connection: connection('acme', 'portal', '*'),
        passedOn: { code_challenge: 'c', return_to: '/a?b=1&c=2' },
      },
      'https://sso.example.com/saml/login',
      words,
    ),
  ],
  ['page that goes on to the site', onwardPage('https://www.portal.example/sso?ticket=t&state=s', words)],
  [
    'form to the IdP',
    postBindingPage(
      {
        binding: 'post',
        location: 'https://idp.example/sso',
        fields: { SAMLRequest: 'YQ==', RelayState: 'r' },
      },
      words,
    ),
  ],
];

describe('every page', () => {
  it.each(pages)('has a language, a title, one heading, one main part and a viewport: %s', (_name, page) => {
    const text = page.html.toString();
    expect(text).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    expect(text).toMatch(/<title>[^<]+<\/title>/);
    expect(text.match(/<h1[ >]/g)).toHaveLength(1);
    expect(text.match(/<main>/g)).toHaveLength(1);
    expect(text).toContain('width=device-width');
    expect(text).toContain('prefers-color-scheme:dark');
    expect(text).toContain(':focus-visible');
  });

  it.each(pages)('loads nothing from anywhere and has no inline handlers or styles: %s', (_name, page) => {
    const text = page.html.toString();
    expect(text).not.toMatch(
      / on[a-z]+=|style="|<link(?! rel="icon" href="data:,")|<img|<iframe|@import|url\(/,
    );
    expect(text).not.toMatch(/<script[^>]+src/);
  });

  it.each(pages)('is allowed exactly its own style and script: %s', (_name, page) => {
    const text = page.html.toString();
    const policy = contentSecurityPolicy(page.policy);
    const hashes = [...text.matchAll(/<(style|script)>([^]*?)<\/\1>/g)].map(
      ([, tag = '', content = '']) =>
        `${tag}-src 'sha256-${createHash('sha256').update(content).digest('base64')}'`,
    );
    for (const source of hashes) expect(policy).toContain(source);
    expect(policy.match(/sha256-/g)).toHaveLength(hashes.length);
  });

  it.each(pages)('labels its inputs: %s', (_name, page) => {
    const text = page.html.toString();
    for (const [, id = ''] of text.matchAll(/<input id="([^"]+)"/g))
      expect(text).toContain(`<label for="${id}">`);
    for (const [input] of text.matchAll(/<input [^>]*>/g)) expect(input).toMatch(/type="(hidden|email)"/);
  });
});

describe('the refusal page', () => {
  const shown = (code: ErrorCode): string =>
    refusalPage({
      ...{
        words,
        reference: 'REF',
        code,
        remedy: errorTable[code].remedy,
        at: START,
        site: { displayName: 'Portal' },
      },
      ...{ startAgain: 'https://a.example/', contactEmail: 'it@acme.example' },
    }).html.toString();

  it('E14: names the site, whom to tell, and drafts the mail with code, reference, time and remedy', () => {
    const text = shown('POLICY_EMAIL_MISSING');
    expect(text).toContain('<p class="site"><bdi>Portal</bdi></p>');
    const [, href = ''] = /href="(mailto:[^"]*)"/.exec(text) ?? [];
    const draft = new URL(href.replaceAll('&amp;', '&'));
    expect(draft.pathname).toBe('it@acme.example');
    expect(draft.searchParams.get('subject')).toBe('Sign-in to Portal refused (REF)');
    for (const part of [
      'REF',
      'POLICY_EMAIL_MISSING',
      '2026-01-15 12:00 UTC',
      errorTable.POLICY_EMAIL_MISSING.remedy,
    ])
      expect(draft.searchParams.get('body')).toContain(part);
  });

  it('E12: has no blame for what was used already', () => {
    expect(shown('SAML_ASSERTION_REPLAYED')).toMatch(/<h1>Already used<\/h1>[^]*>Continue to the site</);
  });

  it('does not speak of a sign-in to whoever opened a wrong address', () => {
    expect(shown('HTTP_NOT_FOUND')).toMatch(/<h1>This address does not work<\/h1>[^]*>Go to the site</);
    expect(shown('SAML_ASSERTION_EXPIRED')).toMatch(/<h1>You are not signed in<\/h1>[^]*>Start again</);
  });
});

describe('the html template', () => {
  it('escapes every text, in content and in attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const inner = markup`<p title="${text}">${text}</p>`.toString().slice(3, -4);
        expect(inner).not.toMatch(/<|'|`/);
        expect(inner.match(/"/g)).toHaveLength(2);
      }),
    );
  });

  it.each([
    ['</title><script>alert(1)</script>', '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['" onfocus="alert(1)', '&quot; onfocus=&quot;alert(1)'],
    ["' onfocus='alert(1)", '&#39; onfocus=&#39;alert(1)'],
    ['&lt;', '&amp;lt;'],
    ['a\u0000b\u202ec\u2028d', 'a\ufffdb\ufffdc\ufffdd'],
    ['Grüße 😀', 'Grüße 😀'],
  ])('writes %j as %j', (text, escaped) => {
    expect(markup`${text}`.toString()).toBe(escaped);
  });

  it('leaves its own markup, and lists of it, as they are', () => {
    const items = ['a', '<b>'].map((text) => markup`<li>${text}</li>`);
    expect(markup`<ul>${items}</ul>${undefined}${verbatim('<hr>')}`.toString()).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>',
    );
  });

  it('takes no look-alike for markup', () => {
    const fake = { toString: () => '<script>' } as never;
    expect(() => markup`${fake}`).toThrow();
  });
});

describe('where a form may lead', () => {
  it('is any host by TLS, and plain http only where an endpoint is on it', () => {
    expect(formActionTo(['https://idp.example/sso'])).toBe('https:');
    expect(formActionTo(['https://idp.example/sso', 'http://127.0.0.1:8080/sso'])).toBe('https: http:');
  });
});

describe('a reference', () => {
  /** The reference made of this byte and then zeros. */
  const made = (byte: number) =>
    newReference({ bytes: (count) => Buffer.from([byte, ...Array<number>(count - 1).fill(0)]) });

  it('has ten characters that cannot be confused, each as often as the others', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 234; byte += 1) {
      expect(made(byte)).toMatch(/^[2-9BCDFGHJKMNPQRTVWXY]{10}$/);
      counts.set(made(byte).charAt(0), (counts.get(made(byte).charAt(0)) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual(Array<number>(26).fill(9));
  });

  it('leaves out the bytes that would favour the first characters', () => {
    for (let byte = 234; byte < 256; byte += 1) expect(made(byte)).toBe(made(0));
  });
});

describe('#http.pages/every-refusal every refusal of the table', () => {
  it.each(Object.keys(errorTable) as ErrorCode[])(
    '%s reaches a person and a program with status, sentence and reference',
    async (code) => {
      const world = setting();
      const { status, visitor, level } = errorTable[code];
      const failing = {
        ...world.context,
        store: {
          ...world.context.store,
          take: () => Promise.reject(new SsoError(code, { problem: 'detail' })),
          put: () => Promise.reject(new SsoError(code, { problem: 'detail' })),
        },
      };
      const server = await listen(createApplication(failing));
      const asJson = await server.send(
        '/session-token',
        jsonBody({ ticket: 'A'.repeat(43), codeVerifier: 'v'.repeat(43) }),
      );
      const asPage = await server.send(
        '/saml/login',
        form({ connection: 'acme', code_challenge: 'c'.repeat(43) }),
      );
      await server.stop();
      const [jsonLine, pageLine] = world.lines;
      expect(asJson.status).toBe(status);
      expect(JSON.parse(asJson.body)).toEqual({
        error: code,
        message: visitorSentences[visitor],
        reference: jsonLine?.fields['reference'],
      });
      expect(asPage.status).toBe(status);
      expect(asPage.body).toContain(visitorSentences[visitor]);
      expect(referenceOn(asPage.body)).toBe(pageLine?.fields['reference']);
      for (const answer of [asJson, asPage]) {
        expect(answer.body).not.toContain('detail');
        expect(answer.headers['retry-after'] !== undefined).toBe(status === 429 || status === 503);
      }
      for (const line of [jsonLine, pageLine])
        expect(line).toMatchObject({ level, event: 'refused', fields: { code, problem: 'detail' } });
    },
  );
});

it.each([
  'WIX_FUNCTION_MISSING',
  'WIX_MEMBER_BLOCKED',
  'WIX_MEMBER_PENDING',
  'WIX_MEMBER_UNVERIFIED',
] as const)('E13: %s offers no new start, which would end on the same page', (code) => {
  expect(isLasting(code)).toBe(true);
  const { html } = refusalPage({
    words,
    code,
    remedy: '',
    reference: 'BCDFGHJKMN',
    at: START,
    startAgain: 'https://www.portal.example',
  });
  expect(html.toString()).toContain('>Go to the site</a>');
  expect(html.toString()).not.toContain('Start again');
});
