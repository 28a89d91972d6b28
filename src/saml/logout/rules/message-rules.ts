// Rules that both logout messages share: version, ID, time, who sent it and to whom (SAML Core §3.2.1, §3.2.2; Profiles §4.4.4).

import { limits } from '../../../core/limits';
import { issuerIs, issued } from '../../login/rules/response-rules';
import { when, type RuleFailure } from '../../login/rules/rule';
import { distance, instant } from '../../login/rules/time';
import type { LogoutMessageData } from '../read';
import type { ExpectedLogout } from './rule';

type Check = (data: LogoutMessageData, expected: ExpectedLogout, now: number) => RuleFailure | undefined;

export const isVersion2: Check = ({ version }) =>
  when(version !== '2.0', 'SAML_VERSION_UNSUPPORTED', { expected: '2.0', received: version });

export const hasId: Check = ({ id }) =>
  when(!id, 'SAML_STRUCTURE_INVALID', { expected: 'ID of the message' });

/** A logout is judged while the browser is on its way: what is older was kept by somebody. */
export const isOfNow: Check = ({ issueInstant }, expected, now) =>
  issued(issueInstant, expected, now) ??
  when(
    !(now <= instant(issueInstant) + limits.logoutMessageMs + expected.clockSkewMs),
    'SAML_LOGOUT_EXPIRED',
    {
      expected: 'an IssueInstant within the last minutes',
      received: () => distance(issueInstant, now),
    },
  );

export const isFromIdentityProvider: Check = ({ issuer }, { identityProvider }) =>
  issuer === undefined
    ? when(true, 'SAML_ISSUER_MISMATCH', { expected: identityProvider })
    : issuerIs(issuer, identityProvider);

export const isAddressedToUs: Check = ({ destination }, { singleLogoutUrl }) =>
  when(destination !== singleLogoutUrl, 'SAML_DESTINATION_MISMATCH', {
    expected: singleLogoutUrl,
    received: destination,
  });
