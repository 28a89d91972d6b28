/**
 * A tree written again, differently, with the same canonical form: attribute order, quotes, white space in tags, character
 * references, CDATA, empty-element tags, namespace declarations that say nothing new, comments. Every choice is drawn from
 * `choose`, so that fast-check can shrink it.
 */
import type { XmlElement } from '../../src/saml/xml/element';

/** An integer from 0 to `count - 1`. */
export type Choose = (count: number) => number;

export interface Freedoms {
  /** Exclusive C14N leaves unused declarations out; inclusive C14N does not. */
  readonly unusedNamespaces: boolean;
}

const BLANKS = [' ', '\t', '\n', '\r\n', '   '];
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

export function reserialize(root: XmlElement, choose: Choose, freedoms: Freedoms): string {
  const prolog = ['', '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8'?>\n", '\n', '\uFEFF'];
  const tail = ['', '\n', '<!-- the end -->'];
  const text = write(root, { choose, freedoms, inSignature: false, depth: 0 });
  return `${pick(choose, prolog)}${text}${pick(choose, tail)}`;
}

interface Writer {
  readonly choose: Choose;
  readonly freedoms: Freedoms;
  readonly inSignature: boolean;
  readonly depth: number;
}

const pick = <T>(choose: Choose, values: readonly T[]): T => values[choose(values.length)] as T;

function write(element: XmlElement, writer: Writer): string {
  const { choose } = writer;
  const inSignature = writer.inSignature || element.uri === DSIG || element.local === 'CipherValue';
  const within = { ...writer, inSignature, depth: writer.depth + 1 };
  const start = `<${element.name}${attributes(element, within)}${choose(4) === 0 ? pick(choose, BLANKS) : ''}`;
  if (element.children.length === 0 && choose(2) === 0) return `${start}/>`;
  const content = element.children.map((child) =>
    typeof child === 'string' ? writeText(child, within) : comment(within) + write(child, within),
  );
  return `${start}>${content.join('')}${comment(within)}</${element.name}${choose(6) === 0 ? ' ' : ''}>`;
}

/** Comments are refused inside a Signature and a CipherValue; everywhere else they are nothing. */
const comment = ({ choose, inSignature }: Writer): string =>
  inSignature || choose(5) > 0 ? '' : pick(choose, ['<!---->', '<!-- a -->', '<!--<b>&</b>-->']);

function attributes(element: XmlElement, writer: Writer): string {
  const { choose, freedoms, depth } = writer;
  const written = [
    ...element.namespaces.map(
      ({ prefix, uri }) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri] as const,
    ),
    ...repeated(element, choose),
    ...(freedoms.unusedNamespaces && choose(5) === 0
      ? [[`xmlns:unused${depth}`, 'urn:unused'] as const]
      : []),
    ...element.attributes.map(({ name, value }) => [name, value] as const),
  ];
  return shuffled(written, choose)
    .map(([name, value]) => {
      const quote = pick(choose, ['"', "'"]);
      const equals = pick(choose, ['=', '=', '=', ' = ', '\n=']);
      // A namespace name is compared as it stands before some parsers resolve references in it; leave it plain.
      const text = name.startsWith('xmlns') ? value : writeValue(value, quote, choose);
      return `${pick(choose, BLANKS)}${name}${equals}${quote}${text}${quote}`;
    })
    .join('');
}

/** Declares what is in scope already. */
function repeated(element: XmlElement, choose: Choose): (readonly [string, string])[] {
  const own = new Set(element.namespaces.map(({ prefix }) => prefix));
  const seen = new Set(own);
  const found: (readonly [string, string])[] = [];
  for (let at = element.parent; at !== undefined; at = at.parent) {
    for (const { prefix, uri } of at.namespaces) {
      if (seen.has(prefix)) continue;
      seen.add(prefix);
      if (choose(4) === 0) found.push([prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri]);
    }
  }
  return found;
}

function shuffled<T>(values: readonly T[], choose: Choose): T[] {
  const rest = [...values];
  const result: T[] = [];
  while (rest.length > 0) result.push(...rest.splice(choose(rest.length), 1));
  return result;
}

const reference = (character: string, choose: Choose): string => {
  const code = character.codePointAt(0) ?? 0;
  return pick(choose, [`&#${code};`, `&#x${code.toString(16)};`, `&#x00${code.toString(16).toUpperCase()};`]);
};

function writeValue(value: string, quote: string, choose: Choose): string {
  return Array.from(value)
    .map((character) => {
      if (character === '&') return pick(choose, ['&amp;', '&#38;']);
      if (character === '<') return pick(choose, ['&lt;', '&#x3C;']);
      if (character === quote || character === '\t' || character === '\n' || character === '\r') {
        return reference(character, choose);
      }
      if (character === ' ') return pick(choose, [' ', '\t', '\n']); // attribute-value normalisation (XML §3.3.3)
      return choose(12) === 0 ? reference(character, choose) : character;
    })
    .join('');
}

function writeText(text: string, writer: Writer): string {
  const { choose } = writer;
  const pieces = split(Array.from(text), choose);
  return pieces.map((piece) => comment(writer) + writePiece(piece, choose)).join('');
}

function split(characters: readonly string[], choose: Choose): string[] {
  if (characters.length < 2 || choose(3) > 0) return [characters.join('')];
  const at = 1 + choose(characters.length - 1);
  return [characters.slice(0, at).join(''), characters.slice(at).join('')];
}

function writePiece(text: string, choose: Choose): string {
  if (choose(4) === 0 && !text.includes(']]>') && !text.includes('\r')) return `<![CDATA[${text}]]>`;
  return Array.from(text)
    .map((character) => {
      if (character === '&') return pick(choose, ['&amp;', '&#38;']);
      if (character === '<') return pick(choose, ['&lt;', '&#60;']);
      if (character === '>') return pick(choose, ['&gt;', '&#x3e;']);
      if (character === '\r') return reference(character, choose);
      if (character === '\n') return pick(choose, ['\n', '\r\n', '\r', '&#10;']); // line ends (XML §2.11)
      return choose(12) === 0 ? reference(character, choose) : character;
    })
    .join('');
}
