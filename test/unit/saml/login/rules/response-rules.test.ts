import {
  at,
  ACS,
  bearer,
  data,
  IDP,
  NOW,
  REQUEST,
  response,
  SKEW,
} from '../../../../support/makers/valid-data';
import { row } from './row';

const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const RESPONDER = 'urn:oasis:names:tc:SAML:2.0:status:Responder';
const DENIED = 'urn:oasis:names:tc:SAML:2.0:status:RequestDenied';
const ENTITY = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity';
const clock = `our clock ${new Date(NOW).toISOString()}`;

row('response.version', 'SAML Core §3.2.2', ({ passes, refuses }) => {
  passes('2.0', data());
  for (const [title, version] of [
    ['1.1', '1.1'],
    ['3.0', '3.0'],
    ['2', '2'],
    ['2.0 with white space', '2.0 '],
    ['none', undefined],
  ] as const) {
    refuses(title, response({ version }), {
      code: 'SAML_VERSION_UNSUPPORTED',
      expected: '2.0',
      received: version ?? 'nothing',
    });
  }
});

row('response.id', 'SAML Core §3.2.2', ({ passes, refuses }) => {
  const failure = { code: 'SAML_STRUCTURE_INVALID', expected: 'Response ID', received: 'nothing' } as const;
  passes('any ID', response({ id: 'x' }));
  refuses('none', response({ id: undefined }), failure);
  refuses('an empty one', response({ id: '' }), failure);
});

row('response.issueInstant', 'SAML Core §3.2.2, §1.3.3', ({ passes, refuses }) => {
  passes('now', data());
  passes('long ago: only the Assertion ages', response({ issueInstant: '2001-01-01T00:00:00Z' }));
  passes('the skew ahead, to the millisecond', response({ issueInstant: at(SKEW) }));
  refuses('a millisecond more', response({ issueInstant: at(SKEW + 1) }), {
    code: 'SAML_ASSERTION_NOT_YET_VALID',
    expected: 'an IssueInstant that is not in the future',
    received: `${at(SKEW + 1)} (180 s ahead of ${clock})`,
  });
  refuses('none', response({ issueInstant: undefined }), {
    code: 'SAML_TIME_INVALID',
    expected: 'IssueInstant',
    received: 'nothing',
  });
  refuses('a local time', response({ issueInstant: '2026-01-15T12:00:00' }), {
    code: 'SAML_TIME_INVALID',
    expected: 'IssueInstant as xs:dateTime in UTC, such as 2026-01-31T12:00:00Z',
    received: '2026-01-15T12:00:00',
  });
});

row('response.status', 'SAML Core §3.2.2.2', ({ passes, refuses }) => {
  passes('Success', data());
  passes('Success with a second-level code', response({ statusCodes: [SUCCESS, DENIED] }));
  for (const statusCodes of [
    [RESPONDER],
    [RESPONDER, DENIED],
    [RESPONDER, SUCCESS],
    [`x${SUCCESS}`],
    ['Success'],
    [''],
  ]) {
    refuses(statusCodes.join(' over ') || 'an empty code', response({ statusCodes }), {
      code: 'SAML_STATUS_NOT_SUCCESS',
      expected: SUCCESS,
      received: statusCodes.join(' / ') || 'nothing',
    });
  }
  refuses('no code', response({ statusCodes: [] }), {
    code: 'SAML_STATUS_NOT_SUCCESS',
    expected: SUCCESS,
    received: 'nothing',
  });
});

row('response.issuer', 'SAML Profiles §4.1.4.2 (errata E17)', ({ passes, refuses }) => {
  const code = 'SAML_ISSUER_MISMATCH';
  passes('our IdP', data());
  passes('our IdP with Format entity', response({ issuer: { value: IDP, format: ENTITY } }));
  passes('none in an unsigned, unencrypted Response', response({ issuer: undefined, signed: false }));
  for (const [title, value] of [
    ['another', 'https://evil.example/metadata'],
    ['another case', IDP.toUpperCase()],
    ['a slash more', `${IDP}/`],
    ['white space around', ` ${IDP}`],
    ['a prefix', IDP.slice(0, -1)],
    ['an empty one', ''],
  ] as const) {
    refuses(title, response({ issuer: { value } }), { code, expected: IDP, received: value });
  }
  refuses('another in an unsigned Response', response({ issuer: { value: 'x' }, signed: false }), {
    code,
    expected: IDP,
    received: 'x',
  });
  refuses('another Format', response({ issuer: { value: IDP, format: 'urn:x' } }), {
    code,
    expected: IDP,
    received: `${IDP} (Format urn:x)`,
  });
  const missing = { code, expected: `Issuer of the Response: ${IDP}`, received: 'nothing' } as const;
  refuses('none in a signed Response', response({ issuer: undefined }), missing);
  refuses(
    'none around an encrypted Assertion',
    response({ issuer: undefined, signed: false, encrypted: true }),
    missing,
  );
});

row('response.destination', 'SAML Core §3.2.2, Bindings §3.5.5.2', ({ passes, refuses }) => {
  const failure = (received: string) =>
    ({ code: 'SAML_DESTINATION_MISMATCH', expected: ACS, received }) as const;
  passes('our ACS', data());
  passes('none in an unsigned Response', response({ destination: undefined, signed: false }));
  refuses('none in a signed Response', response({ destination: undefined }), failure('nothing'));
  for (const [title, destination] of [
    ['another host', 'https://sp.evil.example/saml/acs'],
    ['a longer path', `${ACS}/`],
    ['a query', `${ACS}?x=1`],
    ['a prefix', ACS.slice(0, -1)],
    ['another case', ACS.toUpperCase()],
    ['an empty one', ''],
  ] as const) {
    refuses(title, response({ destination }), failure(destination));
    refuses(`${title}, unsigned`, response({ destination, signed: false }), failure(destination));
  }
});

row('response.inResponseTo', 'SAML Core §3.2.2, Profiles §4.1.5', ({ passes, refuses }) => {
  const unknown = { requestId: undefined };
  passes('our request', data());
  passes('any request when nobody knows it any more', response({ inResponseTo: '_other' }), unknown);
  refuses('another request', response({ inResponseTo: '_other' }), {
    code: 'SAML_IN_RESPONSE_TO_MISMATCH',
    expected: REQUEST,
    received: '_other',
  });
  const ours = 'the ID of a request of ours';
  const empty = { code: 'SAML_IN_RESPONSE_TO_MISMATCH', received: 'an empty attribute' } as const;
  refuses('an empty one', response({ inResponseTo: '' }), { ...empty, expected: REQUEST });
  refuses(
    'an empty one for an empty request',
    response({ inResponseTo: '' }),
    { ...empty, expected: '' },
    { requestId: '' },
  );
  refuses(
    'C7: an empty one for an unknown request',
    response({ inResponseTo: '' }),
    { ...empty, expected: ours },
    unknown,
  );

  const stripped = response({ inResponseTo: undefined });
  refuses('none while a confirmation has one', stripped, {
    code: 'SAML_IN_RESPONSE_TO_MISMATCH',
    expected: REQUEST,
    received: 'nothing',
  });
  const unsolicited = {
    ...stripped,
    subjectConfirmations: [bearer({ inResponseTo: undefined }), bearer({ inResponseTo: undefined })],
  };
  refuses('an unsolicited Response', unsolicited, {
    code: 'SAML_RESPONSE_UNSOLICITED',
    expected: REQUEST,
    received: 'nothing',
  });
  refuses(
    'an unsolicited Response for an unknown request',
    unsolicited,
    { code: 'SAML_RESPONSE_UNSOLICITED', expected: ours, received: 'nothing' },
    unknown,
  );
  refuses(
    'none while one of several confirmations has one',
    { ...stripped, subjectConfirmations: [bearer({ inResponseTo: undefined }), bearer()] },
    { code: 'SAML_IN_RESPONSE_TO_MISMATCH', expected: REQUEST, received: 'nothing' },
  );
});
