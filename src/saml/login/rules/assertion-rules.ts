// Rules about the Assertion itself: whose it is, for whom, from when to when, and that somebody signed in
// (SAML Core §2.3.3, §2.5, §2.7.2; Profiles §4.1.4.2–3).

import { limits } from '../../../core/limits';
import { issued, issuerIs } from './response-rules';
import { when, type Rule } from './rule';
import { distance, instant, reached, stillOpen, wellFormed } from './time';

/** SAML 1.0 is of 2002: an earlier instant is an unset variable. */
const MEANT_SINCE = Date.UTC(2000, 0, 1);

export const assertionRules: readonly Rule[] = [
  {
    id: 'assertion.version',
    title: 'The Assertion is SAML 2.0',
    clause: 'SAML Core §2.3.3',
    check: ({ version }) =>
      when(version !== '2.0', 'SAML_VERSION_UNSUPPORTED', { expected: '2.0', received: version }),
  },
  {
    id: 'assertion.id',
    title: 'The Assertion has an ID',
    clause: 'SAML Core §2.3.3',
    check: ({ id }) => when(!id, 'SAML_STRUCTURE_INVALID', { expected: 'Assertion ID' }),
  },
  {
    id: 'assertion.issuer',
    title: 'The Assertion comes from this connection’s IdP',
    clause: 'SAML Profiles §4.1.4.2',
    check: ({ issuer }, { identityProvider }) => issuerIs(issuer, identityProvider),
  },
  {
    id: 'assertion.issueInstant',
    title: 'The Assertion was issued within the last day, not in the future',
    clause: 'SAML Core §2.3.3, §1.3.3',
    check: ({ issueInstant }, expected, now) =>
      issued(issueInstant, expected, now) ??
      when(
        !(now <= instant(issueInstant) + limits.assertionLifetimeMs + expected.clockSkewMs),
        'SAML_ASSERTION_EXPIRED',
        { expected: 'an IssueInstant within 24 hours', received: () => distance(issueInstant, now) },
      ),
  },
];

export const conditionRules: readonly Rule[] = [
  {
    id: 'conditions.present',
    title: 'The Assertion has Conditions',
    clause: 'SAML Profiles §4.1.4.2',
    check: ({ conditions }) =>
      when(conditions === undefined, 'SAML_CONDITIONS_MISSING', {
        expected: 'Conditions with AudienceRestriction',
      }),
  },
  {
    id: 'conditions.known',
    title: 'Every condition is understood',
    clause: 'SAML Core §2.5.1',
    check: ({ conditions }) =>
      when((conditions?.unknown.length ?? 0) > 0, 'SAML_CONDITION_UNKNOWN', {
        expected: 'AudienceRestriction, OneTimeUse, ProxyRestriction',
        received: conditions?.unknown.join(', '),
      }),
  },
  {
    id: 'conditions.window',
    title: 'NotBefore lies before NotOnOrAfter',
    clause: 'SAML Core §2.5.1.2',
    check: ({ conditions }) => {
      const { notBefore, notOnOrAfter } = conditions ?? {};
      return (
        wellFormed(notBefore, false, 'NotBefore') ??
        wellFormed(notOnOrAfter, false, 'NotOnOrAfter') ??
        when(instant(notBefore) >= instant(notOnOrAfter), 'SAML_TIME_INVALID', {
          expected: 'NotBefore before NotOnOrAfter',
          received: `${String(notBefore)} – ${String(notOnOrAfter)}`,
        })
      );
    },
  },
  {
    id: 'conditions.notBefore',
    title: 'The Assertion is valid already',
    clause: 'SAML Core §2.5.1.2',
    check: ({ conditions }, expected, now) => {
      const notBefore = conditions?.notBefore;
      return when(
        notBefore !== undefined && !reached(notBefore, expected, now),
        'SAML_ASSERTION_NOT_YET_VALID',
        {
          expected: 'a NotBefore in the past',
          received: () => distance(notBefore, now),
        },
      );
    },
  },
  {
    id: 'conditions.notOnOrAfter',
    title: 'The Assertion is still valid',
    clause: 'SAML Core §2.5.1.2',
    check: ({ conditions }, expected, now) => {
      const notOnOrAfter = conditions?.notOnOrAfter;
      return when(
        notOnOrAfter !== undefined && !stillOpen(notOnOrAfter, expected, now),
        'SAML_ASSERTION_EXPIRED',
        {
          expected: 'a NotOnOrAfter in the future',
          received: () => distance(notOnOrAfter, now),
        },
      );
    },
  },
  {
    id: 'conditions.audience',
    title: 'The Assertion is meant for us',
    clause: 'SAML Profiles §4.1.4.2, Core §2.5.1.4',
    check: ({ conditions }, { serviceProvider }) => {
      const restrictions = conditions?.audienceRestrictions ?? [];
      const forUs =
        restrictions.length > 0 && restrictions.every((audiences) => audiences.includes(serviceProvider));
      return when(!forUs, 'SAML_AUDIENCE_MISMATCH', {
        expected: serviceProvider,
        received: restrictions.map((audiences) => audiences.join(' or ')).join(' and ') || undefined,
      });
    },
  },
];

export const authnRules: readonly Rule[] = [
  {
    id: 'authn.present',
    title: 'Somebody signed in',
    clause: 'SAML Profiles §4.1.4.2',
    check: ({ authnStatements }) =>
      when(authnStatements.length === 0, 'SAML_AUTHN_STATEMENT_MISSING', { expected: 'AuthnStatement' }),
  },
  {
    id: 'authn.instant',
    title: 'The sign-in lies in the past',
    clause: 'SAML Core §2.7.2',
    check: ({ authnStatements }, expected, now) => {
      for (const { authnInstant } of authnStatements) {
        const failure =
          wellFormed(authnInstant, true, 'AuthnInstant') ??
          when(!reached(authnInstant, expected, now), 'SAML_ASSERTION_NOT_YET_VALID', {
            expected: 'an AuthnInstant in the past',
            received: () => distance(authnInstant, now),
          });
        if (failure !== undefined) return failure;
      }
      return undefined;
    },
    remark: ({ authnStatements }) =>
      authnStatements.some(({ authnInstant }) => instant(authnInstant) < MEANT_SINCE)
        ? 'AuthnInstant lies before there was SAML: the IdP left it at its zero value, so no age can be demanded'
        : undefined,
  },
  {
    id: 'authn.session',
    title: 'The IdP session has not ended',
    clause: 'SAML Core §2.7.2, Profiles §4.1.4.3',
    check: ({ authnStatements }, expected, now) => {
      for (const { sessionNotOnOrAfter } of authnStatements) {
        const failure =
          wellFormed(sessionNotOnOrAfter, false, 'SessionNotOnOrAfter') ??
          when(
            sessionNotOnOrAfter !== undefined && !stillOpen(sessionNotOnOrAfter, expected, now),
            'SAML_SESSION_EXPIRED',
            {
              expected: 'a SessionNotOnOrAfter in the future',
              received: () => distance(sessionNotOnOrAfter, now),
            },
          );
        if (failure !== undefined) return failure;
      }
      return undefined;
    },
  },
];
