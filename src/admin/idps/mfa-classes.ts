// The classes of authentication context that several products use for MFA.

/** REFEDS MFA Profile: the common word of research and education, and free for anybody to use. */
export const REFEDS_MFA = 'https://refeds.org/profile/mfa';

/** Microsoft's word, as a class at AD FS and as a value of an attribute at Entra. */
export const MULTIPLE_AUTHN = 'http://schemas.microsoft.com/claims/multipleauthn';

/** SAML Authentication Context §3.4.9. */
export const MOBILE_TWO_FACTOR_CONTRACT = 'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract';
