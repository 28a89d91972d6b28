/** SAML V2.0 Deployment Profile for Federation Interoperability (SAML2Int): the rows that bind a service provider. */
import {
  covered,
  coveredBut,
  later,
  NO_LOGOUT,
  NO_METADATA_SIGNATURE,
  NO_REFRESH,
  notApplicable,
  requirement as row,
  type Chapter,
} from '../requirement';

export const deploymentProfile: Chapter = {
  title: 'Deployment profile, SAML2Int (SDP)',
  source: 'https://kantarainitiative.github.io/SAMLprofiles/saml2int.html',
  requirements: [
    row(
      'SDP-G01',
      'MUST',
      '3 to 5 minutes of skew, both directions, on all times',
      covered('profile/response: is exclusive', 'profile/response: is inclusive'),
    ),
    row(
      'SDP-G02',
      'MUST',
      'Produce no text longer than 256 characters',
      covered('unit/config/problems: an entityID of 300 characters'),
    ),
    row(
      'SDP-G03',
      'MUST NOT',
      'Produce a DTD',
      covered('profile/outgoing: holds no DTD', 'unit/saml/metadata/service-provider-metadata: our metadata'),
    ),
    row(
      'SDP-G04',
      'MUST',
      'The entityID is an absolute URI of at most 256 characters',
      covered(
        'unit/config/problems: an entityID that is no URI',
        'unit/config/problems: an entityID of 300 characters',
      ),
    ),
    row(
      'SDP-MD01',
      'MUST',
      'Endpoints, keys and bindings come from metadata that refreshes by itself',
      later(NO_REFRESH),
    ),
    row(
      'SDP-MD02',
      'MUST',
      'Trust metadata only by signature or TLS certificate',
      coveredBut(
        NO_METADATA_SIGNATURE,
        'unit/config/load: metadata from an address',
        'unit/config/load: is refused when the answer is',
      ),
    ),
    row(
      'SDP-MD03',
      'MUST',
      'Refuse metadata without validUntil or with one too far ahead',
      later('a past validUntil is refused; real products publish none'),
    ),
    row(
      'SDP-MD04',
      'MUST NOT',
      'Advertise what is not supported, or change suddenly',
      covered(
        'unit/saml/metadata/service-provider-metadata: does not claim what we do not do',
        'unit/saml/metadata/service-provider-metadata: is the same for the same service provider',
      ),
    ),
    row(
      'SDP-MD05',
      'MUST',
      'Keys as X.509 certificates, advised long-lived and self-signed',
      covered(
        'unit/saml/metadata/service-provider-metadata: tells an IdP all that it needs',
        'unit/cli/commands: makes RSA-3072 pairs, self-signed for ten years',
      ),
    ),
    row(
      'SDP-MD06',
      'MUST',
      'RSA of at least 2048 bits',
      covered(
        'unit/saml/metadata/identity-provider-metadata: refuses a weak key',
        'S-weak-key-1024',
        'unit/cli/commands: makes RSA-3072 pairs',
      ),
    ),
    row(
      'SDP-MD07',
      'MUST',
      'EC of at least 256 bits',
      covered(
        'unit/saml/signature/certificate: refuses other kinds of keys and curves',
        'unit/saml/signature/certificate: refuses a weak certificate',
      ),
    ),
    row(
      'SDP-MD08',
      'MUST',
      'At least one encryption certificate',
      covered(
        'unit/saml/metadata/service-provider-metadata: offers the first decryption key only',
        'unit/cli/commands: makes RSA-3072 pairs',
      ),
    ),
    row(
      'SDP-MD09',
      'MUST',
      'mdui:UIInfo with DisplayName, Logo and PrivacyStatementURL',
      covered('unit/saml/metadata/service-provider-metadata: shows the texts of the deployment'),
    ),
    row(
      'SDP-MD10',
      'MUST',
      'The logo is an https or a data URI',
      covered('unit/saml/metadata/service-provider-metadata: shows the texts of the deployment'),
    ),
    row(
      'SDP-MD11',
      'MUST',
      'A technical contact with an e-mail address',
      covered('unit/saml/metadata/service-provider-metadata: shows the texts of the deployment'),
    ),
    row(
      'SDP-ALG01',
      'MUST',
      'SHA-256, rsa-sha256 or ecdsa-sha256, AES-GCM, rsa-oaep-mgf1p with SHA-1',
      covered('B-signed-both', 'B-ecdsa-p256', 'B-enc-aes128gcm', 'B-enc-oaep-mgf1p-no-digestmethod'),
    ),
    row(
      'SDP-SP01',
      'MUST',
      'Web Browser SSO profile with errata',
      covered(
        'unit/saml/login/rules/check: has every row tested',
        'system/real/simplesamlphp: signs a member in',
      ),
    ),
    row(
      'SDP-SP02',
      'MUST',
      'AuthnRequest by Redirect',
      covered('unit/http/login: redirects to the IdP by the Redirect binding'),
    ),
    row(
      'SDP-SP03',
      'MUST NOT',
      'Send requests from a frame, or need third-party cookies',
      covered(
        'unit/http/router: carry the protecting headers',
        'system/wix-site/landing-page: leaves for the service provider with a challenge',
      ),
    ),
    row(
      'SDP-SP04',
      'MUST',
      'No NameIDPolicy, or AllowCreate without Format',
      covered('profile/outgoing: has neither Subject nor Scoping, NameIDPolicy'),
    ),
    row(
      'SDP-SP05',
      'MUST NOT',
      'Use an ACS index; send the ACS address',
      covered('profile/outgoing: has neither Subject nor Scoping, NameIDPolicy'),
    ),
    row(
      'SDP-SP06',
      'MUST',
      'The ACS address equals the one in metadata, byte for byte',
      covered(
        'unit/saml/metadata/service-provider-metadata: tells an IdP all that it needs',
        'unit/saml/login/authn-request: says who asks, whom',
        'unit/http/router: believe neither Host nor X-Forwarded',
      ),
    ),
    row(
      'SDP-SP07',
      'MUST',
      'No RequestedAuthnContext unless needed, then exact',
      covered(
        'unit/saml/login/authn-request: says who asks, whom',
        'unit/saml/login/authn-request: asks for one of several ways to sign in, exactly',
      ),
    ),
    row('SDP-SP08', 'MUST', 'Responses by POST', covered('unit/http/assertion-consumer: POST /saml/acs')),
    row(
      'SDP-SP09',
      'MUST',
      'ACS under TLS',
      covered(
        'unit/config/problems: plain http for a public host',
        'profile/outgoing: has one indexed, default ACS',
      ),
    ),
    row(
      'SDP-SP10',
      'MUST',
      'Decrypt EncryptedAssertion',
      covered('B-enc-aes256gcm', 'system/real/simplesamlphp: signs a member in by an encrypted Assertion'),
    ),
    row(
      'SDP-SP11',
      'MUST',
      'Handle other statuses than Success gracefully',
      covered(
        'C-st-responder',
        'unit/http/assertion-consumer: refuses %s',
        'unit/http/pages: every refusal of the table',
      ),
    ),
    row(
      'SDP-SP12',
      'MUST',
      'Missing attributes: a message that leads to support',
      covered(
        'I-nameid-none',
        'system/real/simplesamlphp: refuses a person of another domain, and one without an address',
      ),
    ),
    row('SDP-SP13', 'MUST NOT', 'Require a NameID', covered('B-attribute-no-nameid')),
    row(
      'SDP-SP14',
      'MUST',
      'Support subject-id or pairwise-id',
      notApplicable('Wix knows members by e-mail address; no other identifier can sign anybody in'),
    ),
    row(
      'SDP-SP15',
      'MUST',
      'Say which subject identifier is needed',
      covered('profile/outgoing: says that it needs no subject identifier'),
    ),
    row(
      'SDP-SP16',
      'MUST',
      'No collision of identifiers of two IdPs',
      covered(
        'catalogue/attacks/state: does not mix up the same assertion ID of two identity providers',
        'I-other-connection-domain',
      ),
    ),
    row(
      'SDP-SP17',
      'MUST',
      'Only authorised IdPs may assert a scope',
      coveredBut(
        'the scope is the e-mail domain; a connection lists its own',
        'I-foreign-domain',
        'I-subdomain',
        'C-mixup-other-domain',
      ),
    ),
    row(
      'SDP-SP18',
      'SHOULD',
      'Show people by mail, displayName, givenName and sn',
      covered(
        'unit/wix/exchange-assertion: carries the names that a new member may get',
        'profile/policy: are read from %s, %s and %s',
      ),
    ),
    row(
      'SDP-SP19',
      'MUST NOT',
      'Over-constrain standard attributes; mail has several values',
      covered('I-email-two-values', 'B-attribute-same-twice', 'B-attribute-empty'),
    ),
    row(
      'SDP-SP20',
      'MUST',
      'More than one IdP can satisfy a protected thing',
      covered('unit/http/login: lets a person choose, with everything passed on'),
    ),
    row(
      'SDP-SP21',
      'SHOULD',
      'Deep links; a sign-in can always begin at the service provider',
      covered(
        'unit/sso/return-to: keeps the path',
        'unit/sso/begin-login: without a challenge leads to the landing page',
      ),
    ),
    row(
      'SDP-SP22',
      'RECOMMENDED',
      'Preserve POST bodies',
      notApplicable('a sign-in begins by a link or button of the site, never by a form with content'),
    ),
    row(
      'SDP-SP23',
      'MUST',
      'Some discovery for nearly all users, remembered',
      later(
        'the chooser finds a connection by name or address; the choice is not remembered, because no cookie is set',
      ),
    ),
    row('SDP-SP24', 'MAY', 'Single logout', later(NO_LOGOUT)),
    ...(
      [
        ['SDP-SP25', 'MUST', 'LogoutRequest by Redirect'],
        ['SDP-SP26', 'MUST', 'Receive LogoutRequest by Redirect'],
        ['SDP-SP27', 'MUST NOT', 'Send LogoutRequest from a frame'],
        ['SDP-SP28', 'MUST', 'Sign LogoutRequest'],
        ['SDP-SP29', 'MUST', 'NameID of a LogoutRequest with all its attributes'],
        ['SDP-SP30', 'MUST NOT', 'Encrypt that NameID'],
        ['SDP-SP31', 'MUST', 'LogoutResponse by Redirect'],
        ['SDP-SP32', 'MUST', 'Receive LogoutResponse by Redirect'],
        ['SDP-SP33', 'MUST', 'Sign LogoutResponse'],
        ['SDP-SP34', 'MUST', 'End the local session before LogoutRequest is sent'],
        ['SDP-SP35', 'MUST NOT', 'Send LogoutRequest when a session idles'],
      ] as const
    ).map(([id, level, demand]) => row(id, level, demand, later(NO_LOGOUT))),
    row(
      'SDP-SP36',
      'SHOULD',
      'One entityID per virtual host with sessions of its own',
      notApplicable('sessions live on the Wix sites; the service provider has one host and none'),
    ),
    row(
      'SDP-SP37',
      'MUST',
      'Several signing certificates of an IdP, any may verify',
      covered('profile/response: are verified with whichever of many keys signed', 'B-key-rollover-both'),
    ),
    row('SDP-SP38', 'MUST', 'Several decryption keys, any may decrypt', covered('B-enc-second-key')),
    row(
      'SDP-SP39',
      'MUST',
      'Metadata with role, ACS, encryption key, UIInfo, subject-id need and contact',
      covered(
        'unit/saml/metadata/service-provider-metadata: tells an IdP all that it needs',
        'unit/saml/metadata/service-provider-metadata: shows the texts of the deployment',
        'profile/outgoing: says that it needs no subject identifier',
      ),
    ),
  ],
};
