import type { SubjectConfirmation } from '../../../../../src/saml/assertion';
import { ACS, at, bearer, data, DAY, NOW, REQUEST, SKEW } from '../../../../support/makers/valid-data';
import { row } from './row';

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const HOLDER_OF_KEY = 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key';
const SENDER_VOUCHES = 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches';
const clock = `our clock ${new Date(NOW).toISOString()}`;
const confirmed = (...subjectConfirmations: SubjectConfirmation[]) => data({ subjectConfirmations });

row('subject.present', 'SAML Profiles §4.1.4.2', ({ passes, refuses }) => {
  passes('a Subject', data());
  refuses('none', data({ hasSubject: false, nameId: undefined, subjectConfirmations: [] }), {
    code: 'SAML_SUBJECT_MISSING',
    expected: 'Subject',
    received: 'nothing',
  });
});

row('confirmation.bearer', 'SAML Profiles §4.1.4.2', ({ passes, refuses }) => {
  const failure = (received: string) =>
    ({ code: 'SAML_SUBJECT_CONFIRMATION_INVALID', expected: BEARER, received }) as const;
  passes('bearer', data());
  passes('bearer beside another method', confirmed(bearer({ method: HOLDER_OF_KEY }), bearer()));
  refuses('no confirmation', confirmed(), failure('nothing'));
  refuses('holder of key', confirmed(bearer({ method: HOLDER_OF_KEY })), failure(HOLDER_OF_KEY));
  refuses(
    'two other methods',
    confirmed(bearer({ method: HOLDER_OF_KEY }), bearer({ method: SENDER_VOUCHES })),
    failure(`${HOLDER_OF_KEY}, ${SENDER_VOUCHES}`),
  );
  for (const method of ['', 'bearer', BEARER.toUpperCase(), `${BEARER} `]) {
    refuses(JSON.stringify(method), confirmed(bearer({ method })), failure(method || 'nothing'));
  }
});

row('confirmation.notBefore', 'SAML Core §2.4.1.2, Profiles §4.1.4.2', ({ passes, refuses }) => {
  const sides = { expected: 'a NotBefore in the past, or none, in SubjectConfirmationData' } as const;
  passes('no NotBefore', data());
  passes('E20: a NotBefore in the past', confirmed(bearer({ notBefore: at(-60_000) })));
  passes('one that is ahead by no more than the skew', confirmed(bearer({ notBefore: at(SKEW) })));
  passes('one of two without', confirmed(bearer({ notBefore: at(3_600_000) }), bearer()));
  refuses('one beyond the skew', confirmed(bearer({ notBefore: at(SKEW + 1) })), {
    ...sides,
    code: 'SAML_ASSERTION_NOT_YET_VALID',
    received: `${at(SKEW + 1)} (180 s ahead of ${clock})`,
  });
  refuses('one that is no time', confirmed(bearer({ notBefore: 'soon' }), bearer({ notBefore: '' })), {
    ...sides,
    code: 'SAML_TIME_INVALID',
    received: 'soon, ',
  });
});

row('confirmation.recipient', 'SAML Profiles §4.1.4.3', ({ passes, refuses }) => {
  const failure = (received: string) =>
    ({ code: 'SAML_RECIPIENT_MISMATCH', expected: ACS, received }) as const;
  passes('our ACS', data());
  passes('the second of two', confirmed(bearer({ recipient: 'https://other.example' }), bearer()));
  refuses('none', confirmed(bearer({ recipient: undefined })), failure('nothing'));
  for (const recipient of [
    'https://evil.example/acs',
    `${ACS}/`,
    ACS.toUpperCase(),
    ACS.slice(0, -1),
    ` ${ACS}`,
  ]) {
    refuses(JSON.stringify(recipient), confirmed(bearer({ recipient })), failure(recipient));
  }
  refuses(
    'the right one on another method only',
    confirmed(bearer({ recipient: 'x' }), bearer({ method: HOLDER_OF_KEY })),
    failure('x'),
  );
});

row('confirmation.inResponseTo', 'SAML Profiles §4.1.4.3', ({ passes, refuses }) => {
  const failure = (received: string, expected = REQUEST) =>
    ({ code: 'SAML_IN_RESPONSE_TO_MISMATCH', expected, received }) as const;
  passes('our request', data());
  passes('the second of two', confirmed(bearer({ inResponseTo: '_other' }), bearer()));
  refuses('another request', confirmed(bearer({ inResponseTo: '_other' })), failure('_other'));
  refuses('none', confirmed(bearer({ inResponseTo: undefined })), failure('nothing'));
  refuses('C7: an empty one', confirmed(bearer({ inResponseTo: '' })), failure('an empty attribute'));
  refuses(
    'none, when nobody knows the request any more',
    confirmed(bearer({ inResponseTo: undefined })),
    failure('nothing', 'the same InResponseTo as the Response'),
    { requestId: undefined },
  );
  refuses(
    'right requests that stand apart from the right recipient',
    confirmed(bearer({ recipient: 'x' }), bearer({ inResponseTo: '_other' })),
    failure('_other'),
  );
});

row('confirmation.notOnOrAfter', 'SAML Profiles §4.1.4.2', ({ passes, refuses }) => {
  const expected = 'NotOnOrAfter in SubjectConfirmationData';
  passes('an end', data());
  passes('the second of two', confirmed(bearer({ notOnOrAfter: undefined }), bearer()));
  refuses('none', confirmed(bearer({ notOnOrAfter: undefined })), {
    code: 'SAML_SUBJECT_CONFIRMATION_INVALID',
    expected,
    received: 'nothing',
  });
  refuses('what is no time', confirmed(bearer({ notOnOrAfter: 'never' })), {
    code: 'SAML_TIME_INVALID',
    expected,
    received: 'never',
  });
  refuses(
    'none and what is no time',
    confirmed(bearer({ notOnOrAfter: undefined }), bearer({ notOnOrAfter: '' })),
    {
      code: 'SAML_TIME_INVALID',
      expected,
      received: 'nothing, ',
    },
  );
});

row('confirmation.open', 'SAML Profiles §4.1.4.3', ({ passes, refuses }) => {
  const refusal = (ms: number, seconds: number) =>
    ({
      code: 'SAML_SUBJECT_CONFIRMATION_EXPIRED',
      expected: 'a NotOnOrAfter in the future',
      received: `${at(ms)} (${String(seconds)} s before ${clock})`,
    }) as const;
  passes('an end ahead', data());
  passes('a millisecond inside the skew', confirmed(bearer({ notOnOrAfter: at(-SKEW + 1) })));
  refuses('the skew ago: exclusive', confirmed(bearer({ notOnOrAfter: at(-SKEW) })), refusal(-SKEW, 180));
  passes('the second of two', confirmed(bearer({ notOnOrAfter: at(-DAY) }), bearer()));
  passes('a millisecond ahead, without skew', confirmed(bearer({ notOnOrAfter: at(1) })), { clockSkewMs: 0 });
  refuses('now, without skew', confirmed(bearer({ notOnOrAfter: at(0) })), refusal(0, 0), { clockSkewMs: 0 });
  refuses(
    'an open end on a confirmation that is not ours',
    confirmed(bearer({ notOnOrAfter: at(-SKEW) }), bearer({ recipient: 'x' })),
    refusal(-SKEW, 180),
  );
});

row(
  'confirmation.bounded',
  'SAML Profiles §4.1.4.5 (replay state must be bounded)',
  ({ passes, refuses }) => {
    passes('a day and the skew ahead', confirmed(bearer({ notOnOrAfter: at(DAY + SKEW) })));
    refuses('a millisecond more', confirmed(bearer({ notOnOrAfter: at(DAY + SKEW + 1) })), {
      code: 'SAML_TIME_INVALID',
      expected: 'a NotOnOrAfter within 24 hours',
      received: at(DAY + SKEW + 1),
    });
    passes('the second of two', confirmed(bearer({ notOnOrAfter: at(30 * DAY) }), bearer()));
  },
);
