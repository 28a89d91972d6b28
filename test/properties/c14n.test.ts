// Our canonicaliser (and the parser in front of it) against libxml2, byte for byte, on random documents, subtrees and
// PrefixLists. C14N_MINUTES=10 runs as long as that; C14N_SEED repeats a run.

import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import {
  canonicalizeExclusive,
  canonicalizeInclusive,
  canonicalPieces,
  type CanonicalPieces,
} from '../../src/saml/xml/canonicalize';
import { childElements, type XmlElement } from '../../src/saml/xml/element';
import { parseXml, walkXml } from '../../src/saml/xml/parse';
import { elementOf } from '../../src/saml/xml/start-tag';
import { Dice, randomCase, type Case } from './c14n/generate';
import { linesOf } from './c14n/lines.cjs';
import { numRuns } from './runs';

const minutes = Number(process.env['C14N_MINUTES'] ?? 0);
const seed = Number(process.env['C14N_SEED'] ?? randomInt(2 ** 31));
const batch = numRuns(2_000).numRuns;
const batches = 4;

function elementsOf(element: XmlElement): XmlElement[] {
  return [element, ...childElements(element).flatMap(elementsOf)];
}

function ours({ xml, element, exclusive, prefixes }: Case): string {
  const apex = elementsOf(parseXml(xml))[element];
  if (apex === undefined) throw new RangeError('no such element');
  return exclusive
    ? canonicalizeExclusive(apex, { inclusivePrefixes: prefixes })
    : canonicalizeInclusive(apex);
}

/** As a document that is never whole in memory. */
function inPieces({ xml, exclusive, prefixes }: Case, size: number): string {
  let out = '';
  let pieces: CanonicalPieces | undefined;
  let depth = 0;
  const walk = walkXml({
    start: (tag) => {
      depth += 1;
      const element = elementOf(tag);
      const method = exclusive ? 'exclusive' : 'inclusive';
      pieces ??= canonicalPieces(element, { method, inclusivePrefixes: prefixes });
      out += pieces.start(element);
    },
    text: (text) => (out += depth === 0 ? '' : (pieces?.text(text) ?? '')),
    close: () => {
      depth -= 1;
      out += pieces?.end() ?? '';
    },
  });
  for (let at = 0; at < xml.length; at += size) walk.write(xml.slice(at, at + size));
  walk.end();
  return out;
}

/**
 * The judge, asked and answering in lines. A line ends at a line feed and nowhere else: readline of Node 24 also splits at
 * U+2028 and U+2029, which stand as they are inside of JSON.
 */
function startLibxml2() {
  const child = spawn(process.execPath, [join(__dirname, 'c14n', 'libxml2.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = linesOf(child.stdout);
  return {
    async judge(cases: readonly Case[]): Promise<unknown[]> {
      child.stdin.write(cases.map((each) => `${JSON.stringify(each)}\n`).join(''));
      const judged: unknown[] = [];
      while (judged.length < cases.length) {
        const answer = await answers.next();
        if (answer.done === true) throw new Error('libxml2 has died');
        judged.push(JSON.parse(answer.value));
      }
      return judged;
    },
    stop: () => child.stdin.end(),
  };
}

// Not at load: where a filter leaves no test of this file, nothing would stop it.
let libxml2: ReturnType<typeof startLibxml2>;
beforeAll(() => {
  libxml2 = startLibxml2();
});
afterAll(() => libxml2.stop());

describe('the canonicaliser', () => {
  it(
    `agrees with libxml2 on random documents (seed ${seed})`,
    async () => {
      const dice = new Dice(seed);
      const end = performance.now() + minutes * 60_000;
      const refused: string[] = [];
      const seen = { exclusive: 0, withPrefixes: 0, inner: 0, total: 0 };
      for (let round = 0; round < batches || performance.now() < end; round++) {
        const cases = Array.from({ length: batch }, () => randomCase(dice));
        const judged = await libxml2.judge(cases);
        for (const [index, each] of cases.entries()) {
          const theirs = judged[index];
          seen.total++;
          if (typeof theirs !== 'string') {
            refused.push(each.xml);
            continue;
          }
          if (each.exclusive) seen.exclusive++;
          if (each.prefixes.length > 0) seen.withPrefixes++;
          if (each.element > 0) seen.inner++;
          if (ours(each) !== theirs)
            expect({ case: each, canonical: ours(each) }).toEqual({ case: each, canonical: theirs });
        }
      }
      // A proof on documents that were all refused, or all alike, would be none.
      expect(refused).toEqual([]);
      for (const share of [seen.exclusive, seen.withPrefixes, seen.inner]) {
        expect(share).toBeGreaterThan(seen.total / 10);
      }
    },
    minutes * 60_000 + 60_000,
  );

  it('E22: takes line separators in a text for what they are, whatever this Node splits lines at', async () => {
    const [separator, paragraph] = ['\u2028', '\u2029'];
    const xml = `<a b="${separator}">x${separator}y${paragraph}z\u0085</a>`;
    const cases = [{ xml, element: 0, exclusive: true, prefixes: [] }];
    expect(await libxml2.judge(cases)).toEqual(cases.map(ours));
  });

  it('writes the same piece by piece, wherever the text is cut', () => {
    const dice = new Dice(seed);
    for (let round = 0; round < 500; round++) {
      const { xml, exclusive, prefixes } = randomCase(dice);
      const whole = ours({ xml, element: 0, exclusive, prefixes });
      expect(inPieces({ xml, element: 0, exclusive, prefixes }, 1 + (round % 40))).toBe(whole);
    }
  });

  it('leaves the given element out, and nothing else', () => {
    const dice = new Dice(seed);
    for (let round = 0; round < 500; round++) {
      const signature = '<s:Signature xmlns:s="urn:s"><s:a>&lt;</s:a> text <!-- c --></s:Signature>';
      const { xml, exclusive } = randomCase(dice);
      const at = xml.lastIndexOf('</');
      if (at < 0) continue;
      const withSignature = parseXml(xml.slice(0, at) + signature + xml.slice(at));
      const without = elementsOf(withSignature).find(({ uri }) => uri === 'urn:s');
      const canonical = exclusive ? canonicalizeExclusive : canonicalizeInclusive;
      if (without === undefined) throw new Error('the Signature is gone');
      expect(canonical(withSignature, { without })).toBe(canonical(parseXml(xml)));
    }
  });
});
