/** What a genuinely signed message may not say: security catalogue 2.4, peers' profile rows of Profiles §4.1.4. */
import { METHOD, NAME_ID, STATUS, type ResponseOptions } from '../../support/idp';
import { attack, type AttackCase, type AttackDraft, type AttackContext } from './catalogue';
import { honest, type Signed } from './material';
import { under } from '../../support/rule-ids';

type Options = Partial<ResponseOptions>;

/** A message that the identity provider signed as it stands. */
function meant(
  id: string,
  source: string,
  expect: string,
  options: (c: AttackContext) => Options,
  signed: Signed = 'assertion',
): AttackDraft {
  return attack(id, source, expect, (c) => honest(c, signed, options(c)));
}

const at = (c: AttackContext, seconds: number): string =>
  new Date(c.now.getTime() + seconds * 1000).toISOString();
const HOUR = 3600;
const DAY = 24 * HOUR;

const AUDIENCE = 'SAML_AUDIENCE_MISMATCH';
const audience: AttackCase[] = under('conditions.audience', [
  ...(
    [
      ['other', () => [['https://other.example/sp']]],
      ['none', () => []],
      ['empty-restriction', () => [[]]],
      ['empty-text', () => [['']]],
      ['and', (c) => [[c.spEntityId], ['https://other.example/sp']]],
      ['and-first-wrong', (c) => [['https://other.example/sp'], [c.spEntityId]]],
      ['prefix', (c) => [[`${c.spEntityId}.evil.example`]]],
      ['shorter', (c) => [[c.spEntityId.slice(0, -1)]]],
      ['case', (c) => [[c.spEntityId.toUpperCase()]]],
      ['trailing-slash', (c) => [[`${c.spEntityId}/`]]],
      ['query', (c) => [[`${c.spEntityId}?x`]]],
      ['space', (c) => [[c.spEntityId.replace('/saml/', '/ saml/')]]],
      ['line-break-inside', (c) => [[c.spEntityId.replace('/saml/', '/\nsaml/')]]],
      ['no-break-space', (c) => [[`\u00a0${c.spEntityId}`]]],
      ['zero-width-space', (c) => [[`${c.spEntityId}\u200b`]]],
      ['two-in-lines', (c) => [[`https://other.example/sp\n${c.spEntityId}`]]],
      ['acs-url', (c) => [[c.acsUrl]]],
      ['list-in-one', (c) => [[`${c.spEntityId} https://other.example/sp`]]],
      ['tenant', (c) => [[c.otherIdp.entityId]]],
      ['wildcard', () => [['*']]],
    ] as [string, (c: AttackContext) => string[][]][]
  ).map(([name, audiences]) =>
    meant(`C-aud-${name}`, 'Core §2.5.1.4; Profiles §4.1.4.2i', AUDIENCE, (c) => ({
      conditions: { audiences: audiences(c) },
    })),
  ),
  meant('C-aud-only-in-advice', 'Core §2.5.1.4', AUDIENCE, (c) => ({
    conditions: { audiences: [] },
    advice: `<x xmlns="urn:x"><Audience>${c.spEntityId}</Audience></x>`,
  })),
]);

const conditions: AttackCase[] = [
  ...under('conditions.present', [
    meant('C-cond-missing', 'Profiles §4.1.4.2i', 'SAML_CONDITIONS_MISSING', () => ({ conditions: null })),
  ]),
  ...under('conditions.notOnOrAfter', [
    meant('C-cond-expired', 'Core §2.5.1.2', 'SAML_ASSERTION_EXPIRED', (c) => ({
      assertionIssueInstant: at(c, -HOUR),
      conditions: { notBefore: at(c, -HOUR), notOnOrAfter: at(c, -1800) },
    })),
    meant('C-cond-expired-just', 'Core §2.5.1.2: skew is 180 s', 'SAML_ASSERTION_EXPIRED', (c) => ({
      assertionIssueInstant: at(c, -HOUR),
      conditions: { notBefore: at(c, -HOUR), notOnOrAfter: at(c, -182) },
    })),
  ]),
  ...under('conditions.notBefore', [
    meant('C-cond-future', 'Core §2.5.1.2', 'SAML_ASSERTION_NOT_YET_VALID', (c) => ({
      conditions: { notBefore: at(c, 600), notOnOrAfter: at(c, 1200) },
    })),
    meant('C-cond-future-just', 'Core §2.5.1.2: skew is 180 s', 'SAML_ASSERTION_NOT_YET_VALID', (c) => ({
      conditions: { notBefore: at(c, 200), notOnOrAfter: at(c, 1200) },
    })),
  ]),
  ...under('conditions.window', [
    meant('C-cond-inverted', 'Core §2.5.1.2', 'SAML_TIME_INVALID', (c) => ({
      conditions: { notBefore: at(c, 60), notOnOrAfter: at(c, -60) },
    })),
    meant('C-cond-equal', 'Core §2.5.1.2', 'SAML_TIME_INVALID', (c) => ({
      conditions: { notBefore: at(c, 30), notOnOrAfter: at(c, 30) },
    })),
  ]),
  ...under('confirmation.bounded', [
    meant('C-cond-long-life', 'lifetime cap', 'SAML_TIME_INVALID', (c) => ({
      conditions: { notOnOrAfter: at(c, 40 * DAY) },
      confirmations: [{ notOnOrAfter: at(c, 40 * DAY) }],
    })),
    meant('C-cond-year-9999', 'lifetime cap', 'SAML_TIME_INVALID', () => ({
      conditions: { notOnOrAfter: '9999-12-31T23:59:59Z' },
      confirmations: [{ notOnOrAfter: '9999-12-31T23:59:59Z' }],
    })),
  ]),
  ...under('conditions.known', [
    meant('C-cond-unknown', 'Core §2.5.1: indeterminate', 'SAML_CONDITION_UNKNOWN', (c) => ({
      conditions: {
        audiences: [[c.spEntityId]],
        extra:
          '<saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="urn:x" xsi:type="x:Delegation"/>',
      },
    })),
    meant('C-cond-unknown-element', 'Core §2.5.1', 'SAML_CONDITION_UNKNOWN', (c) => ({
      conditions: { audiences: [[c.spEntityId]], extra: '<x:Only xmlns:x="urn:x"/>' },
    })),
  ]),
  ...under('message.structure', [
    attack('C-cond-two', 'Core §2.3.3 schema', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c, 'assertion', {
        mutateUnsigned: (xml) => xml.replace(/<saml:Conditions[^]*<\/saml:Conditions>/, (all) => all + all),
      }),
    ),
    meant('C-cond-one-time-use-twice', 'Core §2.5.1.5', 'SAML_STRUCTURE_INVALID', (c) => ({
      conditions: { audiences: [[c.spEntityId]], extra: '<saml:OneTimeUse/><saml:OneTimeUse/>' },
    })),
  ]),
];

const badTimes: [string, (c: AttackContext) => string][] = [
  ['rfc2822', (c) => new Date(c.now.getTime() + 300_000).toUTCString()],
  ['year-only', () => '2099'],
  ['date-only', () => '2099-01-01'],
  ['no-zone', (c) => at(c, 300).replace('Z', '')],
  ['offset', (c) => at(c, 300).replace('Z', '+02:00')],
  ['offset-zero', (c) => at(c, 300).replace('Z', '+00:00')],
  ['lower-case-z', (c) => at(c, 300).replace('Z', 'z')],
  ['space', (c) => at(c, 300).replace('T', ' ')],
  ['epoch', (c) => String(c.now.getTime() + 300_000)],
  ['empty', () => ''],
  ['words', () => 'tomorrow'],
  ['month-13', () => '2099-13-01T00:00:00Z'],
  ['february-30', () => '2099-02-30T00:00:00Z'],
  ['hour-25', () => '2099-01-01T25:00:00Z'],
  ['infinity', () => 'Infinity'],
  ['plus-year', () => '+002099-01-01T00:00:00Z'],
  ['negative-year', () => '-2099-01-01T00:00:00Z'],
];

const times: AttackCase[] = [
  ...under('conditions.window', [
    ...badTimes.map(([name, value]) =>
      meant(`C-time-${name}`, 'Core §1.3.3', 'SAML_TIME_INVALID', (c) => ({
        conditions: { notOnOrAfter: value(c) },
      })),
    ),
  ]),
  ...under('confirmation.notOnOrAfter', [
    ...badTimes.slice(0, 6).map(([name, value]) =>
      meant(`C-time-scd-${name}`, 'Core §1.3.3', 'SAML_TIME_INVALID', (c) => ({
        confirmations: [{ notOnOrAfter: value(c) }],
      })),
    ),
  ]),
  ...under('assertion.issueInstant', [
    meant('C-issueinstant-future', 'Core §2.3.3', 'SAML_ASSERTION_NOT_YET_VALID', (c) => ({
      assertionIssueInstant: at(c, 600),
    })),
    meant('C-issueinstant-old', 'lifetime cap', 'SAML_ASSERTION_EXPIRED', (c) => ({
      assertionIssueInstant: at(c, -30 * DAY),
    })),
    meant('C-issueinstant-not-a-date', 'Core §1.3.3', 'SAML_TIME_INVALID', () => ({
      assertionIssueInstant: 'now',
    })),
  ]),
  ...under('response.issueInstant', [
    meant(
      'C-response-issueinstant-future',
      'Core §3.2.2',
      'SAML_ASSERTION_NOT_YET_VALID',
      (c) => ({ issueInstant: at(c, 600) }),
      'response',
    ),
    meant(
      'C-response-issueinstant-not-a-date',
      'Core §3.2.2',
      'SAML_TIME_INVALID',
      () => ({ issueInstant: 'now' }),
      'response',
    ),
  ]),
];

const CONFIRMATION = 'SAML_SUBJECT_CONFIRMATION_INVALID';
const RECIPIENT = 'SAML_RECIPIENT_MISMATCH';
const confirmations: AttackCase[] = [
  ...under('confirmation.bearer', [
    meant('C-sc-none', 'Profiles §4.1.4.2e', CONFIRMATION, () => ({ confirmations: [] })),
  ]),
  ...under('confirmation.recipient', [
    meant('C-sc-no-data', 'Profiles §4.1.4.2f', RECIPIENT, () => ({ confirmations: [{ noData: true }] })),
    meant('C-sc-empty-data', 'Profiles §4.1.4.2f', RECIPIENT, () => ({
      confirmations: [{ recipient: null, notOnOrAfter: null, inResponseTo: null }],
    })),
  ]),
  ...under('confirmation.open', [
    meant('C-sc-expired', 'Profiles §4.1.4.3', 'SAML_SUBJECT_CONFIRMATION_EXPIRED', (c) => ({
      confirmations: [{ notOnOrAfter: at(c, -600) }],
    })),
    meant('C-sc-expired-just', 'Profiles §4.1.4.3', 'SAML_SUBJECT_CONFIRMATION_EXPIRED', (c) => ({
      confirmations: [{ notOnOrAfter: at(c, -182) }],
    })),
  ]),
  ...under('confirmation.notOnOrAfter', [
    meant('C-sc-no-notonorafter', 'Profiles §4.1.4.2f', CONFIRMATION, () => ({
      confirmations: [{ notOnOrAfter: null }],
    })),
  ]),
  ...under('confirmation.notBefore', [
    meant('C-sc-notbefore', 'Core §2.4.1.2: just beyond the skew', 'SAML_ASSERTION_NOT_YET_VALID', (c) => ({
      confirmations: [{ notBefore: at(c, 185) }],
    })),
    meant('C-sc-notbefore-future', 'Core §2.4.1.2', 'SAML_ASSERTION_NOT_YET_VALID', (c) => ({
      confirmations: [{ notBefore: at(c, 600) }],
    })),
    meant('C-sc-notbefore-no-time', 'Core §1.3.3', 'SAML_TIME_INVALID', () => ({
      confirmations: [{ notBefore: 'yesterday' }],
    })),
    meant('C-sc-notbefore-empty', 'Core §1.3.3', 'SAML_TIME_INVALID', () => ({
      confirmations: [{ notBefore: '' }],
    })),
  ]),
  ...under('confirmation.bearer', [
    meant('C-sc-holder-of-key', 'Profiles §4.1.4.2e', CONFIRMATION, () => ({
      confirmations: [{ method: METHOD.holderOfKey }],
    })),
    meant('C-sc-sender-vouches', 'Profiles §4.1.4.2e', CONFIRMATION, () => ({
      confirmations: [{ method: METHOD.senderVouches }],
    })),
    meant('C-sc-unknown-method', 'Profiles §4.1.4.2e', CONFIRMATION, () => ({
      confirmations: [{ method: 'urn:evil' }],
    })),
    meant('C-sc-method-empty', 'Profiles §4.1.4.2e', CONFIRMATION, () => ({
      confirmations: [{ method: '' }],
    })),
    meant('C-sc-method-case', 'Profiles §4.1.4.2e', CONFIRMATION, () => ({
      confirmations: [{ method: METHOD.bearer.toUpperCase() }],
    })),
    meant('C-sc-saml1-bearer', 'Profiles §4.1.4.2e', CONFIRMATION, () => ({
      confirmations: [{ method: 'urn:oasis:names:tc:SAML:1.0:cm:bearer' }],
    })),
  ]),
  ...under('confirmation.recipient', [
    meant('C-sc-mixed', 'each confirmation on its own', RECIPIENT, (c) => ({
      confirmations: [
        { recipient: 'https://other.example/acs' },
        { method: METHOD.holderOfKey },
        { notOnOrAfter: at(c, -600), recipient: 'https://other.example/acs' },
      ],
    })),
    ...(
      [
        ['missing', RECIPIENT, () => null],
        ['empty', RECIPIENT, () => ''],
        ['other', RECIPIENT, () => 'https://other.example/saml/acs'],
        ['prefix', RECIPIENT, (c) => `${c.acsUrl}.evil.example`],
        ['shorter', RECIPIENT, (c) => c.acsUrl.slice(0, -1)],
        ['case', RECIPIENT, (c) => c.acsUrl.replace('/saml/acs', '/SAML/ACS')],
        ['slash', RECIPIENT, (c) => `${c.acsUrl}/`],
        ['query', RECIPIENT, (c) => `${c.acsUrl}?connection=other`],
        ['port', RECIPIENT, (c) => c.acsUrl.replace(/:\d+\//, ':1/')],
        ['scheme', RECIPIENT, (c) => c.acsUrl.replace(/^http:/, 'https:')],
        ['userinfo', RECIPIENT, (c) => c.acsUrl.replace('://', '://user@')],
        ['space', RECIPIENT, (c) => c.acsUrl.replace('/acs', '/ acs')],
        ['line-break-inside', RECIPIENT, (c) => c.acsUrl.replace('/acs', '/\nacs')],
        ['no-break-space', RECIPIENT, (c) => `${c.acsUrl}\u00a0`],
        ['entityid', RECIPIENT, (c) => c.spEntityId],
      ] as [string, string, (c: AttackContext) => string | null][]
    ).map(([name, code, recipient]) =>
      meant(`C-rec-${name}`, 'CVE-2020-5268 class; Profiles §4.1.4.3', code, (c) => ({
        confirmations: [{ recipient: recipient(c) }],
      })),
    ),
  ]),
];

const DESTINATION = 'SAML_DESTINATION_MISMATCH';
const destinations: AttackCase[] = under('response.destination', [
  ...(
    [
      ['other', () => 'https://other.example/saml/acs'],
      ['prefix', (c) => `${c.acsUrl}.evil.example`],
      ['case', (c) => c.acsUrl.replace('/saml/acs', '/SAML/ACS')],
      ['slash', (c) => `${c.acsUrl}/`],
      ['empty', () => ''],
      ['relative', () => '/saml/acs'],
      ['query', (c) => `${c.acsUrl}?x=1`],
    ] as [string, (c: AttackContext) => string][]
  ).flatMap(([name, destination]) => [
    meant(`C-dst-${name}`, 'Core §3.2.2', DESTINATION, (c) => ({ destination: destination(c) }), 'response'),
    meant(`C-dst-${name}-unsigned-response`, 'Core §3.2.2', DESTINATION, (c) => ({
      destination: destination(c),
    })),
  ]),
  meant('C-dst-missing-signed', 'Bindings §3.5.5.2', DESTINATION, () => ({ destination: null }), 'response'),
  meant('C-dst-missing-both-signed', 'Bindings §3.5.5.2', DESTINATION, () => ({ destination: null }), 'both'),
]);

const IRT = 'SAML_IN_RESPONSE_TO_MISMATCH';
const UNKNOWN = 'SAML_REQUEST_UNKNOWN';
const inResponseTo: AttackCase[] = [
  ...under('state.request', [
    meant('C-irt-unknown', 'Profiles §4.1.4.3', UNKNOWN, (c) => ({
      inResponseTo: `${c.requestId.slice(0, -4)}AAAA`,
    })),
    meant('C-irt-nonsense', 'Profiles §4.1.4.3', UNKNOWN, () => ({ inResponseTo: '_nobody' })),
    meant('C-irt-proto', 'object keys', UNKNOWN, () => ({ inResponseTo: '__proto__' })),
    meant('C-irt-constructor', 'object keys', UNKNOWN, () => ({ inResponseTo: 'constructor' })),
    meant('C-irt-empty', 'Profiles §4.1.4.3', IRT, () => ({ inResponseTo: '' })),
    meant('C-irt-case', 'Profiles §4.1.4.3', UNKNOWN, (c) => ({ inResponseTo: c.requestId.toUpperCase() })),
    meant('C-irt-space', 'Profiles §4.1.4.3', UNKNOWN, (c) => ({ inResponseTo: `${c.requestId} ` })),
  ]),
  ...under('confirmation.inResponseTo', [
    meant('C-irt-scd-missing', 'Profiles §4.1.4.2f', IRT, () => ({
      confirmations: [{ inResponseTo: null }],
    })),
    meant('C-irt-scd-other', 'Profiles §4.1.4.2f', IRT, () => ({
      confirmations: [{ inResponseTo: '_other' }],
    })),
  ]),
  ...under('response.inResponseTo', [
    meant('C-irt-response-missing', 'Core §3.2.2', IRT, () => ({ responseInResponseTo: null })),
  ]),
  ...under('signature', [
    meant('C-irt-response-other', 'Core §3.2.2', 'SAML_SIGNATURE_INVALID', (c) => ({
      responseInResponseTo: c.otherRequestId,
    })),
  ]),
  ...under('response.inResponseTo', [
    meant(
      'C-irt-response-missing-signed',
      'Core §3.2.2',
      IRT,
      () => ({ responseInResponseTo: null }),
      'response',
    ),
  ]),
  ...under('confirmation.inResponseTo', [
    meant(
      'C-irt-scd-missing-signed',
      'Core §3.2.2',
      IRT,
      () => ({ confirmations: [{ inResponseTo: null }] }),
      'response',
    ),
  ]),
  ...under('response.inResponseTo', [
    attack('C-irt-stripped', 'node-saml looks at the unsigned Response', IRT, (c) =>
      honest(c).replace(/(<samlp:Response[^>]*) InResponseTo="[^"]*"/, '$1'),
    ),
  ]),
  ...under('confirmation.inResponseTo', [
    attack('C-irt-injected', 'an unsolicited assertion in a fresh Response', IRT, (c) =>
      honest(c, 'assertion', { inResponseTo: null, responseInResponseTo: c.requestId }),
    ),
  ]),
];

const ISSUER = 'SAML_ISSUER_MISMATCH';
const issuers: AttackCase[] = [
  ...under('assertion.issuer', [
    meant('C-iss-assertion-other', 'CVE-2023-41890; CVE-2026-49283', ISSUER, () => ({
      assertionIssuer: 'https://evil.example/idp',
    })),
    meant('C-iss-assertion-case', 'Profiles §4.1.4.2', ISSUER, (c) => ({
      assertionIssuer: c.idp.entityId.toUpperCase(),
    })),
    meant('C-iss-assertion-slash', 'Profiles §4.1.4.2', ISSUER, (c) => ({
      assertionIssuer: `${c.idp.entityId}/`,
    })),
    meant('C-iss-assertion-space', 'Profiles §4.1.4.2', ISSUER, (c) => ({
      assertionIssuer: ` ${c.idp.entityId} `,
    })),
    meant('C-iss-assertion-empty', 'Core §2.3.3', ISSUER, () => ({ assertionIssuer: '' })),
  ]),
  ...under('message.structure', [
    meant('C-iss-assertion-missing', 'Core §2.3.3', 'SAML_STRUCTURE_INVALID', () => ({
      assertionIssuer: null,
    })),
  ]),
  ...under('assertion.issuer', [
    meant('C-iss-assertion-tenant', 'tenant mix-up', ISSUER, (c) => ({
      assertionIssuer: c.otherIdp.entityId,
    })),
  ]),
  ...under('response.issuer', [
    meant('C-iss-response-other', 'Profiles §4.1.4.2a', ISSUER, () => ({
      responseIssuer: 'https://evil.example/idp',
    })),
    meant(
      'C-iss-response-other-signed',
      'Profiles §4.1.4.2a',
      ISSUER,
      () => ({ responseIssuer: 'https://evil.example/idp' }),
      'response',
    ),
    meant(
      'C-iss-response-missing-signed',
      'Profiles §4.1.4.2a',
      ISSUER,
      () => ({ responseIssuer: null }),
      'response',
    ),
    meant('C-iss-response-tenant', 'tenant mix-up', ISSUER, (c) => ({ responseIssuer: c.otherIdp.entityId })),
  ]),
  ...under('assertion.issuer', [
    attack('C-iss-format', 'Profiles §4.1.4.2: Format absent or entity', ISSUER, (c) =>
      honest(c, 'assertion', {
        mutateUnsigned: (xml) => xml.replaceAll('<saml:Issuer>', `<saml:Issuer Format="${NAME_ID.email}">`),
      }),
    ),
  ]),
];

/** The genuine message of one identity provider for the other's request. */
const asOther = (c: AttackContext, options: Options = {}): string =>
  honest({ ...c, idp: c.otherIdp }, 'assertion', options);

const mixUps: AttackCase[] = [
  ...under('signature', [
    attack('C-mixup-other-idp-answers', 'IdP mix-up', 'SAML_SIGNATURE_INVALID', (c) => asOther(c)),
    attack(
      'C-mixup-other-idp-poses',
      'IdP mix-up: other key, expected Issuer',
      'SAML_SIGNATURE_INVALID',
      (c) => asOther(c, { issuer: c.idp.entityId }),
    ),
    attack('C-mixup-our-idp-answers-other', 'IdP mix-up', 'SAML_SIGNATURE_INVALID', (c) =>
      honest(c, 'assertion', { inResponseTo: c.otherRequestId }),
    ),
    attack('C-mixup-our-idp-poses-as-other', 'IdP mix-up', 'SAML_SIGNATURE_INVALID', (c) =>
      honest(c, 'assertion', { inResponseTo: c.otherRequestId, issuer: c.otherIdp.entityId }),
    ),
    attack('C-mixup-response-ours-assertion-theirs', 'IdP mix-up', 'SAML_SIGNATURE_INVALID', (c) =>
      honest(c, 'both', {
        assertionIssuer: c.otherIdp.entityId,
        assertionSignature: { keys: c.otherIdp.keys },
      }),
    ),
    attack('C-mixup-response-theirs-assertion-ours', 'IdP mix-up', 'SAML_SIGNATURE_INVALID', (c) =>
      honest(c, 'both', {
        responseIssuer: c.otherIdp.entityId,
        responseSignature: { keys: c.otherIdp.keys },
      }),
    ),
  ]),
  ...under('policy.email', [
    attack(
      'C-mixup-other-domain',
      'an IdP may speak for its own domains only',
      'POLICY_EMAIL_DOMAIN_NOT_ALLOWED',
      (c) => honest({ ...c, idp: c.otherIdp, requestId: c.otherRequestId }),
    ),
  ]),
];

const NOT_SUCCESS = 'SAML_STATUS_NOT_SUCCESS';
const status: AttackCase[] = [
  ...under('response.status', [
    ...(
      [
        ['responder', STATUS.responder],
        ['requester', STATUS.requester],
        ['suffix', `${STATUS.success}:evil`],
        ['prefix', `evil:${STATUS.success}`],
        ['short', 'Success'],
        ['case', STATUS.success.toUpperCase()],
        ['space', ` ${STATUS.success}`],
        ['empty', ''],
        ['saml1', 'samlp:Success'],
      ] as const
    ).flatMap(([name, code]) => [
      meant(`C-st-${name}`, 'Core §3.2.2.2', NOT_SUCCESS, () => ({ status: { code } }), 'response'),
      meant(`C-st-${name}-unsigned-response`, 'Core §3.2.2.2', NOT_SUCCESS, () => ({ status: { code } })),
    ]),
    meant('C-st-none', 'Core §3.2.2', NOT_SUCCESS, () => ({ status: null }), 'response'),
    meant(
      'C-st-success-second-level',
      'only the top level counts',
      NOT_SUCCESS,
      () => ({ status: { code: STATUS.responder, subCode: STATUS.success } }),
      'response',
    ),
  ]),
  ...under('message.structure', [
    attack('C-st-two', 'Core §3.2.2 schema', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c, 'response', {
        mutateUnsigned: (xml) => xml.replace(/<samlp:Status>.*<\/samlp:Status>/, (all) => all + all),
      }),
    ),
  ]),
  ...under('response.status', [
    attack('C-st-no-code', 'Core §3.2.2.1 schema', NOT_SUCCESS, (c) =>
      honest(c, 'response', { mutateUnsigned: (xml) => xml.replace(/<samlp:StatusCode[^>]*\/>/, '') }),
    ),
  ]),
  ...under('message.structure', [
    attack('C-st-two-codes', 'Core §3.2.2.1 schema', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c, 'response', {
        status: { code: STATUS.responder },
        mutateUnsigned: (xml) =>
          xml.replace('<samlp:StatusCode', `<samlp:StatusCode Value="${STATUS.success}"/><samlp:StatusCode`),
      }),
    ),
  ]),
];

const VERSION = 'SAML_VERSION_UNSUPPORTED';
const structure: AttackCase[] = [
  ...['1.1', '3.0', '2', '2.00', ''].flatMap((version) => [
    ...under('response.version', [
      meant(`C-ver-response-${version || 'empty'}`, 'Core §3.2.2', VERSION, () => ({ version }), 'response'),
    ]),
    ...under('assertion.version', [
      meant(`C-ver-assertion-${version || 'empty'}`, 'Core §2.3.3', VERSION, () => ({
        assertionVersion: version,
      })),
    ]),
  ]),
  ...under('response.version', [
    attack('C-ver-missing', 'Core §3.2.2', VERSION, (c) =>
      honest(c, 'response', { mutateUnsigned: (xml) => xml.replace(' Version="2.0"', '') }),
    ),
  ]),
  ...under('response.id', [
    attack('C-rs-no-id', 'Core §3.2.2', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c).replace(/ ID="[^"]*"/, ''),
    ),
  ]),
  ...under('assertion.id', [
    attack('C-as-no-id', 'Core §2.3.3', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c, 'response', {
        mutateUnsigned: (xml) => xml.replace(/(<saml:Assertion[^>]*) ID="[^"]*"/, '$1'),
      }),
    ),
    attack('C-as-id-empty', 'Core §1.3.4', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c, 'response', {
        mutateUnsigned: (xml) => xml.replace(/(<saml:Assertion[^>]*) ID="[^"]*"/, '$1 ID=""'),
      }),
    ),
  ]),
  ...under('message.structure', [
    meant(
      'C-as-none',
      'Profiles §4.1.4.2b',
      'SAML_ASSERTION_MISSING',
      () => ({ noAssertion: true }),
      'response',
    ),
    attack('C-as-two', 'exactly one', 'SAML_ASSERTION_MULTIPLE', (c) =>
      honest(c, 'response', {
        mutateUnsigned: (xml) =>
          xml.replace(
            /<saml:Assertion[^]*<\/saml:Assertion>/,
            (all) => all + all.replace(/ ID="[^"]*"/, ' ID="_second"').replace(c.attacker, c.victim),
          ),
      }),
    ),
  ]),
  ...under('subject.present', [
    meant('C-subject-none', 'Profiles §4.1.4.2e', 'SAML_SUBJECT_MISSING', () => ({ noSubject: true })),
  ]),
  ...under('message.structure', [
    attack('C-subject-two', 'Core §2.3.3 schema', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c, 'assertion', {
        mutateUnsigned: (xml) => xml.replace(/<saml:Subject>.*<\/saml:Subject>/, (all) => all + all),
      }),
    ),
    attack('C-unknown-in-assertion', 'Core §2.3.3 schema', 'SAML_STRUCTURE_INVALID', (c) =>
      honest(c, 'assertion', { extraInAssertion: '<x:Statement xmlns:x="urn:x"/>' }),
    ),
    // Other statements may be there and say nothing about the sign-in (Profiles §4.1.4.2).
    attack('C-other-statement', 'Profiles §4.1.4.2', { acceptedAs: 'mallory@example.com' }, (c) =>
      honest(c, 'assertion', {
        extraInAssertion:
          '<saml:Statement xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="urn:x" xsi:type="x:Any"/>',
      }),
    ),
  ]),
];

const authn: AttackCase[] = [
  ...under('authn.present', [
    meant('C-authn-none', 'Profiles §4.1.4.2g', 'SAML_AUTHN_STATEMENT_MISSING', () => ({
      authnStatements: [],
    })),
    meant('C-authn-none-attributes', 'Profiles §4.1.4.2g', 'SAML_AUTHN_STATEMENT_MISSING', (c) => ({
      authnStatements: [],
      attributes: [{ name: 'email', values: [c.victim] }],
    })),
  ]),
  ...under('authn.session', [
    meant('C-authn-session-expired', 'Profiles §4.1.4.3', 'SAML_SESSION_EXPIRED', (c) => ({
      authnStatements: [{ sessionNotOnOrAfter: at(c, -600) }],
    })),
    meant('C-authn-session-not-a-date', 'Core §1.3.3', 'SAML_TIME_INVALID', () => ({
      authnStatements: [{ sessionNotOnOrAfter: 'soon' }],
    })),
  ]),
  ...under('authn.instant', [
    meant('C-authn-instant-future', 'Core §2.7.2', 'SAML_ASSERTION_NOT_YET_VALID', (c) => ({
      authnStatements: [{ authnInstant: at(c, 600) }],
    })),
    meant('C-authn-instant-missing', 'Core §2.7.2', 'SAML_TIME_INVALID', () => ({
      authnStatements: [{ authnInstant: null }],
    })),
    meant('C-authn-instant-not-a-date', 'Core §1.3.3', 'SAML_TIME_INVALID', () => ({
      authnStatements: [{ authnInstant: 'today' }],
    })),
  ]),
];

const unsolicited: AttackCase[] = [
  ...under('state.unsolicited', [
    // Restarted, not accepted: the runner of this class sees a redirect without a ticket.
    attack('C-unsolicited-signed', 'Profiles §4.1.5; login CSRF', 'RESTART', (c) =>
      honest(c, 'both', { inResponseTo: null }),
    ),
    attack('C-unsolicited-unsigned', 'nothing is read from it', 'RESTART', (c) =>
      honest(c, 'none', { inResponseTo: null }),
    ),
  ]),
  ...under('response.issuer', [
    attack('C-unsolicited-unknown-issuer', 'Profiles §4.1.5', 'SAML_ISSUER_MISMATCH', (c) =>
      honest(c, 'both', { inResponseTo: null, issuer: 'https://evil.example/idp' }),
    ),
  ]),
];

export const semanticAttacks: readonly AttackCase[] = [
  ...audience,
  ...conditions,
  ...times,
  ...confirmations,
  ...destinations,
  ...inResponseTo,
  ...issuers,
  ...mixUps,
  ...status,
  ...structure,
  ...authn,
  ...unsolicited,
];
