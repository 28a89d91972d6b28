/**
 * Every single-byte change inside a signed element, at every position (every thirtieth in `npm test`). A change may be accepted in one case only: white
 * space for white space where XML says that it is the same (between attributes, in attribute values, line ends), which
 * must then read exactly as before.
 */
import { judge, makeWorld, NOW, plain, toField, type World } from './gate';
import { stride } from './runs';

const WHITE_SPACE = new Set([...Buffer.from(' \t\r\n')]);
/** Markup, white space, NUL, other controls, a digit, a letter, and bytes that are no UTF-8 by themselves. */
const REPLACEMENTS = [...Buffer.from('<>&"= \n\0;A'), 0x80];

interface Message {
  readonly bytes: Buffer;
  /** Of the signed element. */
  readonly start: number;
  readonly end: number;
}

function message(world: World, signed: 'assertion' | 'response'): Message {
  const xml = world.honest({
    sign: { [signed]: true },
    signature: { keyInfo: 'none', ...(signed === 'response' ? { prefixList: ['xs', 'xsi'] } : {}) },
    attributes: [{ name: 'displayName', values: ['Älice "A" <a> & 𝒜'] }],
    ...(signed === 'response' ? { style: { indent: ' ', xsiType: 'response' } } : {}),
  });
  const bytes = Buffer.from(xml);
  if (signed === 'response') return { bytes, start: 0, end: bytes.length };
  const close = '</saml:Assertion>';
  return { bytes, start: bytes.indexOf('<saml:Assertion'), end: bytes.indexOf(close) + close.length };
}

type Change = (bytes: Buffer, at: number) => readonly (readonly [changed: Buffer, involved: number[]])[];

const replaced: Change = (bytes, at) => {
  const original = bytes[at] ?? 0;
  return [...REPLACEMENTS, original ^ 1, original ^ 0x20]
    .filter((byte) => byte !== original)
    .map((byte) => {
      const changed = Buffer.from(bytes);
      changed[at] = byte;
      return [changed, [original, byte]] as const;
    });
};
const removed: Change = (bytes, at) => [
  [Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]), [bytes[at] ?? 0]],
];
const inserted: Change = (bytes, at) =>
  [...Buffer.from('< \r"A')].map(
    (byte) =>
      [Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)]), [byte]] as const,
  );

describe.each(['assertion', 'response'] as const)('a signed %s', (signed) => {
  const world = makeWorld();
  const { bytes, start, end } = message(world, signed);
  const original = judge(toField(bytes), world.parties, NOW);

  it('is accepted unchanged', () => {
    expect(original.accepted?.data.nameId?.value).toBe('alice@example.com');
  });

  it.each([
    ['replaced', replaced, 9],
    ['removed', removed, 1],
    ['inserted', inserted, 4],
  ] as const)(
    '#signature/single-byte is refused with any byte %s, white space that means nothing aside',
    (_name, change, least) => {
      if (original.accepted === undefined) throw new Error(original.code);
      const expected = plain(original.accepted);
      let tried = 0;
      const wrong: string[] = [];
      for (let at = start; at < end; at += stride) {
        for (const [changed, involved] of change(bytes, at)) {
          tried++;
          const { accepted } = judge(toField(changed), world.parties, NOW);
          if (accepted === undefined) continue;
          const harmless = involved.every((byte) => WHITE_SPACE.has(byte));
          if (!harmless || !sameValue(plain(accepted), expected)) {
            wrong.push(`${involved.join('→')} at ${at}: ${changed.subarray(at - 20, at + 20).toString()}`);
          }
        }
      }
      expect(tried).toBeGreaterThanOrEqual(((end - start) / stride) * least);
      expect(wrong).toEqual([]);
    },
    180_000,
  );
});

const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
