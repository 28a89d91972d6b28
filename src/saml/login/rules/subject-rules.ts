// Rules about the Subject: at least one bearer confirmation must pass everything on its own (SAML Profiles §4.1.4.2–3).
// Each row narrows the same candidates further, so the first failing row says what the nearest one lacks.

import { limits } from '../../../core/limits';
import type { AssertionData, SubjectConfirmation } from '../../assertion';
import { confirmationBearer } from '../../names';
import { EMPTY, when, type Expected, type Rule, type RuleFailure } from './rule';
import { distance, instant, reached, stillOpen } from './time';

type Test = (
  confirmation: SubjectConfirmation,
  data: AssertionData,
  expected: Expected,
  now: number,
) => boolean;

const isBearer: Test = ({ method }) => method === confirmationBearer;
/** Core §2.4.1.2 gives it a meaning; that Profiles §4.1.4.2 tells IdPs to leave it out binds them, not us. */
const hasBegun: Test = ({ notBefore }, _data, expected, now) =>
  notBefore === undefined || reached(notBefore, expected, now);
const isForUs: Test = ({ recipient }, _data, expected) => recipient === expected.assertionConsumerServiceUrl;
const answersUs: Test = ({ inResponseTo }, { response }) =>
  inResponseTo !== undefined && inResponseTo === response.inResponseTo;
const hasEnd: Test = ({ notOnOrAfter }) => !Number.isNaN(instant(notOnOrAfter));
const isOpen: Test = ({ notOnOrAfter }, _data, expected, now) => stillOpen(notOnOrAfter, expected, now);
const isBounded: Test = ({ notOnOrAfter }, _data, { clockSkewMs }, now) =>
  instant(notOnOrAfter) <= now + limits.assertionLifetimeMs + clockSkewMs;

const tests: readonly Test[] = [isBearer, hasBegun, isForUs, answersUs, hasEnd, isOpen, isBounded];

/**
 * Until when a copy could be presented, in milliseconds since 1970, skew included: by its last confirmation, also one whose
 * end is still too far away to count today, and no longer than the Assertion's own age allows.
 */
export function confirmedUntil(data: AssertionData, expected: Expected, now: number): number {
  const ends = passing(tests.indexOf(isBounded), data, expected, now).map(({ notOnOrAfter }) =>
    instant(notOnOrAfter),
  );
  const tooOld = instant(data.issueInstant) + limits.assertionLifetimeMs;
  return Math.min(Math.max(...ends), tooOld) + expected.clockSkewMs;
}

function passing(count: number, data: AssertionData, expected: Expected, now: number): SubjectConfirmation[] {
  const first = tests.slice(0, count);
  return data.subjectConfirmations.filter((confirmation) =>
    first.every((test) => test(confirmation, data, expected, now)),
  );
}

interface Row {
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  readonly last: Test;
  readonly remark?: Rule['remark'];
  readonly failure: (
    nearest: readonly SubjectConfirmation[],
    expected: Expected,
    now: number,
  ) => RuleFailure | undefined;
}

/** A row that holds when some confirmation passes all tests up to and including `last`. */
function confirmationRule({ id, title, clause, last, failure, remark }: Row): Rule {
  const position = tests.indexOf(last);
  return {
    id,
    title,
    clause,
    check: (data, expected, now) =>
      passing(position + 1, data, expected, now).length > 0
        ? undefined
        : failure(passing(position, data, expected, now), expected, now),
    ...(remark === undefined ? {} : { remark }),
  };
}

const list = (values: readonly (string | undefined)[]): string | undefined =>
  values.map((value) => value ?? 'nothing').join(', ') || undefined;

export const subjectRules: readonly Rule[] = [
  {
    id: 'subject.present',
    title: 'The Assertion is about somebody',
    clause: 'SAML Profiles §4.1.4.2',
    check: ({ hasSubject }) => when(!hasSubject, 'SAML_SUBJECT_MISSING', { expected: 'Subject' }),
  },
  {
    id: 'confirmation.bearer',
    title: 'A SubjectConfirmation is of method bearer',
    clause: 'SAML Profiles §4.1.4.2',
    check: (data, expected, now) =>
      when(passing(1, data, expected, now).length === 0, 'SAML_SUBJECT_CONFIRMATION_INVALID', {
        expected: confirmationBearer,
        received: list(data.subjectConfirmations.map(({ method }) => method)),
      }),
  },
  confirmationRule({
    id: 'confirmation.notBefore',
    title: 'The bearer confirmation is valid already',
    clause: 'SAML Core §2.4.1.2, Profiles §4.1.4.2',
    last: hasBegun,
    failure: (nearest, _expected, now) =>
      when(
        true,
        nearest.every(({ notBefore }) => Number.isNaN(instant(notBefore)))
          ? 'SAML_TIME_INVALID'
          : 'SAML_ASSERTION_NOT_YET_VALID',
        {
          expected: 'a NotBefore in the past, or none, in SubjectConfirmationData',
          received: list(nearest.map(({ notBefore }) => distance(notBefore, now))),
        },
      ),
    remark: ({ subjectConfirmations }) =>
      subjectConfirmations.some(({ notBefore }) => notBefore !== undefined)
        ? 'SubjectConfirmationData has a NotBefore, which the profile tells IdPs to leave out; it is kept as a bound'
        : undefined,
  }),
  confirmationRule({
    id: 'confirmation.recipient',
    title: 'The bearer confirmation is for our ACS',
    clause: 'SAML Profiles §4.1.4.3',
    last: isForUs,
    failure: (nearest, { assertionConsumerServiceUrl }) =>
      when(true, 'SAML_RECIPIENT_MISMATCH', {
        expected: assertionConsumerServiceUrl,
        received: list(nearest.map(({ recipient }) => recipient)),
      }),
  }),
  confirmationRule({
    id: 'confirmation.inResponseTo',
    title: 'The bearer confirmation answers our request',
    clause: 'SAML Profiles §4.1.4.3',
    last: answersUs,
    failure: (nearest, { requestId }) =>
      when(true, 'SAML_IN_RESPONSE_TO_MISMATCH', {
        expected: requestId ?? 'the same InResponseTo as the Response',
        received: list(nearest.map(({ inResponseTo }) => (inResponseTo === '' ? EMPTY : inResponseTo))),
      }),
  }),
  confirmationRule({
    id: 'confirmation.notOnOrAfter',
    title: 'The bearer confirmation has an end',
    clause: 'SAML Profiles §4.1.4.2',
    last: hasEnd,
    failure: (nearest) => {
      const given = nearest.map(({ notOnOrAfter }) => notOnOrAfter);
      return when(
        true,
        given.some((time) => time !== undefined) ? 'SAML_TIME_INVALID' : 'SAML_SUBJECT_CONFIRMATION_INVALID',
        { expected: 'NotOnOrAfter in SubjectConfirmationData', received: list(given) },
      );
    },
  }),
  confirmationRule({
    id: 'confirmation.open',
    title: 'The bearer confirmation has not expired',
    clause: 'SAML Profiles §4.1.4.3',
    last: isOpen,
    failure: (nearest, _expected, now) =>
      when(true, 'SAML_SUBJECT_CONFIRMATION_EXPIRED', {
        expected: 'a NotOnOrAfter in the future',
        received: list(nearest.map(({ notOnOrAfter }) => distance(notOnOrAfter, now))),
      }),
  }),
  confirmationRule({
    id: 'confirmation.bounded',
    title: 'The bearer confirmation does not live longer than a day',
    clause: 'SAML Profiles §4.1.4.5 (replay state must be bounded)',
    last: isBounded,
    failure: (nearest) =>
      when(true, 'SAML_TIME_INVALID', {
        expected: 'a NotOnOrAfter within 24 hours',
        received: list(nearest.map(({ notOnOrAfter }) => notOnOrAfter)),
      }),
  }),
];
