/** Which events become notices, and that docs/notices.md has a row for each cause. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noticeCauses } from '../../../../src/admin/notices/notice';
import { isOfConnection, noticeReader, testNotice } from '../../../../src/admin/notices/read-notice';
import { readWebhookSecret, webhookHeaders } from '../../../../src/admin/notices/standard-webhooks';
import { errorTable, type ErrorCode } from '../../../../src/core/error-table';
import type { SsoEvent } from '../../../../src/core/events';
import { Secret } from '../../../../src/core/secret';

const about = { connection: 'acme', site: 'portal' };
const trouble = { problem: 'It is so.', hint: 'Do that.' };
const ending = (days: number): SsoEvent => ({
  type: 'ending.near',
  ...{ ...trouble, ...about, path: 'connections.acme.idpMetadata', days, endsAt: '2026-07-01T00:00:00.000Z' },
});
const down: SsoEvent = { type: 'connection.down', ...about, ...trouble };
const up: SsoEvent = { type: 'connection.up', ...about };

const events: readonly (readonly [cause: string, event: SsoEvent])[] = [
  ['metadata.changed', { type: 'metadata.refreshed', ...about, keysAdded: ['ab'.repeat(32)] }],
  [
    'metadata.changed',
    { type: 'metadata.refreshFailed', ...about, ...trouble, identityProvider: 'urn:other' },
  ],
  ['setup.waiting', { type: 'setup.handedOver', reference: 'R', connection: 'acme', link: 'L' }],
  ['setup.activated', { type: 'setup.activated', ...about, summary: 'urn:idp', by: 'operator' }],
  ['domain.lost', { type: 'domain.lost', ...about, ...trouble, domain: 'acme.example', days: 6 }],
  ['state.away', { type: 'state.connection', ...trouble }],
  ['state.away', { type: 'state.wrongKey', ...trouble }],
  ['state.back', { type: 'state.back' }],
  ['audit.trouble', { type: 'audit.trouble', ...trouble }],
  ['keys.unusable', { type: 'keys.unusable', path: 'signing', ...trouble }],
  ['app.selfTestFailed', { type: 'app.selfTestFailed', problem: 'no' }],
];

describe('an event', () => {
  it.each(events)('becomes a notice: %s', (cause, event) => {
    const notice = noticeReader()(event);
    expect(notice).toMatchObject({ cause, onceMs: 86_400_000 });
    expect(`${notice?.subject}${notice?.problem}${notice?.remedy}`).not.toMatch(/undefined|\.\./);
    expect(notice?.command).toMatch(/^wix-saml /);
  });

  it('of an end is told at 30, 14, 7 and 1 days and at the end, each once for good', () => {
    const read = noticeReader();
    const told = [60, 30, 14, 7, 1, 0].map((days) => read(ending(days)));
    expect(told.map((notice) => notice?.subject)).toEqual([
      undefined,
      'acme: something ends within 30 days',
      'acme: something ends within 14 days',
      'acme: something ends within 7 days',
      'acme: something ends within a day',
      'acme: an end is here',
    ]);
    expect(new Set(told.map((notice) => notice?.about)).size).toBe(6);
    expect(told[1]?.onceMs).toBeGreaterThan(30 * 86_400_000);
  });

  it('of a connection that is up is told when it was down before', () => {
    const read = noticeReader();
    expect(read(up)).toBeUndefined();
    expect(read(down)?.cause).toBe('connection.down');
    expect(read(up)?.cause).toBe('connection.up');
    expect(read(up)).toBeUndefined();
  });

  it('that the log alone needs becomes none', () => {
    const read = noticeReader();
    const ordinary: SsoEvent[] = [
      { type: 'metadata.refreshFailed', ...about, ...trouble },
      { type: 'login.chooser', reference: 'R', choices: 2 },
      { type: 'notice.failed', cause: 'test', channel: 'mail', ...trouble },
      { type: 'refused', reference: 'R', code: 'SAML_SIGNATURE_INVALID', path: '/saml/acs' },
      { type: 'refused', reference: 'R', code: 'SAML_ASSERTION_REPLAYED', path: '/saml/acs', ...about },
      { type: 'refused', reference: 'R', code: 'HTTP_NOT_FOUND', path: '/x', ...about },
    ];
    expect(ordinary.map(read)).toEqual(ordinary.map(() => undefined));
  });

  it('of a failed sign-in has the remedy of its cause, and never what an IdP said', () => {
    const notice = noticeReader()({
      type: 'refused',
      ...{ reference: 'KPVGWD49N6', code: 'SAML_SIGNATURE_INVALID', path: '/saml/acs', ...about },
      ...{ problem: 'signed with another certificate', received: 'jane@acme.example' },
    });
    expect(notice?.remedy).toContain('Get the IdP’s current metadata');
    expect(JSON.stringify(notice)).not.toContain('jane');
  });
});

describe('a code', () => {
  it('is of the connection or of one person', () => {
    const codes = (Object.keys(errorTable) as ErrorCode[]).filter(isOfConnection);
    expect(codes).toContain('SAML_AUDIENCE_MISMATCH');
    expect(codes).toContain('WIX_SITE_NOT_READY');
    for (const code of ['SAML_STATUS_NOT_SUCCESS', 'WIX_MEMBER_BLOCKED', 'SAML_REQUEST_UNKNOWN', 'HTTP_BUSY'])
      expect(codes).not.toContain(code);
  });
});

describe('docs/notices.md', () => {
  it('has a row for each cause, and no other', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/notices.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-zA-Z.]+)` \|/gm)].map(([, cause]) => cause);
    expect(rows).toEqual([...noticeCauses]);
    const [told] = [noticeReader()].map((read) => events.map(([, event]) => read(event)?.cause));
    const all = new Set([...(told ?? []), testNotice().cause, 'ending.near', 'connection.failing']);
    expect([...all, 'connection.down', 'connection.up'].sort()).toEqual([...noticeCauses].sort());
  });
});

describe('Standard Webhooks', () => {
  it('signs as its specification shows', () => {
    // The example of the specification's libraries.
    const bytes = readWebhookSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    if (bytes === undefined) throw new Error('no secret');
    const at = 1_614_265_330_000;
    const headers = webhookHeaders([new Secret(bytes)], {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      ...{ at, body: '{"test": 2432232314}' },
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it.each(['', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${'!'.repeat(40)}`, Buffer.alloc(32).toString('base64')])(
    'takes no secret of another form: %j',
    (text) => expect(readWebhookSecret(text)).toBeUndefined(),
  );
});
