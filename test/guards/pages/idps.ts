/** docs/idps: one page per identity provider and an index, made from src/admin/idps. */

import { idpProducts, type IdpProduct, type OurValue, type Topic } from '../../../src/admin/idps';
import { topicOf } from '../../../src/admin/idps/topics';
import { canShowMfa, wayOfProduct } from '../../../src/admin/idps/mfa-way';
import { commonNames } from '../../../src/admin/idps/value-names';
import { anchorOf, bullets, code, prose, table } from './markdown';

/** Our values with the addresses that every page uses; `metadata --values` prints the real ones. */
const ours: Readonly<Record<OurValue, readonly [title: string, value: string]>> = {
  entityId: ['our entity ID', code('https://sso.example.com/saml/metadata')],
  acs: ['our ACS URL, binding HTTP-POST', code('https://sso.example.com/saml/acs')],
  acsValidator: ['pattern of the ACS URL', code('^https:\\/\\/sso\\.example\\.com\\/saml\\/acs$')],
  loginUrl: ['our login URL, if asked for', code('https://sso.example.com/saml/login?connection=acme')],
  relayState: ['RelayState', 'leave empty'],
  metadataUrl: ['our metadata, as file or address', code('https://sso.example.com/saml/metadata')],
  nameIdFormat: [
    'Name ID: the e-mail address, in this format',
    code('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'),
  ],
  signing: ['certificate of our requests', code('certs/sp/signing.crt')],
  encryption: ['certificate for encrypting assertions, optional', code('certs/sp/encryption.crt')],
  singleLogout: ['our address for single logout, optional', code('https://sso.example.com/saml/slo')],
};

const values = Object.keys(ours) as readonly OurValue[];

const topics: Readonly<Record<Topic, string>> = {
  audience: 'whom the answer is for',
  acs: 'where the answer goes',
  signing: 'what is signed',
  algorithm: 'signature and digest algorithm',
  nameId: 'the e-mail address',
  encryption: 'encryption',
  assignment: 'who may use the application',
  metadata: 'keys and metadata of the IdP',
  clock: 'how long an answer is valid',
  mfa: 'multi-factor authentication',
  attributes: 'attributes',
};

const codesAbout = (topic: Topic): string =>
  Object.entries(topicOf)
    .filter(([, about]) => about === topic)
    .map(([name]) => `[${code(name)}](../errors.md#${anchorOf(name)})`)
    .join(', ');

function valuesTable(product: IdpProduct): string {
  const rows = values.flatMap((value) => {
    const names = product.ourValues[value];
    return names === undefined ? [] : [[...ours[value], names.map(prose).join('; ')]];
  });
  return table(['ours', 'value', `called by ${product.name}`], rows);
}

function theirs({ metadata: { address, file, note } }: IdpProduct): string {
  return bullets([
    ...(address === undefined ? [] : [`Address: ${code(address)} (replace the words in capitals)`]),
    ...(file === undefined ? [] : [`In the console: ${prose(file)}`]),
    ...(note === undefined ? [] : [prose(note)]),
  ]);
}

function connection({ metadata, ...product }: IdpProduct): string {
  const source = metadata.address ?? 'metadata/idp/acme.xml';
  return [
    '```yaml fragment',
    'connections:',
    '  acme:',
    '    site: portal',
    `    idpMetadata: ${source}`,
    '    emailDomains: [example.com]',
    '    emailFrom: nameId',
    ...(canShowMfa({ metadata, ...product })
      ? ['    # only to demand MFA, see below:', '    # require: mfa']
      : []),
    '```',
  ].join('\n');
}

function fields({ fieldsToChange }: IdpProduct): string {
  const rows = (Object.keys(topics) as Topic[]).flatMap((topic) => {
    const field = fieldsToChange[topic];
    return field === undefined || codesAbout(topic) === ''
      ? []
      : [[topics[topic], prose(field), codesAbout(topic)]];
  });
  return table(['about', 'field', 'codes'], rows);
}

const page = (product: IdpProduct): string => `# ${product.name}

<!-- Made from src/admin/idps/${product.id}.ts by \`npm run docs\`. -->

For the administrator of ${product.name}. \`https://sso.example.com\` and \`acme\` stand for the address of the service and the
name of the connection; its operator sends you the real values (\`wix-saml metadata --values\`).

## What to type where

${valuesTable(product)}

## Step by step

${product.steps.map((step, number) => `${String(number + 1)}. ${prose(step)}`).join('\n')}

## What we need from you

Your metadata:

${theirs(product)}

The operator writes it into \`wix-saml.yaml\`:

${connection(product)}

## How to test

1. The operator runs \`wix-saml check\`: it shows entityID, addresses and certificates as they were understood.
2. Open \`https://sso.example.com/saml/login?connection=acme\`, in a private window, as a person who is assigned to the application.
3. If you see a reference instead of the site, send it to the operator: \`wix-saml why REFERENCE --log FILE\` names the field.
4. If nothing arrives at all, the message is the identity provider's own; see below.

## What goes wrong

${bullets(product.traps.map(prose))}

## When an answer is refused

${fields(product)}

## Multi-factor authentication

${prose(product.mfa.how)}
${mfaTable(product)}
## Where this comes from

Sources as of ${product.checked}:

${bullets(product.sources.map((source) => `<${source}>`))}
${product.unchecked.length === 0 ? '' : `\nNot confirmed by a source:\n\n${bullets(product.unchecked.map(prose))}\n`}`;

const mfaLine = (product: IdpProduct): string =>
  canShowMfa(product)
    ? `\`require: mfa\` of the connection demands one of these; nobody who signed in by one factor gets through:`
    : `\`require: mfa\` of the connection refuses everybody for whom no answer tells of MFA by this class:`;

function mfaTable(product: IdpProduct): string {
  const { ask, classes, attribute } = wayOfProduct(product);
  const lines = [
    ...classes.map((name) => `class ${code(name)}${ask.includes(name) ? ', which is asked for' : ''}`),
    ...(attribute === undefined
      ? []
      : [`attribute ${code(attribute.name)}: ${attribute.values.map(code).join(' or ')}`]),
  ];
  return `\n${mfaLine(product)}\n\n${bullets(lines)}\n`;
}

const index = (): string => `# Identity providers

<!-- Made from src/admin/idps by \`npm run docs\`. -->

Choose your product; each page has what to type where, in its own words.

${table(
  ['product', 'where its metadata is', 'as of'],
  idpProducts.map((product) => [
    `[${product.name}](${product.id}.md)`,
    prose(product.metadata.file ?? product.metadata.address ?? '–'),
    product.checked,
  ]),
)}

## Any other product

Every product that speaks SAML 2.0 works if it can send a signed answer by HTTP-POST with the person's e-mail address.
Import our metadata (\`/saml/metadata\` of the service, or the file that \`wix-saml metadata --out sp-metadata.xml\` writes), or
type the values:

${table(
  ['ours', 'value', 'often called'],
  values.map((value) => [...ours[value], prose(commonNames(value))]),
)}

- **Signature.** The Response, the Assertion or both, with SHA-256 or better. SHA-1 is refused.
- **Address.** As Name ID in the format emailAddress, or in one attribute that \`emailFrom\` of the connection names.
- **Encryption** is optional: RSA-OAEP with AES-GCM, or AES-CBC where the product has nothing better.
- **MFA.** \`require: mfa\` of the connection asks for the class \`https://refeds.org/profile/mfa\` and believes no other; the
  products above show it in ways of their own, which the line knows. Where yours has a class of its own, name that in
  \`requestedAuthnContext\` instead.
- **Start.** From our login URL. A tile of the product may lead there; an answer that nobody asked for starts a proper sign-in.
- **Requests** are signed. The product may demand that, and must answer the request that it got (InResponseTo).

Federations ask for a signed file: \`wix-saml metadata --signed\`.

## Which address decides

Say where the address stands: \`emailFrom: nameId\`, or \`emailFrom: mail\` with the exact name of an attribute. Nothing else is
looked at then. Without that line the NameID and the well-known attributes (\`email\`, \`mail\`, \`EmailAddress\`, the OIDs, the
WS-\\* \`emailaddress\` claim) are candidates as far as they hold a mailbox; a user principal name such as \`alice@CORP\` or a
guest name with \`#EXT#\` is none. Two different candidates are refused, because nobody said which of the two people signs in,
and \`wix-saml check\` reminds the operator of the line. The address must lie in one of the connection's \`emailDomains\`: another
company's IdP cannot vouch for your people, and \`"*"\` does not reach a domain that another connection of the site names.

## When a first sign-in does not work

- **Nothing arrives**, the identity provider itself says no: the person is not assigned to the application, or it is off.
- **The page shows a reference**: the operator's \`wix-saml why REFERENCE --log FILE\` names the code and the field; all codes are
  in [Errors](../errors.md).
- **That is not enough**: in the browser's developer tools, tab Network, save the sign-in as a HAR file, and run
  \`wix-saml explain FILE\`. It judges every rule and names the field to change. Delete the file afterwards.
`;

export const idpPages = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/idps/README.md', index()],
    ...idpProducts.map((product) => [`docs/idps/${product.id}.md`, page(product)] as const),
  ]);
