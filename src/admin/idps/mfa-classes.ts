// The classes of authentication context that several products use for MFA.

export { REFEDS_MFA } from '../../policy/mfa';

/** Microsoft's word, as a class at AD FS and as a value of an attribute at Entra. */
export const MULTIPLE_AUTHN = 'http://schemas.microsoft.com/claims/multipleauthn';

/** SAML Authentication Context §3.4.9. */
export const MOBILE_TWO_FACTOR_CONTRACT = 'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract';
