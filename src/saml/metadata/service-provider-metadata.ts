// What we are → our SAML metadata (SAML Metadata §2.4), for IdPs and their administrators to import. Says only what is true
// (SDP-MD04): endpoints that answer, keys that are loaded, algorithms that the verifier accepts. Holds nothing secret.
// No validUntil: the document is made anew by the running service, and an import must not die of age (crewjam/saml#169).

import { createHash } from 'node:crypto';
import { readCertificate } from '../signature/certificate';
import { nameIdFormat, ns } from '../names';
import type { ServiceProvider, ServiceProviderDisplay } from '../service-provider';
import { advertisedAlgorithms } from '../signature/algorithms';
import { signDocument } from '../signature/sign-xml';
import { document, element, type Markup } from '../xml/writer';

const namespaces = {
  'xmlns:md': 'urn:oasis:names:tc:SAML:2.0:metadata',
  'xmlns:mdui': 'urn:oasis:names:tc:SAML:metadata:ui',
  'xmlns:mdattr': 'urn:oasis:names:tc:SAML:metadata:attribute',
  'xmlns:alg': 'urn:oasis:names:tc:SAML:metadata:algsupport',
  'xmlns:saml': ns.saml,
  'xmlns:ds': ns.ds,
};

/** AES-CBC and SHA-1 are understood where a connection says so, but never asked for. */
const encryptionMethods = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
  'http://www.w3.org/2009/xmlenc11#rsa-oaep',
];

/** The document as XML text, `application/samlmetadata+xml`. The same for the same service provider, byte for byte. */
export function buildServiceProviderMetadata(serviceProvider: ServiceProvider): string {
  const { entityId, display } = serviceProvider;
  const content = [extensions(), role(serviceProvider), contact(display)];
  const id = createHash('sha256').update(content.join('')).digest('hex').slice(0, 40);
  return document(
    element('md:EntityDescriptor', { ...namespaces, ID: `_${id}`, entityID: entityId }, content),
  );
}

/** The same document with our enveloped signature, for those who were given our certificate beforehand (IIP-MD03). */
export function buildSignedServiceProviderMetadata(serviceProvider: ServiceProvider): Promise<string> {
  return signDocument(buildServiceProviderMetadata(serviceProvider), serviceProvider.signing[0], 'first');
}

function extensions(): Markup {
  return element('md:Extensions', {}, [
    ...advertisedAlgorithms.digest.map((Algorithm) => element('alg:DigestMethod', { Algorithm })),
    ...advertisedAlgorithms.signing.map((Algorithm) => element('alg:SigningMethod', { Algorithm })),
    // A member is recognised by an address, not by a subject identifier (SDP-SP15).
    element('mdattr:EntityAttributes', {}, [
      element(
        'saml:Attribute',
        {
          Name: 'urn:oasis:names:tc:SAML:profiles:subject-id:req',
          NameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
        },
        [element('saml:AttributeValue', {}, ['none'])],
      ),
    ]),
  ]);
}

/**
 * WantAssertionsSigned stays away: a signed Response is enough for us, and some IdPs take either value of it for an order
 * that overrules what their administrator has chosen.
 */
function role(serviceProvider: ServiceProvider): Markup {
  const { assertionConsumerServiceUrl, signing, decryption, display } = serviceProvider;
  const { shownForEncryption = decryption.slice(0, 1) } = serviceProvider;
  return element(
    'md:SPSSODescriptor',
    { protocolSupportEnumeration: ns.samlp, AuthnRequestsSigned: 'true' },
    [
      userInterface(display),
      ...signing.map(({ certificate }) => keyDescriptor('signing', certificate, [])),
      ...shownForEncryption.map(({ certificate }) =>
        keyDescriptor('encryption', certificate, encryptionMethods),
      ),
      element('md:NameIDFormat', {}, [nameIdFormat.emailAddress]),
      element('md:AssertionConsumerService', {
        Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        Location: assertionConsumerServiceUrl,
        index: '0',
        isDefault: 'true',
      }),
    ],
  );
}

function keyDescriptor(
  use: 'signing' | 'encryption',
  certificate: string,
  methods: readonly string[],
): Markup {
  const base64 = readCertificate(certificate).raw.toString('base64');
  return element('md:KeyDescriptor', { use }, [
    element('ds:KeyInfo', {}, [element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [base64])])]),
    ...methods.map((Algorithm) => element('md:EncryptionMethod', { Algorithm })),
  ]);
}

/** mdui:UIInfo (SDP-MD09). The schema demands a size of the logo; what is shown is scaled anyway. */
function userInterface(display: ServiceProviderDisplay): Markup | undefined {
  const { displayName, description, logoUrl, privacyStatementUrl } = display;
  const english = { 'xml:lang': 'en' };
  const info = [
    displayName === undefined ? undefined : element('mdui:DisplayName', english, [displayName]),
    description === undefined ? undefined : element('mdui:Description', english, [description]),
    logoUrl === undefined ? undefined : element('mdui:Logo', { height: '64', width: '64' }, [logoUrl]),
    privacyStatementUrl === undefined
      ? undefined
      : element('mdui:PrivacyStatementURL', english, [privacyStatementUrl]),
  ].filter((child) => child !== undefined);
  return info.length === 0 ? undefined : element('md:Extensions', {}, [element('mdui:UIInfo', {}, info)]);
}

function contact({ technicalContactEmail }: ServiceProviderDisplay): Markup | undefined {
  if (technicalContactEmail === undefined) return undefined;
  return element('md:ContactPerson', { contactType: 'technical' }, [
    element('md:EmailAddress', {}, [`mailto:${technicalContactEmail}`]),
  ]);
}
