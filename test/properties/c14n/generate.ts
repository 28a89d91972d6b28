// Random well-formed, namespace-well-formed documents with everything that canonicalisation has an opinion on.

/** Same seed, same documents. (mulberry32, public domain) */
export class Dice {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  of<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new RangeError('nothing to choose from');
    return choice;
  }
}

// Upper and lower case, digits, names that start with xmlns or xml, letters beyond ASCII and beyond the BMP: each has been
// sorted or dropped wrongly by some canonicaliser.
const prefixes = ['a', 'b', 'B', 'a1', 'a-b', 'a.b', 'xs', 'ä', 'xmlnsx', 'ﬀ', '\u{10400}', '_'];
const locals = ['a', 'B', 'b', 'c1', 'xmlnsfoo', 'é', '\u{10401}', 'ID2', 'x-y', 'x.y', 'ﬁ'];
// libxml2 refuses a namespace name that is not a URI, and writes an ampersand in one unescaped, against xml-c14n §2.3
// (its output is then not XML): nothing to compare with there.
const uris = [
  'urn:a',
  'urn:b',
  'urn:A',
  'urn:a:b',
  'http://x/',
  "http://x/?a=1;b='2'",
  'http://x/%C3%A4',
  'urn:x-&#97;',
  'https://x/~_.!*()#;:@=+$,',
];
const texts = [
  'text',
  ' ',
  '\n  ',
  '\t',
  '\r\n',
  '\r',
  'a]]&gt;b',
  '&amp;&lt;&gt;&quot;&apos;',
  '&#13;&#10;&#9;',
  '&#xD;',
  '"quoted" \'text\'',
  '>',
  '\u0085\u2028\u00A0',
  'ä€\u{1F600}',
  '&#x1F600;&#xFFFD;',
  '<![CDATA[<a>&amp;\r\n]]>',
  '<![CDATA[]]>',
  '<![CDATA[x]]]]><![CDATA[>]]>',
  '<!-- comment -->',
  '<!---->',
];
const values = [
  '',
  'value',
  ' two  spaces ',
  '\t\n\r\n',
  '&#9;&#10;&#13;',
  '&amp;&lt;&gt;&apos;',
  '&quot;',
  '>',
  '\u0085\u2028',
  'ä€\u{1F600}',
  '&#x20;&#x1F600;',
];

type Scope = ReadonlyMap<string, string>;

function attribute(dice: Dice, name: string, value: string): string {
  const quote = dice.chance(0.3) ? "'" : '"';
  const space = dice.of([' ', ' ', '  ', '\n']);
  const equals = dice.of(['=', '=', ' = ']);
  return `${space}${name}${equals}${quote}${value.replaceAll(quote, quote === '"' ? '&quot;' : '&apos;')}${quote}`;
}

function declarations(dice: Dice, outer: Scope): { xml: string[]; scope: Map<string, string> } {
  const scope = new Map(outer);
  const xml: string[] = [];
  const declared = new Set<string>();
  for (let count = dice.below(4); count > 0; count--) {
    const prefix = dice.chance(0.25) ? '' : dice.of(prefixes);
    if (declared.has(prefix)) continue;
    declared.add(prefix);
    const uri = prefix === '' && dice.chance(0.4) ? '' : dice.of(uris);
    scope.set(prefix, uri);
    xml.push(attribute(dice, prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri));
  }
  if (dice.chance(0.02)) xml.push(attribute(dice, 'xmlns:xml', 'http://www.w3.org/XML/1998/namespace'));
  return { xml, scope };
}

function attributes(dice: Dice, scope: Scope): string[] {
  const xml: string[] = [];
  const seen = new Set<string>();
  const bound = [...scope.keys()].filter((prefix) => prefix !== '');
  for (let count = dice.below(4); count > 0; count--) {
    const prefix = bound.length > 0 && dice.chance(0.5) ? dice.of(bound) : '';
    const local = dice.of(locals);
    const expanded = `${prefix === '' ? '' : (scope.get(prefix) ?? '')} ${local}`;
    if (seen.has(expanded)) continue;
    seen.add(expanded);
    xml.push(attribute(dice, prefix === '' ? local : `${prefix}:${local}`, dice.of(values)));
  }
  if (dice.chance(0.15)) xml.push(attribute(dice, 'xml:lang', dice.of(['de', 'en', ''])));
  if (dice.chance(0.1)) xml.push(attribute(dice, 'xml:space', dice.of(['preserve', 'default'])));
  return xml;
}

function shuffled(dice: Dice, items: readonly string[]): string[] {
  return items
    .map((item) => ({ item, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function writeElement(dice: Dice, outer: Scope, depth: number, count: { elements: number }): string {
  count.elements++;
  const { xml: declared, scope } = declarations(dice, outer);
  const prefix = dice.chance(0.4) ? '' : dice.of(['', ...[...scope.keys()]]);
  const local = dice.of(locals);
  const name = prefix === '' ? local : `${prefix}:${local}`;
  const start = `<${name}${shuffled(dice, [...declared, ...attributes(dice, scope)]).join('')}`;
  const children: string[] = [];
  for (let left = depth > 4 ? dice.below(2) : dice.below(5); left > 0; left--) {
    const isElement = depth <= 5 && dice.chance(0.55);
    children.push(isElement ? writeElement(dice, scope, depth + 1, count) : dice.of(texts));
  }
  if (children.length === 0 && dice.chance(0.5)) return `${start}${dice.of(['', ' '])}/>`;
  return `${start}>${children.join('')}</${name}${dice.of(['', ' '])}>`;
}

export interface Case {
  readonly xml: string;
  /** Index of the apex among all elements, in document order. */
  readonly element: number;
  readonly exclusive: boolean;
  /** '' is #default. */
  readonly prefixes: readonly string[];
}

export function randomCase(dice: Dice): Case {
  const count = { elements: 0 };
  const head = dice.of([
    '',
    '<?xml version="1.0"?>',
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<!-- c -->',
  ]);
  const xml = `${head}${writeElement(dice, new Map(), 0, count)}${dice.of(['', '\n', '<!-- end -->'])}`;
  const exclusive = dice.chance(0.7);
  const listed =
    exclusive && dice.chance(0.5) ? ['', ...prefixes, 'unused'].filter(() => dice.chance(0.3)) : [];
  return { xml, element: dice.below(count.elements), exclusive, prefixes: listed };
}
