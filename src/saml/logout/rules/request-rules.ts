// Rules about a LogoutRequest of the IdP (SAML Core §3.7.1, Profiles §4.4.4.1).

import { when } from '../../login/rules/rule';
import { distance, stillOpen, wellFormed } from '../../login/rules/time';
import type { LogoutRequestData } from '../read';
import { hasId, isAddressedToUs, isFromIdentityProvider, isOfNow, isVersion2 } from './message-rules';
import type { ExpectedLogout, LogoutRule } from './rule';

export const logoutRequestRules: readonly LogoutRule<LogoutRequestData, ExpectedLogout>[] = [
  {
    id: 'logoutRequest.version',
    title: 'The LogoutRequest is SAML 2.0',
    clause: 'SAML Core §3.2.1',
    check: isVersion2,
  },
  {
    id: 'logoutRequest.id',
    title: 'The LogoutRequest has an ID',
    clause: 'SAML Core §3.2.1',
    check: hasId,
  },
  {
    id: 'logoutRequest.issueInstant',
    title: 'The LogoutRequest was issued just now',
    clause: 'SAML Core §3.2.1, §1.3.3',
    check: isOfNow,
  },
  {
    id: 'logoutRequest.issuer',
    title: 'The LogoutRequest comes from this connection’s IdP',
    clause: 'SAML Profiles §4.4.4.1',
    check: isFromIdentityProvider,
  },
  {
    id: 'logoutRequest.destination',
    title: 'The LogoutRequest is addressed to us',
    clause: 'SAML Bindings §3.4.5.2, §3.5.5.2',
    check: isAddressedToUs,
  },
  {
    id: 'logoutRequest.notOnOrAfter',
    title: 'The LogoutRequest is still valid',
    clause: 'SAML Core §3.7.1',
    check: ({ notOnOrAfter }, expected, now) =>
      wellFormed(notOnOrAfter, false, 'NotOnOrAfter') ??
      when(notOnOrAfter !== undefined && !stillOpen(notOnOrAfter, expected, now), 'SAML_LOGOUT_EXPIRED', {
        expected: 'a NotOnOrAfter in the future',
        received: () => distance(notOnOrAfter, now),
      }),
  },
  {
    id: 'logoutRequest.subject',
    title: 'The LogoutRequest names somebody',
    clause: 'SAML Core §3.7.1, Profiles §4.4.4.1',
    check: ({ nameId }) =>
      when(!nameId?.value, 'SAML_STRUCTURE_INVALID', { expected: 'NameID or EncryptedID' }),
  },
];
