// What we are → our SAML metadata (SAML Metadata §2.4), for IdPs and their administrators to import. Says only what is true
// (SDP-MD04): endpoints that answer, keys that are loaded, algorithms that the verifier accepts. Holds nothing secret.
// No validUntil unless the operator sets one: the document is made anew by the running service, and an import must not die of
// age (crewjam/saml#169).

import { createHash } from 'node:crypto';
import { readCertificate } from '../signature/certificate';
import { nameIdFormat, ns } from '../names';
import {
  singleLogoutUrlOf,
  type LocalText,
  type ServiceProvider,
  type ServiceProviderDisplay,
} from '../service-provider';
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

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The document as XML text, `application/samlmetadata+xml`. The same for the same service provider, byte for byte; where it has
 * a `validUntil`, the same for a day.
 *
 * @param now milliseconds since 1970
 */
export function buildServiceProviderMetadata(serviceProvider: ServiceProvider, now: number): string {
  const { entityId, display } = serviceProvider;
  const content = [
    extensions(display),
    role(serviceProvider),
    organization(display),
    ...contacts(display),
  ].filter((part) => part !== undefined);
  const id = createHash('sha256').update(content.join('')).digest('hex').slice(0, 40);
  return document(
    element(
      'md:EntityDescriptor',
      { ...namespaces, ID: `_${id}`, entityID: entityId, ...lifetime(display, now) },
      content,
    ),
  );
}

/** The same document with our enveloped signature, for those who were given our certificate beforehand (IIP-MD03). */
export function buildSignedServiceProviderMetadata(
  serviceProvider: ServiceProvider,
  now: number,
): Promise<string> {
  const text = buildServiceProviderMetadata(serviceProvider, now);
  return signDocument(text, serviceProvider.signing[0], 'first');
}

/** Up to whole days, so that the bytes do not change with every request. */
function lifetime({ validDays, cacheHours }: ServiceProviderDisplay, now: number) {
  const end = validDays === undefined ? undefined : (Math.floor(now / DAY_MS) + 1 + validDays) * DAY_MS;
  return {
    validUntil: end === undefined ? undefined : new Date(end).toISOString(),
    cacheDuration: cacheHours === undefined ? undefined : `PT${String(cacheHours)}H`,
  };
}

function extensions({ entityCategories = [], assuranceCertifications = [] }: ServiceProviderDisplay): Markup {
  return element('md:Extensions', {}, [
    ...advertisedAlgorithms.digest.map((Algorithm) => element('alg:DigestMethod', { Algorithm })),
    ...advertisedAlgorithms.signing.map((Algorithm) => element('alg:SigningMethod', { Algorithm })),
    // A member is recognised by an address, not by a subject identifier (SDP-SP15).
    element('mdattr:EntityAttributes', {}, [
      entityAttribute('urn:oasis:names:tc:SAML:profiles:subject-id:req', ['none']),
      entityAttribute('http://macedir.org/entity-category', entityCategories),
      entityAttribute('urn:oasis:names:tc:SAML:attribute:assurance-certification', assuranceCertifications),
    ]),
  ]);
}

const uriNameFormat = 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri';

const entityAttribute = (Name: string, values: readonly string[]): Markup | undefined =>
  values.length === 0
    ? undefined
    : element(
        'saml:Attribute',
        { Name, NameFormat: uriNameFormat },
        values.map((value) => element('saml:AttributeValue', {}, [value])),
      );

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
      ...['HTTP-Redirect', 'HTTP-POST'].map((binding) =>
        element('md:SingleLogoutService', {
          Binding: `urn:oasis:names:tc:SAML:2.0:bindings:${binding}`,
          Location: singleLogoutUrlOf(serviceProvider),
        }),
      ),
      element('md:NameIDFormat', {}, [nameIdFormat.emailAddress]),
      element('md:AssertionConsumerService', {
        Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        Location: assertionConsumerServiceUrl,
        index: '0',
        isDefault: 'true',
      }),
      consumingService(serviceProvider),
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

/** One element for each language of a text. */
const localized = (name: string, text: LocalText | undefined): readonly Markup[] =>
  Object.entries(typeof text === 'string' ? { en: text } : (text ?? {})).map(([language, words]) =>
    element(name, { 'xml:lang': language }, [words]),
  );

/** mdui:UIInfo (SDP-MD09). The schema demands a size of the logo; what is shown is scaled anyway. */
function userInterface(display: ServiceProviderDisplay): Markup | undefined {
  const { displayName, description, logoUrl, informationUrl, privacyStatementUrl } = display;
  const info = [
    ...localized('mdui:DisplayName', displayName),
    ...localized('mdui:Description', description),
    ...(logoUrl === undefined ? [] : [element('mdui:Logo', { height: '64', width: '64' }, [logoUrl])]),
    ...localized('mdui:InformationURL', informationUrl),
    ...localized('mdui:PrivacyStatementURL', privacyStatementUrl),
  ];
  return info.length === 0 ? undefined : element('md:Extensions', {}, [element('mdui:UIInfo', {}, info)]);
}

/** Which attributes we ask for; none of them is demanded, because the connection's settings decide what is needed. */
function consumingService({ display, baseUrl }: ServiceProvider): Markup | undefined {
  const { requestedAttributes = [], displayName = new URL(baseUrl).hostname } = display;
  if (requestedAttributes.length === 0) return undefined;
  return element('md:AttributeConsumingService', { index: '0', isDefault: 'true' }, [
    ...localized('md:ServiceName', displayName),
    ...requestedAttributes.map((Name) =>
      element('md:RequestedAttribute', { Name, NameFormat: nameFormatOf(Name), isRequired: 'false' }),
    ),
  ]);
}

const nameFormatOf = (name: string): string =>
  URL.canParse(name) ? uriNameFormat : 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';

function organization({ organization: ours }: ServiceProviderDisplay): Markup | undefined {
  if (ours === undefined) return undefined;
  return element('md:Organization', {}, [
    ...localized('md:OrganizationName', ours.name),
    ...localized('md:OrganizationDisplayName', ours.displayName ?? ours.name),
    ...localized('md:OrganizationURL', ours.url),
  ]);
}

function contacts({ technicalContactEmail, securityContactEmail }: ServiceProviderDisplay) {
  return [
    contact(technicalContactEmail, { contactType: 'technical' }),
    contact(securityContactEmail, {
      contactType: 'other',
      'xmlns:remd': 'http://refeds.org/metadata',
      'remd:contactType': 'http://refeds.org/metadata/contactType/security',
    }),
  ];
}

const contact = (email: string | undefined, attributes: Readonly<Record<string, string>>) =>
  email === undefined
    ? undefined
    : element('md:ContactPerson', attributes, [element('md:EmailAddress', {}, [`mailto:${email}`])]);
