// Namespaces in XML 1.0 §3, §4: what saxes lets pass we refuse ourselves, and libxml2 is asked whether we are right.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { canonicalizeExclusive } from '../../../../src/saml/xml/canonicalize';
import { parseXml } from '../../../../src/saml/xml/parse';
import { outcome, refusalOf } from '../../../support/makers/valid';

/** Qualified names, and whether both halves are NCNames. */
const names: [name: string, isQualified: boolean][] = [
  ['a:b', true],
  ['a:B', true],
  ['a:_', true],
  ['a:_1', true],
  ['a:b-1.2', true],
  ['a:é', true],
  ['a:\u00D6', true],
  ['a:\u0370', true],
  ['a:\u2070', true],
  ['a:\u218F', true],
  ['a:b\u00B7', true],
  ['a:b\u0300', true],
  ['a:b\u203F\u2040', true],
  ['a:\u{10000}', true],
  ['a:\u{EFFFF}', true],
  ['a:xml', true],
  ['a:xmlns', true],
  ['xml:b', true],
  ['a:1b', false],
  ['a:0', false],
  ['a:9', false],
  ['a:-b', false],
  ['a:-', false],
  ['a:.b', false],
  ['a:\u00B7b', false],
  ['a:\u0300b', false],
  ['a:\u0333', false],
  ['a:\u036Fb', false],
  ['a:\u203Fb', false],
  ['a:\u2040b', false],
  ['xml:1', false],
  ['a:b:c', false],
  ['a::b', false],
  ['a:b:', false],
  [':a:b', false],
  [':b', false],
  ['a:', false],
  [':', false],
  ['a:\u00D7', false],
  ['a:\u00F7b', false],
  ['a:\u037E', false],
  ['a:\u2041b', false],
  ['a:\u2190b', false],
  ['a:b\u00D7', false],
  ['1:b', false],
  ['-a:b', false],
];

/** Prefixes that a declaration may bind. */
const prefixes: [prefix: string, isBound: boolean][] = [
  ['a', true],
  ['_', true],
  ['a-1', true],
  ['é', true],
  ['xmlx', true],
  ['\u{10000}', true],
  ['1a', false],
  ['-a', false],
  ['.a', false],
  ['\u00B7', false],
  ['\u0300a', false],
  ['\u2040', false],
  ['a:b', false],
  ['', false],
  ['xml', false],
  ['xmlns', false],
];

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const declarations: [declaration: string, isAllowed: boolean][] = [
  ['xmlns=""', true],
  [`xmlns:xml="${XML}"`, true],
  ['xmlns:a="urn:u" xmlns:b="urn:u"', true],
  ['xmlns:a=""', false],
  ['xmlns:xml=""', false],
  [`xmlns:a="${XML}"`, false],
  [`xmlns="${XML}"`, false],
  [`xmlns:a="${XMLNS}"`, false],
  [`xmlns="${XMLNS}"`, false],
  [`xmlns:xmlns="${XMLNS}"`, false],
  ['xmlns:a="urn:u" xmlns:a="urn:v"', false],
  ['xmlns:a="urn:u" xmlns:b="urn:u" a:c="" b:c=""', false],
];

const documents: [xml: string, isAllowed: boolean][] = [
  ...names.flatMap(([name, allowed]): [string, boolean][] => [
    [`<r xmlns:a="urn:u"><${name}/></r>`, allowed],
    [`<r xmlns:a="urn:u"><c ${name}="1"/></r>`, allowed],
  ]),
  ...prefixes.map(([prefix, allowed]): [string, boolean] => [`<r xmlns:${prefix}="urn:u"/>`, allowed]),
  ...declarations.map(([text, allowed]): [string, boolean] => [`<r ${text}/>`, allowed]),
  ['<xmlns:r/>', false],
  ['<b:r/>', false],
  ['<r b:c="1"/>', false],
];

describe('names and namespaces', () => {
  it.each(documents)('%j is read: %j', (xml, allowed) => {
    expect(outcome(() => parseXml(xml))).toBe(allowed ? 'accepted' : 'SAML_XML_MALFORMED');
  });

  it('are judged as libxml2 judges them, and what is read has the same canonical form', () => {
    const input = documents
      .map(([xml]) => `${JSON.stringify({ xml, element: 0, exclusive: true, prefixes: [] })}\n`)
      .join('');
    const judge = join(__dirname, '../../../properties/c14n/libxml2.mjs');
    const { stdout } = spawnSync(process.execPath, [judge], { input, encoding: 'utf8' });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
      .map((answer) => (typeof answer === 'string' ? answer : 'refused'));
    const ours = documents.map(([xml, allowed]) =>
      allowed ? canonicalizeExclusive(parseXml(xml)) : 'refused',
    );
    expect(answers).toEqual(ours);
  });

  it('say which name is malformed, capped', () => {
    const problem = (xml: string): unknown => refusalOf(() => parseXml(xml)).detail.problem;
    expect(problem('<a:1b xmlns:a="urn:u"/>')).toBe('malformed name: a:1b');
    expect(problem('<a xmlns:-a="urn:u"/>')).toBe('malformed name: xmlns:-a');
    expect(problem('<a xml:.b="urn:u"/>')).toBe('malformed name: xml:.b');
    expect(problem(`<a xml:-${'b'.repeat(300)}="urn:u"/>`)).toBe(
      `malformed name: xml:-${'b'.repeat(300)}`.slice(0, 200),
    );
  });
});
