// A first configuration with a comment at every line that needs a person. Never replaces a file.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where an editor finds the schema of a configuration, seen from a directory in which the package is installed. */
export const installedSchema = './node_modules/wix-saml/docs/wix-saml.schema.json';

export interface FirstAddresses {
  /** Public address of this service. */
  readonly baseUrl: string;
  /** Public address of the Wix site. */
  readonly siteUrl: string;
  /** Mail domain of the organisation. */
  readonly domain: string;
  /** `nameId` or the name of an attribute; without it the line is a comment, and `check` asks for it. */
  readonly emailFrom?: string | undefined;
}

/** Where what is still missing belongs. */
export interface FirstPlaces {
  readonly keys: string;
  readonly idpMetadata: string;
}

/** Where things belong that a first configuration names, and which of them are there. */
export function firstPlaces(file: string): FirstPlaces & {
  readonly exists: boolean;
  readonly hasKeys: boolean;
  readonly hasIdpMetadata: boolean;
} {
  const directory = dirname(file);
  const keys = join(directory, 'certs', 'sp');
  const idpMetadata = join(directory, 'metadata', 'idp', 'acme.xml');
  return {
    keys,
    idpMetadata,
    exists: existsSync(file),
    hasKeys: existsSync(join(keys, 'signing.key')),
    hasIdpMetadata: existsSync(idpMetadata),
  };
}

/** Writes the file and makes the directory for IdPs' metadata; undefined, and nothing written, when the file is there. */
export function writeFirstConfiguration(file: string, addresses: FirstAddresses): FirstPlaces | undefined {
  const { exists, keys, idpMetadata } = firstPlaces(file);
  if (exists) return undefined;
  mkdirSync(dirname(idpMetadata), { recursive: true });
  writeFileSync(file, firstConfiguration(addresses), { flag: 'wx' });
  return { keys, idpMetadata };
}

/** Names of attributes may hold what YAML would read as something else. */
const plainOrQuoted = (text: string): string =>
  /^[A-Za-z][\w.:/-]*\w$/.test(text) ? text : JSON.stringify(text);

const firstConfiguration = ({
  baseUrl,
  siteUrl,
  domain,
  emailFrom,
}: FirstAddresses): string => `# yaml-language-server: $schema=${installedSchema}
# Configuration of wix-saml. Every option is explained in docs/options.md.
# Relative paths start at this file. \${NAME} takes a value from the environment; secrets never stand here.

serviceProvider:
  # The public address of this service, as people's browsers reach it through your proxy.
  baseUrl: ${baseUrl}
  # The name by which the IdPs know this service. Do not change it once an IdP has it. Default: baseUrl + /saml/metadata
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

# A directory on a local disk, made at the first start: it outlives restarts and serves all processes of this machine.
# Several machines share Redis: rediss://:\${REDIS_PASSWORD}@redis.internal:6379. memory forgets all at a restart.
state: file:./data
# What is stored there is sealed with certs/sp/state.key; every process needs the same file.
# stateKeys: [certs/sp/state.key]

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
    # Where this IdP puts the address: nameId, or the name of an attribute, such as mail. It decides who signs in.
    ${emailFrom === undefined ? '# emailFrom: nameId' : `emailFrom: ${plainOrQuoted(emailFrom)}`}
    # Better, unless the IdP encrypts with AES-CBC, as AD FS and older products do:
    # allowCbc: false
`;
