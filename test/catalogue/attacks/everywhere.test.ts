/**
 * Not chosen places but all of them: an evil fragment at every boundary of every signed layout, and, at the gate itself,
 * every single byte changed. Whatever happens, nobody but the person who was signed gets a ticket, and nothing fails in an unforeseen way.
 */
import {
  honest,
  assertionOf,
  evilAssertion,
  idOf,
  replaceAll,
  signatureOf,
  withoutSignature,
  type Signed,
} from './material';
import { judge as atTheGate, makeWorld, NAME_ID, NOW, toField } from '../../properties/gate';
import { post, type AttackContext } from './catalogue';
import { hasTicket, startServiceProvider, type RunningServiceProvider } from './running-sp';

let sp: RunningServiceProvider;
let context: AttackContext;
beforeAll(async () => {
  sp = await startServiceProvider();
  context = await sp.context();
});
afterAll(() => sp.close());

/** Sends a message made for the current request; answers the code, or `accepted` once it is sure for whom. */
async function judge(xml: string): Promise<string> {
  const outcome = await sp.send(post(xml));
  if (!hasTicket(outcome)) {
    expect(outcome.location).toBeNull();
    return outcome.code ?? 'nothing in the log';
  }
  expect(await sp.redeem(outcome)).toBe(context.attacker);
  context = await sp.context();
  return 'accepted';
}

/** The message for the current request; made once for each. KeyInfo is not signed, so it would only make it longer. */
const made = new WeakMap<AttackContext, Map<Signed, string>>();
function message(signed: Signed): string {
  const known = made.get(context) ?? new Map<Signed, string>();
  made.set(context, known);
  const xml = known.get(signed) ?? honest(context, signed, { signature: { keyInfo: 'none' } });
  known.set(signed, xml);
  return xml;
}

const layouts: Signed[] = ['assertion', 'response', 'both'];

type Fragment = (c: AttackContext, xml: string) => string;
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const fragments: [string, Fragment][] = [
  ['an evil assertion', (c, xml) => evilAssertion(c, xml)],
  ['an evil assertion without ID', (c, xml) => evilAssertion(c, xml, null)],
  ['an evil assertion with the same ID', (c, xml) => evilAssertion(c, xml, idOf(assertionOf(xml)))],
  ['the whole message for the victim', (c, xml) => replaceAll(withoutSignature(xml), c.attacker, c.victim)],
  ['an evil NameID', (c) => `<saml:NameID xmlns:saml="${SAML}">${c.victim}</saml:NameID>`],
  [
    'an evil Subject',
    (c) => `<saml:Subject xmlns:saml="${SAML}"><saml:NameID>${c.victim}</saml:NameID></saml:Subject>`,
  ],
  [
    'an evil AttributeStatement',
    (c) =>
      `<saml:AttributeStatement xmlns:saml="${SAML}"><saml:Attribute Name="email"><saml:AttributeValue>${c.victim}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`,
  ],
  ['a copy of the Signature', (_c, xml) => signatureOf(xml)],
  ['an empty Signature', () => `<ds:Signature xmlns:ds="${DSIG}"/>`],
  ['an evil address as text', (c) => c.victim],
  ['an evil address as CDATA', (c) => `<![CDATA[${c.victim}]]>`],
  ['a comment', (c) => `<!-- ${c.victim} -->`],
  ['a processing instruction', (c) => `<?x ${c.victim}?>`],
  ['a foreign element', (c) => `<x:y xmlns:x="urn:x">${c.victim}</x:y>`],
  ['an end tag', () => '</saml:Assertion>'],
];

/** Every offset at which a tag begins or ends. */
const boundaries = (xml: string): number[] => [
  0,
  ...[...xml.matchAll(/>/g)].map(({ index }) => index + 1),
  ...[...xml.matchAll(/(?<=[^>])</g)].map(({ index }) => index),
];

/** `npm run test:properties` tries every boundary; `npm test` every sixth, beginning elsewhere for each fragment. */
const STEP = { full: 1, half: 2, quarter: 4 }[process.env['PROPERTY_RUNS'] ?? ''] ?? 15;
/** Every byte and every length there; here every seventh, so that no power of two hides a kind of place. */
const THIN = STEP === 15 ? 7 : 1;
let offset = 0;
const nextOffset = (): number => offset++ % STEP;

describe.each(layouts)('in a message with signed %s', (signed) => {
  it.each(fragments)('%s helps nowhere', async (_name, fragment) => {
    const seen = new Set<string>();
    for (let place = nextOffset(); ; place += STEP) {
      const xml = message(signed);
      const at = boundaries(xml)[place];
      if (at === undefined) break;
      seen.add(await judge(xml.slice(0, at) + fragment(context, xml) + xml.slice(at)));
    }
    expect([...seen]).not.toContain('INTERNAL_ERROR');
    expect([...seen].filter((code) => code !== 'accepted').length).toBeGreaterThan(0);
  });
});

describe('a single changed byte', () => {
  it.each([
    ['assertion', THIN],
    ['response', 3 * THIN],
  ] as const)('inside a signed %s makes nobody else', (signed, step) => {
    const world = makeWorld();
    const xml = world.honest({ sign: { [signed]: true }, signature: { keyInfo: 'none' } });
    const seen = new Map<string, number>();
    for (let at = 0; at < xml.length; at += step) {
      const flipped = String.fromCharCode(xml.charCodeAt(at) ^ 1);
      const outcome = atTheGate(toField(xml.slice(0, at) + flipped + xml.slice(at + 1)), world.parties, NOW);
      if (outcome.accepted !== undefined) expect(outcome.accepted.data.nameId?.value).toBe(NAME_ID);
      const code = outcome.code ?? 'accepted';
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    expect([...seen.keys()]).not.toContain('INTERNAL_ERROR');
    expect(seen.get('SAML_SIGNATURE_INVALID')).toBeGreaterThan(100 / THIN);
  });
});

describe('a truncated message', () => {
  it('is refused at every length', () => {
    const world = makeWorld();
    const xml = world.honest({ sign: { response: true, assertion: true }, signature: { keyInfo: 'none' } });
    const seen = new Set<string | undefined>();
    for (let length = 1; length < xml.length; length += THIN) {
      seen.add(atTheGate(toField(xml.slice(0, length)), world.parties, NOW).code);
    }
    expect([...seen]).toEqual(['SAML_XML_MALFORMED']);
  });
});
