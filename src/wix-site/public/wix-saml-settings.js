// The only file that differs from site to site. `wix-saml site` writes it filled in.

export const settings = {
  /** Address of the service provider: `serviceProvider.baseUrl` of its configuration. */
  serviceProvider: 'https://sso.example.com',
  /** Name of this site in the service provider's configuration. */
  site: 'portal',
  /** 'page': the page redeems its ticket itself. 'backend': the site's backend does, where the page cannot. */
  redeem: 'page',
};
