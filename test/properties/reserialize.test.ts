/** Whatever keeps the canonical form keeps the acceptance and every value; the text of the message is not what counts. */
import fc from 'fast-check';
import { parseXml } from '../../src/saml/xml/parse';
import { C14N, CONTENT, type ResponseOptions } from '../support/idp';
import { judge, makeWorld, NOW, plain, toField } from './gate';
import { reserialize, type Choose, type Freedoms } from './reserialize';
import { numRuns } from './runs';

const world = makeWorld();
const runs = numRuns(200);
const attributes = [
  { name: 'displayName', values: ['Älice & "A" <a> \'b\' ]]> 𝒜', '', ' two\nlines\t'] },
  { name: 'groups & more', nameFormat: 'urn:x', friendlyName: 'G "1"', values: ['a', 'b'] },
];

const exclusive: Freedoms = { unusedNamespaces: true };
const inclusive: Freedoms = { unusedNamespaces: false };

const layouts: readonly (readonly [string, Freedoms, Partial<ResponseOptions>])[] = [
  ['a signed Assertion', exclusive, {}],
  ['a signed Response', exclusive, { sign: { response: true } }],
  ['both signed', exclusive, { sign: { response: true, assertion: true } }],
  [
    'a PrefixList',
    inclusive,
    {
      sign: { response: true, assertion: true },
      signature: { prefixList: ['xs', 'xsi'] },
      style: { xsiType: 'response' },
    },
  ],
  [
    'inclusive C14N',
    inclusive,
    { sign: { response: true, assertion: true }, signature: { canonicalization: C14N.inclusive } },
  ],
  [
    'default namespaces, pretty-printed',
    exclusive,
    {
      sign: { response: true },
      signature: { prefix: '', wrapBase64: true },
      style: { protocolPrefix: '', assertionPrefix: '', indent: '  ' },
    },
  ],
  [
    'an encrypted Assertion',
    exclusive,
    { encrypt: { recipients: [world.decryption.certificatePem], content: CONTENT.aes256gcm } },
  ],
];

/** A stream of choices; when it runs dry the plainest choice is taken, so that shrinking ends at the original. */
const choices = fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 1500 }).map((numbers): Choose => {
  let at = 0;
  return (count) => {
    const number = numbers[at++ % numbers.length] ?? 0;
    return (number + at) % count;
  };
});

describe('re-serialising', () => {
  it.each(layouts)('%s leaves acceptance and values as they are', (_name, freedoms, options) => {
    const xml = world.honest({ attributes, ...options });
    const original = judge(toField(xml), world.parties, NOW);
    if (original.accepted === undefined) throw new Error(original.code);
    const expected = plain(original.accepted);
    const root = parseXml(xml);
    let changed = 0;
    fc.assert(
      fc.property(choices, (choose) => {
        const again = reserialize(root, choose, freedoms);
        if (again !== xml) changed++;
        const outcome = judge(toField(again), world.parties, NOW);
        if (outcome.accepted === undefined) throw new Error(`${outcome.code}: ${again}`);
        expect(plain(outcome.accepted)).toEqual(expected);
      }),
      runs,
    );
    expect(changed).toBeGreaterThan(runs.numRuns * 0.75);
  });
});
