// What one anonymous request costs the running service, whatever its shape, from the first byte of its body: CPU of all threads
// of the process, with the settings that `serve` has. Every shape must be refused.

import { openClient } from './client.mjs';
import { summary, table } from './measure.mjs';
import { assertionXml, responseXml, signed } from './messages.mjs';
import { cpuOf } from './service.mjs';

const KB = 1024;
const budget = 60;
const rounds = 7;

const fill = (bytes, piece) => piece.repeat(Math.floor(bytes / piece.length));
const field = (xml) => `SAMLResponse=${encodeURIComponent(Buffer.from(xml).toString('base64'))}`;
const attributes = (name) => Array.from({ length: 60 }, (_, index) => name(index)).join('');

/** Names of findings where there is one. @param honest a signed Response of one's own @param encryption PEM of the service */
export function priceShapes({ honest, encryptedKeys }) {
  const around = (filler) =>
    honest.replace('<saml2p:Status>', `<saml2p:Extensions>${filler}</saml2p:Extensions><saml2p:Status>`);
  const room = 376 * KB - honest.length;
  const wide = attributes((index) => ` a${index}=""`);
  const shapes = {
    'D1 A+A+A+…': () => `SAMLResponse=${fill(680 * KB, 'A+')}`,
    'blanks only': () => `SAMLResponse=${fill(680 * KB, '+')}`,
    'escaped blanks': () => `SAMLResponse=${fill(680 * KB, 'A%20')}`,
    'escaped line breaks': () => `SAMLResponse=${fill(680 * KB, '%0D%0A')}`,
    'line breaks': () => `SAMLResponse=${fill(680 * KB, 'A\n')}`,
    'all escapes': () => `SAMLResponse=${fill(680 * KB, '%41')}`,
    'D2 RelayState=+++…': () => `SAMLResponse=YQ%3D%3D&RelayState=${fill(680 * KB, '+')}`,
    'RelayState of escapes': () => `SAMLResponse=YQ%3D%3D&RelayState=${fill(680 * KB, '%41')}`,
    'name of pluses': () => `${fill(680 * KB, '+')}=1`,
    'name of escapes': () => `${fill(680 * KB, '%41')}=1`,
    ampersands: () => fill(680 * KB, '&'),
    'garbage base64': () => `SAMLResponse=${fill(500 * KB, 'AAAA')}`,
    'D2 CR in text': () => field(around(`<a>${fill(room, '\r')}</a>`)),
    'CR LF in text': () => field(around(`<a>${fill(room, '\r\n')}</a>`)),
    'D2 LF in an attribute': () => field(around(`<a b="${fill(room, '\n')}"/>`)),
    'TAB in an attribute': () => field(around(`<a b="${fill(room, '\t')}"/>`)),
    'CR in an attribute': () => field(around(`<a b="${fill(room, '\r')}"/>`)),
    'references in an attribute': () => field(around(`<a b="${fill(room, '&#9;')}"/>`)),
    'references in text': () => field(around(`<a>${fill(room, '&#65;')}</a>`)),
    'white space between': () => field(around(`<a>${fill(room, ' \n')}</a>`)),
    'empty elements': () => field(around(fill(Math.min(room, 4 * 9_900), '<a/>'))),
    'elements with text': () =>
      field(
        around(
          fill(room, `<a xmlns="urn:x">honest value</a>`).replace(/(?:<a[^]*?<\/a>){9900}[^]*/, (all) =>
            all.slice(0, 33 * 9_900),
          ),
        ),
      ),
    'D3 60 attributes each': () => field(around(fill(room, `<a${wide}/>`))),
    '60 prefixed attributes each': () =>
      field(
        around(
          `<r${attributes((index) => ` xmlns:p${index}="u${index}"`)}>${fill(room - 2000, `<a${attributes((index) => ` p${index}:b=""`)}/>`)}</r>`,
        ),
      ),
    '60 namespaces each': () =>
      field(around(fill(room, `<a${attributes((index) => ` xmlns:n${index}="u"`)}/>`))),
    'unsigned values': () => field(responseXml(assertionXml({ groups: 1500 }))),
    'D3 eight EncryptedKeys': () => field(encryptedKeys),
  };
  return Object.entries(shapes).map(([name, build]) => ({ name, body: build() }));
}

export async function price({ port, pid, signer, names, encryptedKeys }) {
  const honest = signed(assertionXml({ to: names }), 'Assertion', signer).replace(
    /<ds:DigestValue>..../,
    '<ds:DigestValue>AAAA',
  );
  const client = openClient(port, '127.0.0.9');
  const rows = [];
  for (const { name, body } of priceShapes({ honest: responseXml(honest, { to: names }), encryptedKeys })) {
    const costs = [];
    let answer;
    for (let round = 0; round < rounds; round++) {
      const from = cpuOf(pid);
      answer = await client.answer(body);
      costs.push(cpuOf(pid) - from);
    }
    if (answer.status < 400) throw new Error(`${name} was answered ${answer.status}`);
    const code = /[A-Z]+_[A-Z_]+/.exec(/Code: <code>([A-Z_]+)/.exec(answer.body)?.[0] ?? '')?.[0];
    const { min, median } = summary(costs);
    rows.push({ name, bytes: body.length, min, median, most: Math.max(...costs), code });
  }
  client.close();
  console.log(`\nOne anonymous request to the running service, CPU ms (budget ${budget})`);
  console.log(
    table(
      ['shape', 'KB', 'least', 'median', 'most', 'refused with'],
      rows.map(({ name, bytes, min, median, most, code }) => [
        name,
        (bytes / KB).toFixed(0),
        min,
        median,
        most,
        code ?? '',
      ]),
    ),
  );
  const worst = rows.reduce((a, b) => (b.median > a.median ? b : a));
  console.log(`worst: ${worst.name}, ${worst.median.toFixed(1)} ms (goal ≤ ${budget})`);
  return { rows, worst };
}
