// `wix-saml init`: a first configuration with a comment at every line that needs a person. Never replaces a file.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configFile, exit, type Terminal } from './terminal';

export interface InitOptions {
  readonly config?: string;
  readonly baseUrl: string;
  readonly siteUrl: string;
  readonly domain: string;
}

export function init(options: InitOptions, terminal: Terminal): number {
  const file = configFile(options.config, terminal);
  if (existsSync(file)) {
    terminal.err(`Nothing was written: ${file} exists already. Name another file with --config.`);
    return exit.findings;
  }
  const directory = dirname(file);
  mkdirSync(join(directory, 'metadata', 'idp'), { recursive: true });
  writeFileSync(file, template(options), { flag: 'wx' });
  const named = file === 'wix-saml.yaml' ? '' : ` --config ${file}`;
  for (const line of [
    `Written: ${file}. What is left:`,
    `  1. Addresses:     edit baseUrl, the site’s url and emailDomains in ${file}`,
    `  2. Keys:          wix-saml keys --into ${join(directory, 'certs', 'sp')}`,
    `  3. Tell the IdP:  wix-saml metadata${named} --values    (--out FILE where it imports a file)`,
    `  4. From the IdP:  save its metadata as ${join(directory, 'metadata', 'idp', 'acme.xml')}`,
    `  5. The Wix site:  wix-saml site${named} --into DIRECTORY`,
    `  6. Is it right?   wix-saml check${named}`,
    `  7. Start:         wix-saml serve${named}`,
  ]) {
    terminal.out(line);
  }
  return exit.fine;
}

const template = ({
  baseUrl,
  siteUrl,
  domain,
}: InitOptions): string => `# Configuration of wix-saml. Every option is explained in README.md.
# Relative paths start at this file. \${NAME} takes a value from the environment; secrets never stand here.

serviceProvider:
  # The public address of this service, as people's browsers reach it through your proxy.
  baseUrl: ${baseUrl}
  # Our name at the IdPs. Do not change it once an IdP knows it. Default: baseUrl + /saml/metadata
  # entityId: ${baseUrl}/saml/metadata
  signing:
    - key: certs/sp/signing.key
      certificate: certs/sp/signing.crt
  decryption:
    - key: certs/sp/encryption.key
      certificate: certs/sp/encryption.crt

listen:
  host: 127.0.0.1 # 0.0.0.0 in a container
  port: 3000
  trustProxy: 0 # number of proxies in front: whose address a visitor has

# memory: one process. Several processes share Redis: rediss://:\${REDIS_PASSWORD}@redis.internal:6379
state: memory

sites:
  portal:
    # The site's final public address, with its path if it has one (https://user.wixsite.com/site).
    url: ${siteUrl}
    landingPage: /sso
    exchange:
      via: httpFunction
      key: certs/sp/exchange.key

connections:
  acme:
    site: portal
    # What the IdP offers as "metadata XML": a file, or its https address.
    # The command metadata works before it is here: most IdPs want our side first.
    idpMetadata: metadata/idp/acme.xml
    # The mail domains of this organisation. Its IdP can sign in nobody else.
    emailDomains: [${domain}]
    # Better, unless the IdP encrypts with AES-CBC, as AD FS and older products do:
    # allowCbc: false
`;
