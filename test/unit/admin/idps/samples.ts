/** What the metadata of each product typically says about itself; all names are made up. */

export interface Sample {
  readonly entityId: string;
  readonly singleSignOn: string;
  /** Recognised by its sign-on address only: the entityID is free, or looks like that of others. */
  readonly chosenEntityId?: true;
}

const tenant = '7c2d1e5a-0000-4000-8000-000000000001';

export const samples: Readonly<Record<string, readonly Sample[]>> = {
  entra: [
    {
      entityId: `https://sts.windows.net/${tenant}/`,
      singleSignOn: `https://login.microsoftonline.com/${tenant}/saml2`,
    },
  ],
  okta: [
    {
      entityId: 'http://www.okta.com/exk1abcdefGHIJKLM0h8',
      singleSignOn: 'https://dev-0000001.okta.com/app/dev-0000001_portal_1/exk1abcdefGHIJKLM0h8/sso/saml',
    },
  ],
  google: [
    {
      entityId: 'https://accounts.google.com/o/saml2?idpid=C00abcdef',
      singleSignOn: 'https://accounts.google.com/o/saml2/idp?idpid=C00abcdef',
    },
  ],
  adfs: [
    {
      entityId: 'http://adfs.contoso.example/adfs/services/trust',
      singleSignOn: 'https://adfs.contoso.example/adfs/ls/',
    },
  ],
  onelogin: [
    {
      entityId: 'https://app.onelogin.com/saml/metadata/00000000-1111-2222-3333-444444444444',
      singleSignOn:
        'https://acme.onelogin.com/trust/saml2/http-post/sso/00000000-1111-2222-3333-444444444444',
    },
  ],
  pingone: [
    {
      entityId: `https://auth.pingone.eu/${tenant}`,
      singleSignOn: `https://auth.pingone.eu/${tenant}/saml20/idp/sso`,
    },
  ],
  pingfederate: [
    {
      entityId: 'pingfederate:entityid:acme',
      singleSignOn: 'https://pf.acme.example:9031/idp/SSO.saml2',
      chosenEntityId: true,
    },
  ],
  jumpcloud: [
    { entityId: 'jumpcloud-acme', singleSignOn: 'https://sso.jumpcloud.com/saml2/acme' },
    { entityId: 'urn:acme:idp', singleSignOn: 'https://sso.jumpcloud.com/saml2/acme', chosenEntityId: true },
  ],
  auth0: [
    { entityId: 'urn:acme.auth0.com', singleSignOn: 'https://acme.auth0.com/samlp/Abc123def456' },
    { entityId: 'urn:acme.eu.auth0.com', singleSignOn: 'https://acme.eu.auth0.com/samlp/Abc123def456' },
    {
      entityId: 'urn:login.acme.example',
      singleSignOn: 'https://login.acme.example/samlp/Abc123def456',
      chosenEntityId: true,
    },
  ],
  duo: [
    {
      entityId: 'https://sso-0a1b2c3d.sso.duosecurity.com/saml2/sp/DI0000000000000000/metadata',
      singleSignOn: 'https://sso-0a1b2c3d.sso.duosecurity.com/saml2/sp/DI0000000000000000/sso',
    },
  ],
  cyberark: [
    {
      entityId: `https://abc0123.id.cyberark.cloud/${tenant}`,
      singleSignOn: `https://abc0123.id.cyberark.cloud/applogin/appKey/${tenant}/customerId/ABC0123`,
    },
  ],
  rippling: [
    {
      entityId: 'https://app.rippling.com/A123/idp.xml',
      singleSignOn: 'https://app.rippling.com/api/platform/sso/sp-initiated/A123',
    },
  ],
  salesforce: [
    {
      entityId: 'https://acme.my.salesforce.com',
      singleSignOn: 'https://acme.my.salesforce.com/idp/endpoint/HttpRedirect',
    },
    {
      entityId: 'https://acme--test.sandbox.my.salesforce.com',
      singleSignOn: 'https://acme--test.sandbox.my.salesforce.com/idp/endpoint/HttpPost',
    },
  ],
  classlink: [
    {
      entityId: 'https://idp.classlink.com/sso/metadata/NGlYeHJN',
      singleSignOn: 'https://idp.classlink.com/sso/select/NGlYeHJN',
    },
  ],
  shibboleth: [
    {
      entityId: 'https://idp.university.example/idp/shibboleth',
      singleSignOn: 'https://idp.university.example/idp/profile/SAML2/Redirect/SSO',
    },
  ],
  simplesamlphp: [
    {
      entityId: 'https://idp.school.example/simplesaml/saml2/idp/metadata.php',
      singleSignOn: 'https://idp.school.example/simplesaml/saml2/idp/SSOService.php',
    },
    {
      entityId: 'https://idp.school.example/simplesaml/module.php/saml/idp/metadata',
      singleSignOn: 'https://idp.school.example/simplesaml/module.php/saml/idp/singleSignOnService',
    },
    {
      entityId: 'urn:x-simplesamlphp:school-idp',
      singleSignOn: 'https://idp.school.example/simplesaml/module.php/saml/idp/singleSignOnService',
    },
  ],
  keycloak: [
    {
      entityId: 'https://sso.acme.example/realms/staff',
      singleSignOn: 'https://sso.acme.example/realms/staff/protocol/saml',
    },
    {
      entityId: 'https://sso.acme.example/auth/realms/staff',
      singleSignOn: 'https://sso.acme.example/auth/realms/staff/protocol/saml',
    },
  ],
  authentik: [
    { entityId: 'authentik', singleSignOn: 'https://id.acme.example/application/saml/wix/sso/binding/post/' },
    {
      entityId: 'https://id.acme.example/application/saml/wix/metadata/',
      singleSignOn: 'https://id.acme.example/application/saml/wix/',
    },
  ],
  zitadel: [
    {
      entityId: 'https://acme-0a1b2c.zitadel.cloud/saml/v2/metadata',
      singleSignOn: 'https://acme-0a1b2c.zitadel.cloud/saml/v2/SSO',
    },
  ],
  lemonldap: [
    {
      entityId: 'https://auth.acme.example/saml/metadata',
      singleSignOn: 'https://auth.acme.example/saml/singleSignOn',
      chosenEntityId: true,
    },
  ],
  pysaml2: [
    {
      entityId: 'https://idp.acme.example:8088/idp.xml',
      singleSignOn: 'https://idp.acme.example:8088/sso/post',
    },
  ],
};
