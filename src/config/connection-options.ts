// The options of one connection: which IdP, for which site, and what its people have to fulfil.

import { emailAddress, emailDomains, entityName, metadataSource, pageAddress } from './addresses';
import { certificateSource, choice, flag, integer, secretFile, text } from './kinds';
import { defaultsOf, listOf, oneOrMore, optional, required, section, withDefault } from './option';
import { technicalContact } from './notify-options';
import { limits } from '../core/limits';
import { sessionDefaults } from '../sso/session-rules';

export const skewSeconds = integer(0, limits.clockSkewMaxMs / 1000, 'seconds');

/** Of a site, and of a connection before it. */
export const contactEmail = optional(emailAddress, {
  meaning:
    'Whom a person asks who cannot sign in. Refusal pages offer a mail to it; of a connection before of its site.',
});

/** Wix ends a session of its own after two weeks. */
const WIX_HOURS = 336;

const session = section({
  maxHours: withDefault(integer(1, WIX_HOURS, 'hours'), sessionDefaults.maxHours, {
    meaning:
      'How long after signing in a person has to come by the IdP again; an earlier SessionNotOnOrAfter of the IdP counts. The guard in the site’s master page sees to it.',
  }),
  idleHours: optional(integer(1, WIX_HOURS, 'hours'), {
    meaning: 'The same after so long without an open page of the site.',
    defaultWords: 'it may rest',
  }),
  graceMinutes: withDefault(integer(0, 1440, 'minutes'), sessionDefaults.graceMinutes, {
    meaning:
      'How long the guard lets a session go on while this service does not answer. Then it signs the person out.',
  }),
});

const revocation = section({
  issuer: optional(entityName, {
    meaning: 'Who signs revocations: the claim `iss`, exactly. With Okta the address of the organisation.',
    example: 'https://acme.okta.com',
  }),
  jwksUri: optional(pageAddress, {
    meaning: 'Where the public keys of `issuer` are. Never taken from a token.',
    example: 'https://acme.okta.com/oauth2/v1/keys',
  }),
  tokenFile: optional(secretFile, {
    meaning:
      'File with a bearer token of at least 32 characters, for a system of the company; it may also say that a person is disabled.',
    example: 'certs/acme-revocation.token',
  }),
});

export const connection = section({
  site: required(text(32), { meaning: 'Name of the site that its members sign in to.', example: 'portal' }),
  displayName: optional(text(80), {
    meaning: 'Shown where a person chooses between several.',
    defaultWords: 'the name in the IdP’s metadata, or the connection’s name',
  }),
  contactEmail,
  technicalContact,
  idpMetadata: required(metadataSource, {
    meaning:
      'The IdP’s metadata. With `setup` the connection waits until somebody brings it; all others work meanwhile. With `mdq` the one entity is asked for by the Metadata Query Protocol.',
    example: 'metadata/idp/acme.xml',
  }),
  idpEntityId: optional(entityName, { meaning: 'Which IdP, when the metadata holds several.' }),
  idpMetadataSigner: optional(oneOrMore(certificateSource), {
    meaning:
      'Certificate whose key signs the metadata as a whole, as federations do; got by another way than the metadata. Metadata without this signature is never used.',
    example: 'metadata/federation.crt',
    defaultWords: 'the file or the TLS address is trusted',
  }),
  maxStaleDays: optional(integer(1, 366, 'days'), {
    meaning:
      'How long a copy is used after its address last replied. Then the connection is down until it answers again.',
    defaultWords: 'as long as the metadata is valid',
  }),
  emailDomains: required(emailDomains, {
    meaning:
      'Mail domains that this IdP may vouch for, compared exactly. `"*"` trusts it for every domain that no other connection of the site names, and is warned about.',
    example: '[acme.com]',
  }),
  emailFrom: optional(text(256), {
    meaning:
      'The one source of the address: `nameId`, or the exact name of an attribute. Without it, the NameID and the well-known attributes must not name different addresses.',
    example: 'nameId',
    defaultWords: 'what all sources agree on',
  }),
  emailAttribute: optional(text(256), {
    meaning:
      'Older spelling of `emailFrom` for an attribute. It always means an attribute, even one that is called `nameId`.',
  }),
  requestBinding: withDefault(choice(['redirect', 'post']), 'redirect', {
    meaning: 'How AuthnRequests travel; the other way is used when the IdP does not offer this one.',
  }),
  forceAuthn: withDefault(flag, false, { meaning: 'Let people type their password at the IdP every time.' }),
  unsolicited: withDefault(choice(['restart', 'reject']), 'restart', {
    meaning:
      'What a response without a request of ours does: start a proper sign-in, or stop. It never signs anybody in.',
  }),
  clockSkewSeconds: optional(skewSeconds, {
    meaning: 'How far the IdP’s clock may differ.',
    defaultWords: '`verification.clockSkewSeconds`',
  }),
  allowSha1: withDefault(flag, false, {
    meaning: 'Accept SHA-1 signatures of an IdP that can do nothing else. Warned about.',
  }),
  allowCbc: withDefault(flag, true, {
    meaning: 'Accept AES-CBC ciphertexts, as AD FS and older products send. Warned about when used.',
  }),
  requireSignedResponse: withDefault(flag, false, {
    meaning:
      'Refuse a Response that is not signed as a whole, even when its Assertion is. Many IdPs sign only that.',
  }),
  requireValidUntilWithinDays: optional(integer(1, 366, 'days'), {
    meaning:
      'Refuse metadata without `validUntil`, or with one further ahead. Federations publish one; single products rarely do.',
    defaultWords: 'any',
  }),
  requestedAuthnContext: optional(listOf(text(256), { least: 1 }), {
    meaning: 'AuthnContext classes; asked for, and one of them must be in the response.',
    defaultWords: 'any',
  }),
  require: optional(choice(['mfa']), {
    meaning:
      '`mfa`: only people who used more than one factor. Asked for and proven in the way of the IdP’s product ([Identity providers](idps/README.md)); of an unknown product only the class of the REFEDS MFA Profile counts. Not beside `requestedAuthnContext`.',
    defaultWords: 'nothing',
  }),
  maxAuthnAgeSeconds: optional(integer(60, 31_536_000, 'seconds'), {
    meaning: 'How long ago a person may have signed in at the IdP.',
    defaultWords: 'any',
  }),
  session: defaultsOf(session),
  revocation: optional(revocation, {
    meaning:
      'Who may end the sessions of this connection’s people by `POST /saml/revoke/NAME`: `issuer` with `jwksUri` for signed tokens (Okta Universal Logout), `tokenFile`, or both.',
    defaultWords: 'nobody',
  }),
  leavers: withDefault(choice(['keep', 'block']), 'keep', {
    meaning:
      'What becomes of the site’s member when the bearer of `revocation.tokenFile` says that a person is disabled: sessions end either way; `block` blocks the member too, until the person is enabled again.',
  }),
  secondOpinion: optional(flag, {
    meaning: 'As `verification.secondOpinion`, for this connection.',
    defaultWords: '`verification.secondOpinion`',
  }),
});
