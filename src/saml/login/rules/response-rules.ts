// Rules about the Response: version, times, who answers whom, where and how (SAML Core §3.2.2, Profiles §4.1.4.2).
// When the Response is unsigned its values can only refuse: everything that accepts stands in the signed Assertion.

import type { NameId } from '../../assertion';
import { nameIdFormat, statusSuccess } from '../../names';
import { EMPTY, when, type Expected, type Rule, type RuleFailure } from './rule';
import { distance, reached, wellFormed } from './time';

export const responseRules: readonly Rule[] = [
  {
    id: 'response.version',
    title: 'The Response is SAML 2.0',
    clause: 'SAML Core §3.2.2',
    check: ({ response }) =>
      when(response.version !== '2.0', 'SAML_VERSION_UNSUPPORTED', {
        expected: '2.0',
        received: response.version,
      }),
  },
  {
    id: 'response.id',
    title: 'The Response has an ID',
    clause: 'SAML Core §3.2.2',
    check: ({ response }) => when(!response.id, 'SAML_STRUCTURE_INVALID', { expected: 'Response ID' }),
  },
  {
    id: 'response.issueInstant',
    title: 'The Response was not issued in the future',
    clause: 'SAML Core §3.2.2, §1.3.3',
    check: ({ response }, expected, now) => issued(response.issueInstant, expected, now),
  },
  {
    id: 'response.status',
    title: 'The IdP reports success',
    clause: 'SAML Core §3.2.2.2',
    check: ({ response }) =>
      when(response.statusCodes[0] !== statusSuccess, 'SAML_STATUS_NOT_SUCCESS', {
        expected: statusSuccess,
        received: response.statusCodes.join(' / ') || undefined,
      }),
  },
  {
    id: 'response.issuer',
    title: 'The Response comes from this connection’s IdP',
    clause: 'SAML Profiles §4.1.4.2 (errata E17)',
    check: ({ response }, { identityProvider }) => {
      if (response.issuer !== undefined) return issuerIs(response.issuer, identityProvider);
      // It may be absent only when the Response is unsigned and nothing in it is encrypted.
      return when(response.signed || response.encrypted, 'SAML_ISSUER_MISMATCH', {
        expected: `Issuer of the Response: ${identityProvider}`,
      });
    },
  },
  {
    id: 'response.destination',
    title: 'The Response is addressed to our ACS',
    clause: 'SAML Core §3.2.2, Bindings §3.5.5.2',
    check: ({ response }, { assertionConsumerServiceUrl }) => {
      const { destination, signed } = response;
      return when(
        destination === undefined ? signed : destination !== assertionConsumerServiceUrl,
        'SAML_DESTINATION_MISMATCH',
        { expected: assertionConsumerServiceUrl, received: destination },
      );
    },
  },
  {
    id: 'response.inResponseTo',
    title: 'The Response answers our request',
    clause: 'SAML Core §3.2.2, Profiles §4.1.5',
    check: ({ response, subjectConfirmations }, { requestId }) => {
      const { inResponseTo } = response;
      if (inResponseTo === undefined) {
        const answers = subjectConfirmations.some((confirmation) => confirmation.inResponseTo !== undefined);
        return when(true, answers ? 'SAML_IN_RESPONSE_TO_MISMATCH' : 'SAML_RESPONSE_UNSOLICITED', {
          expected: requestId ?? 'the ID of a request of ours',
        });
      }
      return when(
        inResponseTo === '' || (requestId !== undefined && inResponseTo !== requestId),
        'SAML_IN_RESPONSE_TO_MISMATCH',
        {
          expected: requestId ?? 'the ID of a request of ours',
          received: inResponseTo === '' ? EMPTY : inResponseTo,
        },
      );
    },
  },
];

/** Exactly the entityID, and a Format that is absent or `entity` (Profiles §4.1.4.2). */
export function issuerIs({ value, format }: NameId, entityId: string): RuleFailure | undefined {
  return when(
    value !== entityId || (format !== undefined && format !== nameIdFormat.entity),
    'SAML_ISSUER_MISMATCH',
    { expected: entityId, received: format === undefined ? value : `${value} (Format ${format})` },
  );
}

/** Present, well-formed and not in the future. */
export function issued(
  instant: string | undefined,
  expected: Pick<Expected, 'clockSkewMs'>,
  now: number,
): RuleFailure | undefined {
  return (
    wellFormed(instant, true, 'IssueInstant') ??
    when(!reached(instant, expected, now), 'SAML_ASSERTION_NOT_YET_VALID', {
      expected: 'an IssueInstant that is not in the future',
      received: () => distance(instant, now),
    })
  );
}
