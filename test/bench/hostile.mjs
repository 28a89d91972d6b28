// What anybody can post without a key: each shape in four sizes, through the gate, warm. Every one must be refused.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { interleaved, table } from './measure.mjs';
import { assertionXml, makeSigner, responseXml, signed } from './messages.mjs';
import { gate } from './validation.mjs';

const repeat = (bytes, piece) => {
  let text = '';
  for (let index = 0; text.length < bytes; index++) text += piece(index);
  return text;
};

/** Filler of about that many bytes, for the inside of an element. */
export const shapes = {
  values: (bytes) => repeat(bytes, (index) => `<a xmlns="urn:x">honest value ${index}</a>`),
  siblings: (bytes) => repeat(bytes, () => '<a/>'),
  comments: (bytes) => repeat(bytes, () => '<!---->'),
  identifiers: (bytes) => repeat(bytes, (index) => `<a ID="i${index}"/>`),
  attributes: (bytes) => `<a ${repeat(bytes, (index) => ` a${index}=""`)}/>`,
  namespaces: (bytes) => `<a ${repeat(bytes, (index) => ` xmlns:a${index}="urn:x"`)}/>`,
  nestedNamespaces: (bytes) => repeat(bytes, (index) => `<a${index}:b xmlns:a${index}="urn:${index}">`),
  depth: (bytes) => '<a>'.repeat(bytes / 7) + '</a>'.repeat(bytes / 7),
  characterReferences: (bytes) => `<a>${repeat(bytes, () => '&#65;')}</a>`,
  entities: (bytes) => `<a>${repeat(bytes, () => '&amp;')}</a>`,
  text: (bytes) => `<a>${'x'.repeat(bytes)}</a>`,
  cdata: (bytes) => `<a>${repeat(bytes, () => '<![CDATA[]]>')}</a>`,
};

/** Whole documents instead of filler. */
const documents = {
  unclosed: (bytes) => '<a>'.repeat(bytes / 3),
  lessThan: (bytes) => '<'.repeat(bytes),
  garbage: (bytes) => 'A'.repeat(bytes),
  nul: (bytes) => '\0'.repeat(bytes),
};

const sizes = [48, 96, 192, 384];

export async function hostileMessages(signer) {
  const good = signed(assertionXml(), 'Assertion', signer);
  // A signature in order, over other bytes: everything up to the digest has to be done.
  const bad = good.replace(/<ds:DigestValue>[^<]{4}/, '<ds:DigestValue>AAAA');
  const messages = [];
  for (const size of sizes) {
    const bytes = size * 1024 - 8 * 1024;
    for (const [name, shape] of Object.entries(shapes)) {
      const inside = `<saml2:Advice>${shape(bytes)}</saml2:Advice>`;
      messages.push({
        name,
        size,
        xml: responseXml(bad.replace('<saml2:AuthnStatement', `${inside}<saml2:AuthnStatement`)),
      });
    }
    for (const [name, document] of Object.entries(documents))
      messages.push({ name, size, xml: document(bytes) });
    const references = '<ds:Reference URI="#x"/>'.repeat(bytes / 24);
    messages.push({
      name: 'references',
      size,
      xml: responseXml(bad.replace('</ds:SignedInfo>', `${references}</ds:SignedInfo>`)),
    });
    messages.push({
      name: 'unsigned',
      size,
      xml: responseXml(assertionXml({ groups: Math.floor(bytes / 230) })),
    });
  }
  return messages.map((message) => ({ ...message, field: Buffer.from(message.xml).toString('base64') }));
}

function refusal(validate, field) {
  try {
    validate(field);
  } catch (error) {
    if (typeof error.code === 'string' && error.name === 'SsoError') return error.code;
    throw error;
  }
  throw new Error('a hostile message was accepted');
}

export async function hostile({ rounds }) {
  const signer = makeSigner();
  const validate = gate({ certificates: [signer.certificate] });
  const measured = new Map();
  for (const { name, size, field } of await hostileMessages(signer)) {
    const code = refusal(validate, field);
    const { it } = await interleaved({ it: { run: () => refusal(validate, field), times: 2 } }, rounds);
    if (!measured.has(name)) measured.set(name, { name, codes: new Set() });
    const row = measured.get(name);
    row.codes.add(code);
    row[size] = it.min;
  }
  const rows = [...measured.values()].map((row) => ({
    ...row,
    codes: [...row.codes],
    memoryMb: memoryOf(row.name),
  }));
  const worst = Math.max(...rows.flatMap((row) => sizes.map((size) => row[size])));
  console.log(
    '\nHostile messages, warm CPU ms (least of the rounds), and extra memory of 20 in a row at 384 KB',
  );
  console.log(
    table(
      ['shape', ...sizes.map((size) => `${size} KB`), 'MB', 'refused with'],
      rows.map((row) => [row.name, ...sizes.map((size) => row[size]), row.memoryMb, row.codes.join(' ')]),
    ),
  );
  const garbage = Math.max(...sizes.map((size) => measured.get('garbage')[size]));
  const memory = Math.max(...rows.map(({ memoryMb }) => memoryMb));
  console.log(
    `worst: ${worst.toFixed(1)} ms (budget 60), garbage ${garbage.toFixed(1)} ms (budget 10), ` +
      `extra memory ${memory.toFixed(0)} MB (budget 40)`,
  );
  return { rows, worst, garbage, memory };
}

/** Peak memory beyond a warm process, in a process of its own. */
function memoryOf(name) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const signer = makeSigner();
  const validate = gate({ certificates: [signer.certificate] });
  const warm = Buffer.from(responseXml(signed(assertionXml({ groups: 150 }), 'Assertion', signer))).toString(
    'base64',
  );
  for (let time = 0; time < 50; time++) validate(warm);
  const { field } = (await hostileMessages(signer)).find(
    ({ name, size }) => name === process.argv[2] && size === 384,
  );
  const before = process.resourceUsage().maxRSS;
  for (let time = 0; time < 20; time++) refusal(validate, field);
  process.stdout.write(String((process.resourceUsage().maxRSS - before) / 1024));
}
