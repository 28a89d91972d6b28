import { at, conditions, data, DAY, IDP, NOW, SKEW, SP } from '../../../../support/makers/valid-data';
import { row } from './row';

const ENTITY = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity';
const clock = `our clock ${new Date(NOW).toISOString()}`;
const asDateTime = (name: string): string => `${name} as xs:dateTime in UTC, such as 2026-01-31T12:00:00Z`;

row('assertion.version', 'SAML Core §2.3.3', ({ passes, refuses }) => {
  passes('2.0', data());
  for (const version of ['1.1', '2.1', '', undefined]) {
    refuses(version === undefined ? 'none' : `"${version}"`, data({ version }), {
      code: 'SAML_VERSION_UNSUPPORTED',
      expected: '2.0',
      received: version ?? 'nothing',
    });
  }
});

row('assertion.id', 'SAML Core §2.3.3', ({ passes, refuses }) => {
  const failure = { code: 'SAML_STRUCTURE_INVALID', expected: 'Assertion ID', received: 'nothing' } as const;
  passes('any ID', data({ id: 'x' }));
  refuses('none', data({ id: undefined }), failure);
  refuses('an empty one', data({ id: '' }), failure);
});

row('assertion.issuer', 'SAML Profiles §4.1.4.2', ({ passes, refuses }) => {
  const code = 'SAML_ISSUER_MISMATCH';
  passes('our IdP', data());
  passes('our IdP with Format entity', data({ issuer: { value: IDP, format: ENTITY } }));
  for (const value of ['https://evil.example/', IDP.toUpperCase(), `${IDP}/`, ` ${IDP}`, `${IDP}\n`, '']) {
    refuses(JSON.stringify(value), data({ issuer: { value } }), { code, expected: IDP, received: value });
  }
  refuses('another Format', data({ issuer: { value: IDP, format: '' } }), {
    code,
    expected: IDP,
    received: `${IDP} (Format )`,
  });
});

row('assertion.issueInstant', 'SAML Core §2.3.3, §1.3.3', ({ passes, refuses }) => {
  passes('now', data());
  passes('the skew ahead', data({ issueInstant: at(SKEW) }));
  refuses('a millisecond more', data({ issueInstant: at(SKEW + 1) }), {
    code: 'SAML_ASSERTION_NOT_YET_VALID',
    expected: 'an IssueInstant that is not in the future',
    received: `${at(SKEW + 1)} (180 s ahead of ${clock})`,
  });
  passes('a day and the skew ago', data({ issueInstant: at(-DAY - SKEW) }));
  refuses('a millisecond longer ago', data({ issueInstant: at(-DAY - SKEW - 1) }), {
    code: 'SAML_ASSERTION_EXPIRED',
    expected: 'an IssueInstant within 24 hours',
    received: `${at(-DAY - SKEW - 1)} (86580 s before ${clock})`,
  });
  refuses('none', data({ issueInstant: undefined }), {
    code: 'SAML_TIME_INVALID',
    expected: 'IssueInstant',
    received: 'nothing',
  });
  refuses('what is no time', data({ issueInstant: 'yesterday' }), {
    code: 'SAML_TIME_INVALID',
    expected: asDateTime('IssueInstant'),
    received: 'yesterday',
  });
});

row('conditions.present', 'SAML Profiles §4.1.4.2', ({ passes, refuses }) => {
  passes('Conditions', data());
  refuses('none', data({ conditions: undefined }), {
    code: 'SAML_CONDITIONS_MISSING',
    expected: 'Conditions with AudienceRestriction',
    received: 'nothing',
  });
});

row('conditions.known', 'SAML Core §2.5.1', ({ passes, refuses }) => {
  passes('the standard conditions', data());
  refuses('one that we do not know', conditions({ unknown: ['x:Delegation'] }), {
    code: 'SAML_CONDITION_UNKNOWN',
    expected: 'AudienceRestriction, OneTimeUse, ProxyRestriction',
    received: 'x:Delegation',
  });
  refuses('two', conditions({ unknown: ['saml:Condition', 'y'] }), {
    code: 'SAML_CONDITION_UNKNOWN',
    expected: 'AudienceRestriction, OneTimeUse, ProxyRestriction',
    received: 'saml:Condition, y',
  });
});

row('conditions.window', 'SAML Core §2.5.1.2', ({ passes, refuses }) => {
  const code = 'SAML_TIME_INVALID';
  passes('both ends', data());
  passes('no ends', conditions({ notBefore: undefined, notOnOrAfter: undefined }));
  passes('a beginning only', conditions({ notOnOrAfter: undefined }));
  passes('an end only', conditions({ notBefore: undefined }));
  passes('a window of a millisecond', conditions({ notBefore: at(0), notOnOrAfter: at(1) }));
  for (const [title, end] of [
    ['an empty window', 0],
    ['an inverted window', -1],
  ] as const) {
    refuses(title, conditions({ notBefore: at(0), notOnOrAfter: at(end) }), {
      code,
      expected: 'NotBefore before NotOnOrAfter',
      received: `${at(0)} – ${at(end)}`,
    });
  }
  const local = '2026-01-15T12:00:00+00:00';
  refuses('a malformed NotBefore', conditions({ notBefore: local }), {
    code,
    expected: asDateTime('NotBefore'),
    received: local,
  });
  refuses('a malformed NotOnOrAfter', conditions({ notOnOrAfter: local }), {
    code,
    expected: asDateTime('NotOnOrAfter'),
    received: local,
  });
  refuses('a malformed NotOnOrAfter alone', conditions({ notBefore: undefined, notOnOrAfter: '' }), {
    code,
    expected: asDateTime('NotOnOrAfter'),
    received: '',
  });
});

row('conditions.notBefore', 'SAML Core §2.5.1.2', ({ passes, refuses }) => {
  passes('none', conditions({ notBefore: undefined }));
  passes('now: NotBefore is inclusive', conditions({ notBefore: at(0) }));
  passes('the skew ahead', conditions({ notBefore: at(SKEW) }));
  refuses('a millisecond more', conditions({ notBefore: at(SKEW + 1) }), {
    code: 'SAML_ASSERTION_NOT_YET_VALID',
    expected: 'a NotBefore in the past',
    received: `${at(SKEW + 1)} (180 s ahead of ${clock})`,
  });
  refuses(
    'a millisecond ahead without skew',
    conditions({ notBefore: at(1) }),
    {
      code: 'SAML_ASSERTION_NOT_YET_VALID',
      expected: 'a NotBefore in the past',
      received: `${at(1)} (0 s ahead of ${clock})`,
    },
    { clockSkewMs: 0 },
  );
  passes('now, without skew', conditions({ notBefore: at(0) }), { clockSkewMs: 0 });
});

row('conditions.notOnOrAfter', 'SAML Core §2.5.1.2', ({ passes, refuses }) => {
  const refusal = (time: string, seconds: number) =>
    ({
      code: 'SAML_ASSERTION_EXPIRED',
      expected: 'a NotOnOrAfter in the future',
      received: `${time} (${String(seconds)} s before ${clock})`,
    }) as const;
  const ending = (ms: number) => conditions({ notBefore: undefined, notOnOrAfter: at(ms) });
  passes('none', conditions({ notOnOrAfter: undefined }));
  passes('a millisecond inside the skew', ending(-SKEW + 1));
  refuses('the skew ago: NotOnOrAfter is exclusive', ending(-SKEW), refusal(at(-SKEW), 180));
  refuses('longer ago', ending(-241_000), refusal(at(-241_000), 241));
  passes('a millisecond ahead, without skew', ending(1), { clockSkewMs: 0 });
  refuses('now, without skew', ending(0), refusal(at(0), 0), { clockSkewMs: 0 });
});

row('conditions.audience', 'SAML Profiles §4.1.4.2, Core §2.5.1.4', ({ passes, refuses }) => {
  const code = 'SAML_AUDIENCE_MISMATCH';
  const audiences = (...audienceRestrictions: string[][]) => conditions({ audienceRestrictions });
  passes('us', data());
  passes('us among others (OR)', audiences(['https://other.example', SP]));
  passes('us in every restriction (AND)', audiences([SP], ['https://other.example', SP]));
  refuses('no restriction', audiences(), { code, expected: SP, received: 'nothing' });
  refuses('an empty restriction', audiences([]), { code, expected: SP, received: 'nothing' });
  refuses('us in one of two restrictions only', audiences([SP], ['x', 'y']), {
    code,
    expected: SP,
    received: `${SP} and x or y`,
  });
  for (const audience of [
    'https://other.example',
    `${SP}/`,
    SP.toUpperCase(),
    SP.slice(0, -1),
    ` ${SP}`,
    '',
  ]) {
    refuses(JSON.stringify(audience), audiences([audience]), {
      code,
      expected: SP,
      received: audience || 'nothing',
    });
  }
});

row('authn.present', 'SAML Profiles §4.1.4.2', ({ passes, refuses }) => {
  passes('an AuthnStatement', data());
  refuses('none', data({ authnStatements: [] }), {
    code: 'SAML_AUTHN_STATEMENT_MISSING',
    expected: 'AuthnStatement',
    received: 'nothing',
  });
});

row('authn.instant', 'SAML Core §2.7.2', ({ passes, refuses }) => {
  const signedIn = (...instants: (string | undefined)[]) =>
    data({
      authnStatements: instants.map((authnInstant) => (authnInstant === undefined ? {} : { authnInstant })),
    });
  const ahead = {
    code: 'SAML_ASSERTION_NOT_YET_VALID',
    expected: 'an AuthnInstant in the past',
    received: `${at(SKEW + 1)} (180 s ahead of ${clock})`,
  } as const;
  passes('a moment ago', data());
  passes('years ago: maxAuthnAge is policy', signedIn('2001-01-01T00:00:00Z'));
  passes('the skew ahead', signedIn(at(SKEW)));
  refuses('a millisecond more', signedIn(at(SKEW + 1)), ahead);
  refuses('the second of two in the future', signedIn(at(0), at(SKEW + 1)), ahead);
  refuses('none', signedIn(undefined), {
    code: 'SAML_TIME_INVALID',
    expected: 'AuthnInstant',
    received: 'nothing',
  });
  refuses('what is no time', signedIn('now'), {
    code: 'SAML_TIME_INVALID',
    expected: asDateTime('AuthnInstant'),
    received: 'now',
  });
});

row('authn.session', 'SAML Core §2.7.2, Profiles §4.1.4.3', ({ passes, refuses }) => {
  const ending = (...ends: (string | undefined)[]) =>
    data({
      authnStatements: ends.map((sessionNotOnOrAfter) => ({
        authnInstant: at(-5000),
        ...(sessionNotOnOrAfter === undefined ? {} : { sessionNotOnOrAfter }),
      })),
    });
  const ended = {
    code: 'SAML_SESSION_EXPIRED',
    expected: 'a SessionNotOnOrAfter in the future',
    received: `${at(-SKEW)} (180 s before ${clock})`,
  } as const;
  passes('no end', data());
  passes('an end ahead', ending(at(3_600_000)));
  passes('a millisecond inside the skew', ending(at(-SKEW + 1)));
  refuses('the skew ago: exclusive', ending(at(-SKEW)), ended);
  refuses('the second of two ended', ending(undefined, at(-SKEW)), ended);
  refuses('what is no time', ending('never'), {
    code: 'SAML_TIME_INVALID',
    expected: asDateTime('SessionNotOnOrAfter'),
    received: 'never',
  });
});
