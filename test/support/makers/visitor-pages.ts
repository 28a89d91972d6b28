/** What visitors read, in every state: with long names, and with names that run from right to left. */

import { errorTable } from '../../../src/core/error-table';
import type { ErrorCode } from '../../../src/core/errors';
import { remedyOf } from '../../../src/core/remedies';
import { chooserPage } from '../../../src/http/pages/chooser';
import { confirmPage } from '../../../src/http/pages/confirm';
import { onwardPage } from '../../../src/http/pages/onward';
import { postBindingPage } from '../../../src/http/pages/post-binding';
import { refusalPage } from '../../../src/http/pages/refusal';
import type { Page } from '../../../src/http/reply';
import type { Words } from '../../../src/http/text/words';
import { connection, setting } from './setting';

const login = 'https://sso.example.com/saml/login';
const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsvereinigung-der-Vereinigten-Häfen.example';
const ARABIC = 'بوابة الموظفين (2026)';

const refusal = (words: Words, code: ErrorCode, displayName: string, isFull = true): Page =>
  refusalPage({
    words,
    code,
    remedy: remedyOf(code, {}),
    reference: 'BCDFGHJKMN',
    at: Date.UTC(2026, 10, 25, 8),
    site: { displayName },
    startAgain: 'https://www.portal.example/sso?start=1',
    ...(isFull && errorTable[code].visitor === 'member'
      ? { anotherAccount: 'https://www.portal.example/sso?start=1&force_authn=true' }
      : {}),
    ...(isFull ? { contactEmail: `${'helpdesk.'.repeat(6)}it@acme.example` } : {}),
    ...(isFull ? { errorUrl: 'https://idp.example/help' } : {}),
  });

const chooser = (words: Words, names: readonly string[], emailUndecided: boolean): Page =>
  chooserPage(
    {
      kind: 'chooser',
      site: undefined,
      choices: names.map((displayName, index) => ({
        name: `c${index}`,
        displayName,
        available: index !== 1,
        endpoints: [],
      })),
      emailUndecided,
      codeChallenge: 'c',
      state: undefined,
      returnTo: '/',
    },
    { words, loginUrl: login, typed: 'ada@unknown.example' },
  );

/** One code for each sentence. */
const codes = new Map(
  (Object.keys(errorTable) as ErrorCode[]).map((code) => [errorTable[code].visitor, code] as const),
);

const named = (words: Words, displayName: string): Page =>
  confirmPage(
    {
      kind: 'confirm',
      site: setting().context.sites.get('portal')!,
      connection: { ...connection('acme', 'portal', '*'), displayName },
      passedOn: {},
    },
    login,
    words,
  );

/** Every page of a sign-in and every refusal. */
export const visitorPages = (words: Words): readonly (readonly [name: string, page: Page])[] => [
  ...[...codes].map(
    ([visitor, code]) => [`refused-${visitor}`, refusal(words, code, 'Acme Portal')] as const,
  ),
  ['refused-long-name', refusal(words, 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED', LONG)],
  ['refused-right-to-left', refusal(words, 'POLICY_EMAIL_DOMAIN_NOT_ALLOWED', ARABIC, false)],
  ['chooser', chooser(words, ['Acme', 'Globex', 'Initech'], false)],
  ['chooser-undecided', chooser(words, [LONG, LONG, ARABIC], true)],
  ['chooser-address-only', chooser(words, [], true)],
  ['confirm', named(words, 'Acme')],
  ['confirm-long-name', named(words, LONG)],
  ['confirm-right-to-left', named(words, ARABIC)],
  ['onward', onwardPage('https://www.portal.example/sso?ticket=t&state=s', words)],
  [
    'to-the-idp',
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
