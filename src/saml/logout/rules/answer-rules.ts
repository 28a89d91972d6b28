// Rules about a LogoutResponse of the IdP (SAML Core §3.7.2, §3.2.2, Profiles §4.4.4.2). What its status says is no rule: the
// person is told.

import { EMPTY, when } from '../../login/rules/rule';
import type { LogoutResponseData } from '../read';
import { hasId, isAddressedToUs, isFromIdentityProvider, isOfNow, isVersion2 } from './message-rules';
import type { ExpectedAnswer, LogoutRule } from './rule';

export const logoutResponseRules: readonly LogoutRule<LogoutResponseData, ExpectedAnswer>[] = [
  {
    id: 'logoutResponse.version',
    title: 'The LogoutResponse is SAML 2.0',
    clause: 'SAML Core §3.2.2',
    check: isVersion2,
  },
  {
    id: 'logoutResponse.id',
    title: 'The LogoutResponse has an ID',
    clause: 'SAML Core §3.2.2',
    check: hasId,
  },
  {
    id: 'logoutResponse.issueInstant',
    title: 'The LogoutResponse was issued just now',
    clause: 'SAML Core §3.2.2, §1.3.3',
    check: isOfNow,
  },
  {
    id: 'logoutResponse.issuer',
    title: 'The LogoutResponse comes from this connection’s IdP',
    clause: 'SAML Profiles §4.4.4.2',
    check: isFromIdentityProvider,
  },
  {
    id: 'logoutResponse.destination',
    title: 'The LogoutResponse is addressed to us',
    clause: 'SAML Bindings §3.4.5.2, §3.5.5.2',
    // Entra leaves it out. The ID of our own request, which nobody can guess, says as much.
    check: (data, expected, now) =>
      data.destination === undefined ? undefined : isAddressedToUs(data, expected, now),
  },
  {
    id: 'logoutResponse.inResponseTo',
    title: 'The LogoutResponse answers our request',
    clause: 'SAML Core §3.2.2, Profiles §4.4.4.2',
    check: ({ inResponseTo }, { requestId }) =>
      when(inResponseTo !== requestId, 'SAML_IN_RESPONSE_TO_MISMATCH', {
        expected: requestId,
        received: inResponseTo === '' ? EMPTY : inResponseTo,
      }),
  },
  {
    id: 'logoutResponse.status',
    title: 'The LogoutResponse has a status',
    clause: 'SAML Core §3.2.2.1',
    check: ({ statusCodes: [top] }) => when(!top, 'SAML_STRUCTURE_INVALID', { expected: 'StatusCode' }),
  },
];
