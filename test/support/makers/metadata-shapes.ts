// IdP metadata in the shapes of real products, with the certificates put in. Written by hand; the names are made up.

export interface Shape {
  readonly product: string;
  /** `certificates` are base64 DER, in the order of preference. */
  readonly xml: (certificates: readonly string[]) => string;
  readonly entityId: string;
  readonly redirect?: string;
  readonly post?: string;
  readonly logout: number;
  readonly signingKeys: number;
  readonly wantSigned: boolean;
  readonly displayName?: string;
}

const SAML2 = 'urn:oasis:names:tc:SAML:2.0:protocol';
const B = 'urn:oasis:names:tc:SAML:2.0:bindings';

const wrapped = (base64: string): string => base64.replace(/(.{76})/g, '$1\n');

/** Entra ID: a byte order mark, default namespaces, WS-Federation roles, a signature, one wrapped certificate per key. */
const entra: Shape = {
  product: 'Entra ID',
  entityId: 'https://sts.windows.net/7c2d1e5a-0000-4000-8000-000000000001/',
  redirect: 'https://login.microsoftonline.com/7c2d1e5a-0000-4000-8000-000000000001/saml2',
  post: 'https://login.microsoftonline.com/7c2d1e5a-0000-4000-8000-000000000001/saml2',
  logout: 1,
  signingKeys: 2,
  wantSigned: false,
  xml: ([first = '', second = '']) => `\uFEFF<?xml version="1.0" encoding="utf-8"?>
<EntityDescriptor ID="_7d1c3c6e-0a5c-4b55-9d1c-000000000002" entityID="https://sts.windows.net/7c2d1e5a-0000-4000-8000-000000000001/" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#" /><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" /><Reference URI="#_7d1c3c6e-0a5c-4b55-9d1c-000000000002"><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature" /><Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#" /></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256" /><DigestValue>AAAA</DigestValue></Reference></SignedInfo><SignatureValue>AAAA</SignatureValue><KeyInfo><X509Data><X509Certificate>${first}</X509Certificate></X509Data></KeyInfo></Signature><RoleDescriptor xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${first}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><fed:ClaimTypesOffered><auth:ClaimType Uri="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name" xmlns:auth="http://docs.oasis-open.org/wsfed/authorization/200706"><auth:DisplayName>Name</auth:DisplayName></auth:ClaimType></fed:ClaimTypesOffered></RoleDescriptor><IDPSSODescriptor protocolSupportEnumeration="${SAML2}"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${first}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${second}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="${B}:HTTP-Redirect" Location="https://login.microsoftonline.com/7c2d1e5a-0000-4000-8000-000000000001/saml2" /><SingleSignOnService Binding="${B}:HTTP-Redirect" Location="https://login.microsoftonline.com/7c2d1e5a-0000-4000-8000-000000000001/saml2" /><SingleSignOnService Binding="${B}:HTTP-POST" Location="https://login.microsoftonline.com/7c2d1e5a-0000-4000-8000-000000000001/saml2" /></IDPSSODescriptor></EntityDescriptor>`,
};

/** Okta: md: prefix, certificate wrapped with line feeds, POST before Redirect, an entityID that is an address. */
const okta: Shape = {
  product: 'Okta',
  entityId: 'http://www.okta.com/exk1abcdefGHIJKLM0h8',
  redirect: 'https://dev-0000001.okta.com/app/dev-0000001_portal_1/exk1abcdefGHIJKLM0h8/sso/saml',
  post: 'https://dev-0000001.okta.com/app/dev-0000001_portal_1/exk1abcdefGHIJKLM0h8/sso/saml',
  logout: 0,
  signingKeys: 1,
  wantSigned: false,
  xml: ([first = '']) =>
    `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="http://www.okta.com/exk1abcdefGHIJKLM0h8" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${SAML2}"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${wrapped(first)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat><md:SingleSignOnService Binding="${B}:HTTP-POST" Location="https://dev-0000001.okta.com/app/dev-0000001_portal_1/exk1abcdefGHIJKLM0h8/sso/saml"/><md:SingleSignOnService Binding="${B}:HTTP-Redirect" Location="https://dev-0000001.okta.com/app/dev-0000001_portal_1/exk1abcdefGHIJKLM0h8/sso/saml"/></md:IDPSSODescriptor></md:EntityDescriptor>`,
};

/** Google Workspace: a far validUntil, a query string in the address. */
const google: Shape = {
  product: 'Google Workspace',
  entityId: 'https://accounts.google.com/o/saml2?idpid=C00abcdef',
  redirect: 'https://accounts.google.com/o/saml2/idp?idpid=C00abcdef',
  post: 'https://accounts.google.com/o/saml2/idp?idpid=C00abcdef',
  logout: 0,
  signingKeys: 1,
  wantSigned: false,
  xml: ([first = '']) => `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://accounts.google.com/o/saml2?idpid=C00abcdef" validUntil="2030-06-01T12:00:00.000Z">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${SAML2}">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data>
          <ds:X509Certificate>${wrapped(first)}
</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:SingleSignOnService Binding="${B}:HTTP-Redirect" Location="https://accounts.google.com/o/saml2/idp?idpid=C00abcdef"/>
    <md:SingleSignOnService Binding="${B}:HTTP-POST" Location="https://accounts.google.com/o/saml2/idp?idpid=C00abcdef"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`,
};

/** AD FS: WS-Federation and SP roles beside the IdP role, an encryption key, SOAP and Artifact endpoints. */
const adfs: Shape = {
  product: 'AD FS',
  entityId: 'http://adfs.contoso.example/adfs/services/trust',
  redirect: 'https://adfs.contoso.example/adfs/ls/',
  post: 'https://adfs.contoso.example/adfs/ls/',
  logout: 2,
  signingKeys: 1,
  wantSigned: true,
  displayName: 'Contoso',
  xml: ([first = '', second = '']) =>
    `<?xml version="1.0"?><EntityDescriptor ID="_aaaaaaaa-bbbb-cccc-dddd-000000000003" entityID="http://adfs.contoso.example/adfs/services/trust" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#" /></ds:SignedInfo></ds:Signature><RoleDescriptor xsi:type="fed:ApplicationServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/ws-sx/ws-trust/200512 http://docs.oasis-open.org/wsfed/federation/200706" ServiceDisplayName="Contoso" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706"><fed:TargetScopes><EndpointReference xmlns="http://www.w3.org/2005/08/addressing"><Address>https://adfs.contoso.example/adfs/ls/</Address></EndpointReference></fed:TargetScopes></RoleDescriptor><SPSSODescriptor WantAssertionsSigned="true" protocolSupportEnumeration="${SAML2}"><AssertionConsumerService Binding="${B}:HTTP-POST" Location="https://adfs.contoso.example/adfs/ls/" index="0" isDefault="true" /></SPSSODescriptor><IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="${SAML2}"><KeyDescriptor use="encryption"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${second}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${first}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><ArtifactResolutionService Binding="${B}:SOAP" Location="https://adfs.contoso.example/adfs/services/trust/artifactresolution" index="0" /><SingleLogoutService Binding="${B}:HTTP-Redirect" Location="https://adfs.contoso.example/adfs/ls/" /><SingleLogoutService Binding="${B}:HTTP-POST" Location="https://adfs.contoso.example/adfs/ls/" /><NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat><SingleSignOnService Binding="${B}:HTTP-Redirect" Location="https://adfs.contoso.example/adfs/ls/" /><SingleSignOnService Binding="${B}:HTTP-POST" Location="https://adfs.contoso.example/adfs/ls/" /><Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" FriendlyName="E-Mail Address" xmlns="urn:oasis:names:tc:SAML:2.0:assertion" /></IDPSSODescriptor><Organization><OrganizationName xml:lang="en-US" xmlns:xml="http://www.w3.org/XML/1998/namespace">Contoso</OrganizationName><OrganizationDisplayName xml:lang="en-US">Contoso</OrganizationDisplayName><OrganizationURL xml:lang="en-US">https://contoso.example/</OrganizationURL></Organization></EntityDescriptor>`,
};

/** Keycloak: KeyName, no line breaks, SOAP and Artifact, the certificate for signing only. */
const keycloak: Shape = {
  product: 'Keycloak',
  entityId: 'https://id.example.org/realms/staff',
  redirect: 'https://id.example.org/realms/staff/protocol/saml',
  post: 'https://id.example.org/realms/staff/protocol/saml',
  logout: 2,
  signingKeys: 1,
  wantSigned: true,
  xml: ([first = '']) =>
    `<md:EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://id.example.org/realms/staff"><md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="${SAML2}"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:KeyName>gZ1vX0aBcD</ds:KeyName><ds:X509Data><ds:X509Certificate>${first}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:ArtifactResolutionService Binding="${B}:SOAP" Location="https://id.example.org/realms/staff/protocol/saml/resolve" index="0"></md:ArtifactResolutionService><md:SingleLogoutService Binding="${B}:HTTP-POST" Location="https://id.example.org/realms/staff/protocol/saml"></md:SingleLogoutService><md:SingleLogoutService Binding="${B}:HTTP-Redirect" Location="https://id.example.org/realms/staff/protocol/saml"></md:SingleLogoutService><md:SingleLogoutService Binding="${B}:SOAP" Location="https://id.example.org/realms/staff/protocol/saml"></md:SingleLogoutService><md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat><md:SingleSignOnService Binding="${B}:HTTP-POST" Location="https://id.example.org/realms/staff/protocol/saml"></md:SingleSignOnService><md:SingleSignOnService Binding="${B}:HTTP-Redirect" Location="https://id.example.org/realms/staff/protocol/saml"></md:SingleSignOnService><md:SingleSignOnService Binding="${B}:HTTP-Artifact" Location="https://id.example.org/realms/staff/protocol/saml"></md:SingleSignOnService></md:IDPSSODescriptor></md:EntityDescriptor>`,
};

/** SimpleSAMLphp: the same certificate for signing and encryption, a second one for the rollover. */
const simpleSamlPhp: Shape = {
  product: 'SimpleSAMLphp',
  entityId: 'http://127.0.0.1:8080/saml2/idp/metadata.php',
  redirect: 'http://127.0.0.1:8080/saml2/idp/SSOService.php',
  logout: 1,
  signingKeys: 2,
  wantSigned: false,
  xml: ([first = '', second = '']) => `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="http://127.0.0.1:8080/saml2/idp/metadata.php">
  <md:IDPSSODescriptor protocolSupportEnumeration="${SAML2}">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${second}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${first}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:KeyDescriptor use="encryption">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${first}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
    <md:SingleLogoutService Binding="${B}:HTTP-Redirect" Location="http://127.0.0.1:8080/saml2/idp/SingleLogoutService.php"/>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>
    <md:SingleSignOnService Binding="${B}:HTTP-Redirect" Location="http://127.0.0.1:8080/saml2/idp/SSOService.php"/>
  </md:IDPSSODescriptor>
  <md:ContactPerson contactType="technical"><md:GivenName>Administrator</md:GivenName><md:EmailAddress>mailto:na@example.org</md:EmailAddress></md:ContactPerson>
</md:EntityDescriptor>
`,
};

/** Shibboleth in a federation: an aggregate, mdui, scopes, a key without use, a SAML 1 role and endpoints. */
const shibboleth: Shape = {
  product: 'Shibboleth in an aggregate',
  entityId: 'https://idp.university.example/idp/shibboleth',
  redirect: 'https://idp.university.example/idp/profile/SAML2/Redirect/SSO',
  post: 'https://idp.university.example/idp/profile/SAML2/POST/SSO',
  logout: 1,
  signingKeys: 2,
  wantSigned: false,
  displayName: 'Example University',
  xml: ([first = '', second = '']) => `<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by the federation's registrar -->
<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" Name="urn:example:federation" validUntil="2030-01-15T09:00:00Z" cacheDuration="PT6H" ID="_federation">
  <Extensions><mdrpi:PublicationInfo xmlns:mdrpi="urn:oasis:names:tc:SAML:metadata:rpi" publisher="https://federation.example/"/></Extensions>
  <EntitiesDescriptor Name="urn:example:universities">
    <EntityDescriptor entityID="https://idp.university.example/idp/shibboleth" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:shibmd="urn:mace:shibboleth:metadata:1.0" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui">
      <Extensions><mdattr:EntityAttributes xmlns:mdattr="urn:oasis:names:tc:SAML:metadata:attribute"><saml:Attribute xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Name="urn:oasis:names:tc:SAML:attribute:assurance-certification"><saml:AttributeValue>https://refeds.org/sirtfi</saml:AttributeValue></saml:Attribute></mdattr:EntityAttributes></Extensions>
      <IDPSSODescriptor protocolSupportEnumeration="${SAML2} urn:oasis:names:tc:SAML:1.1:protocol urn:mace:shibboleth:1.0">
        <Extensions>
          <shibmd:Scope regexp="false">university.example</shibmd:Scope>
          <mdui:UIInfo>
            <mdui:DisplayName xml:lang="de">Beispieluniversität</mdui:DisplayName>
            <mdui:DisplayName xml:lang="en">Example
              University</mdui:DisplayName>
            <mdui:Logo height="80" width="80">https://idp.university.example/logo.png</mdui:Logo>
          </mdui:UIInfo>
        </Extensions>
        <KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
${wrapped(first)}
        </ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>
        <KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509SubjectName>CN=idp</ds:X509SubjectName><ds:X509Certificate>${second}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>
        <ArtifactResolutionService Binding="urn:oasis:names:tc:SAML:1.0:bindings:SOAP-binding" Location="https://idp.university.example:8443/idp/profile/SAML1/SOAP/ArtifactResolution" index="1"/>
        <SingleLogoutService Binding="${B}:HTTP-Redirect" Location="https://idp.university.example/idp/profile/SAML2/Redirect/SLO" ResponseLocation="https://idp.university.example/idp/profile/SAML2/Redirect/SLO"/>
        <NameIDFormat>urn:mace:shibboleth:1.0:nameIdentifier</NameIDFormat>
        <SingleSignOnService Binding="urn:mace:shibboleth:1.0:profiles:AuthnRequest" Location="https://idp.university.example/idp/profile/Shibboleth/SSO"/>
        <SingleSignOnService Binding="${B}:HTTP-POST" Location="https://idp.university.example/idp/profile/SAML2/POST/SSO"/>
        <SingleSignOnService Binding="${B}:HTTP-POST-SimpleSign" Location="https://idp.university.example/idp/profile/SAML2/POST-SimpleSign/SSO"/>
        <SingleSignOnService Binding="${B}:HTTP-Redirect" Location="https://idp.university.example/idp/profile/SAML2/Redirect/SSO"/>
      </IDPSSODescriptor>
      <AttributeAuthorityDescriptor protocolSupportEnumeration="${SAML2}"><AttributeService Binding="${B}:SOAP" Location="https://idp.university.example:8443/idp/profile/SAML2/SOAP/AttributeQuery"/></AttributeAuthorityDescriptor>
    </EntityDescriptor>
  </EntitiesDescriptor>
  <EntityDescriptor entityID="https://wiki.university.example/sp"><SPSSODescriptor protocolSupportEnumeration="${SAML2}"><AssertionConsumerService index="1" Binding="${B}:HTTP-POST" Location="https://wiki.university.example/acs"/></SPSSODescriptor></EntityDescriptor>
</EntitiesDescriptor>
`,
};

export const shapes: readonly Shape[] = [entra, okta, google, adfs, keycloak, simpleSamlPhp, shibboleth];
