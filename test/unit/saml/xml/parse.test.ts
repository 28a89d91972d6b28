// The strict parser: what it builds, and what it refuses while it reads.

import { limits } from '../../../../src/core/limits';
import {
  attributeOf,
  childElements,
  hasStrayText,
  isElement,
  namespacesInScope,
  textOf,
  type XmlElement,
} from '../../../../src/saml/xml/element';
import { parseXml } from '../../../../src/saml/xml/parse';
import { outcome, refusalOf } from '../../../support/makers/valid-data';

const only = (element: XmlElement): XmlElement => {
  const [child, ...more] = childElements(element);
  if (child === undefined || more.length > 0) throw new Error('not one child');
  return child;
};

describe('the tree', () => {
  it('keeps names, prefixes, namespaces and values apart', () => {
    const root = parseXml('<p:r xmlns:p="urn:p" xmlns="urn:d" ID="i" p:a="1" xml:lang="en"><c/></p:r>');
    expect(root).toMatchObject({
      name: 'p:r',
      prefix: 'p',
      local: 'r',
      uri: 'urn:p',
      namespaces: [
        { prefix: 'p', uri: 'urn:p' },
        { prefix: '', uri: 'urn:d' },
      ],
      parent: undefined,
      hasComment: false,
    });
    expect(root.attributes.map(({ name, uri, value }) => [name, uri, value])).toEqual([
      ['ID', '', 'i'],
      ['p:a', 'urn:p', '1'],
      ['xml:lang', 'http://www.w3.org/XML/1998/namespace', 'en'],
    ]);
    const child = only(root);
    expect(child).toMatchObject({
      name: 'c',
      prefix: '',
      uri: 'urn:d',
      attributes: [],
      namespaces: [],
      children: [],
    });
    expect(child.parent).toBe(root);
  });

  it('gives attributes to their own element', () => {
    const root = parseXml('<r a="1"><b/><c d="2" xmlns:e="urn:e"/></r>');
    expect(
      childElements(root).map(({ attributes, namespaces }) => [attributes.length, namespaces.length]),
    ).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('joins text around comments, CDATA and character references', () => {
    const root = parseXml('<r>a<!--x-->b<![CDATA[<c>]]>&#100;&amp;</r>');
    expect(root.children).toEqual(['ab<c>d&']);
    expect(root.hasComment).toBe(true);
  });

  it('keeps text apart from elements', () => {
    expect(parseXml('<r>a<b/>c</r>').children).toEqual(['a', expect.objectContaining({ name: 'b' }), 'c']);
  });

  it('sees comments and white space around the root, and thinks nothing of them', () => {
    const root = parseXml('<?xml version="1.0" encoding="utf-8"?>\n<!--x-->\n<r/>\n<!--y-->\n');
    expect([root.name, root.hasComment, root.children]).toEqual(['r', false, []]);
  });

  it('resolves prefixes of a decrypted element where it stands', () => {
    const envelope = parseXml('<e xmlns:p="urn:p" xmlns="urn:d"/>');
    const inside = parseXml('<p:a><b/></p:a>', envelope);
    expect([inside.uri, only(inside).uri, inside.parent]).toEqual(['urn:p', 'urn:d', envelope]);
    expect(outcome(() => parseXml('<p:a/>'))).toBe('SAML_XML_MALFORMED');
  });
});

describe('reading the tree', () => {
  const root = parseXml('<r xmlns:x="urn:x" x:a="no" a="yes"> <x:b/>\n<b/>\t</r>');

  it('finds attributes without a namespace only', () => {
    expect(attributeOf(root, 'a')).toBe('yes');
    expect(attributeOf(parseXml('<r xmlns:x="urn:x" x:a="no"/>'), 'a')).toBeUndefined();
    expect(attributeOf(root, 'b')).toBeUndefined();
  });

  it('compares namespace and name', () => {
    expect(childElements(root).map((child) => isElement(child, 'urn:x', 'b'))).toEqual([true, false]);
    expect(childElements(root).map((child) => isElement(child, '', 'b'))).toEqual([false, true]);
    expect(isElement(root, '', 'b')).toBe(false);
  });

  it.each([
    ['<r/>', ''],
    ['<r></r>', ''],
    ['<r>a</r>', 'a'],
    ['<r> a </r>', ' a '],
    ['<r>a<!--x-->b</r>', 'ab'],
    ['<r><b/></r>', undefined],
    ['<r>a<b/></r>', undefined],
    ['<r><b/>a</r>', undefined],
  ])('takes the text of %s', (xml, text) => {
    expect(textOf(parseXml(xml))).toBe(text);
  });

  it.each([
    ['<r> \t\r\n<b/> </r>', false],
    ['<r/>', false],
    ['<r>a</r>', true],
    ['<r> a </r>', true],
    ['<r><b/>\u00a0</r>', true],
    ['<r><b>a</b></r>', false],
  ])('sees stray text in %j: %s', (xml, stray) => {
    expect(hasStrayText(parseXml(xml))).toBe(stray);
  });

  it('lists the namespaces in scope, the nearest first, without xml', () => {
    const inner = only(
      parseXml(
        '<r xmlns="urn:1" xmlns:a="urn:a" xmlns:xml="http://www.w3.org/XML/1998/namespace"><b xmlns="urn:2"/></r>',
      ),
    );
    expect([...namespacesInScope(inner)]).toEqual([
      ['', 'urn:2'],
      ['a', 'urn:a'],
    ]);
  });
});

describe('refused while reading', () => {
  const problem = (xml: string): unknown[] => {
    const { code, detail } = refusalOf(() => parseXml(xml));
    return [code, detail.problem];
  };

  it.each([
    '<!DOCTYPE r><r/>',
    '<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>',
    '<r><!ENTITY x "y"></r>',
    '<r><![CDATA[<!DOCTYPE r>]]></r>',
    '<r><!--<!DOCTYPE r>--></r>',
  ])('a document type declaration: %s', (xml) => {
    expect(problem(xml)).toEqual(['SAML_XML_DOCTYPE', 'document type declaration']);
  });

  it.each([
    '<r><?x y?></r>',
    '<?x y?><r/>',
    '<r/><?x?>',
    '<?xml-stylesheet href="x"?><r/>',
    '<?xml version="1.0"?><?x?><r/>',
    '<?xml version="1.0"?><r><?xml version="1.0"?></r>',
    ' <?xml version="1.0"?><r/>',
    '<r><![CDATA[<?x?>]]></r>',
  ])('a processing instruction: %s', (xml) => {
    expect(problem(xml)).toEqual(['SAML_XML_PROCESSING_INSTRUCTION', 'processing instruction']);
  });

  it.each(['UTF-16', 'ISO-8859-1', 'utf8', 'US-ASCII'])('the declared encoding %s', (encoding) => {
    expect(problem(`<?xml version="1.0" encoding="${encoding}"?><r/>`)).toEqual([
      'SAML_ENCODING_INVALID',
      'declared encoding is not UTF-8',
    ]);
  });

  it.each(['1.1', '1.2'])('XML %s', (version) => {
    expect(problem(`<?xml version="${version}"?><r/>`)).toEqual([
      'SAML_XML_MALFORMED',
      'XML version is not 1.0',
    ]);
  });

  it.each([
    '<?xml version="1.0" encoding="UTF-8"?><r/>',
    '<?xml version="1.0" encoding="utf-8" standalone="yes"?><r/>',
  ])('but not %s', (xml) => {
    expect(outcome(() => parseXml(xml))).toBe('accepted');
  });

  it('a byte order mark: the one that is allowed is gone already', () => {
    expect(problem('\uFEFF<r/>')).toEqual(['SAML_XML_MALFORMED', 'byte order mark']);
  });

  it.each([
    '',
    ' ',
    'text',
    '<r>',
    '<r></s>',
    '<r/><s/>',
    '<r/>text',
    'text<r/>',
    '<r a=1/>',
    '<r a="1" a="2"/>',
    '<r xmlns:x="urn:x" xmlns:y="urn:x" x:a="1" y:a="2"/>',
    '<r a="<"/>',
    '<r>&unknown;</r>',
    '<r>&#0;</r>',
    '<r>&#x1F;</r>',
    '<r>\0</r>',
    '<r>\u{FFFE}</r>',
    '<r>]]></r>',
    '<r><!-- -- --></r>',
    '<x:r/>',
    '<r x:a="1"/>',
    '<x:r xmlns:x=""/>',
    '<r xmlns:xml="urn:x"/>',
    '<r xmlns:x="http://www.w3.org/2000/xmlns/"/>',
    '<r xmlns:xmlns="urn:x"/>',
    '<!doctype r><r/>',
    '<1/>',
    '<r',
    '<r><![CDATA[',
    '</r>',
  ])('what is not well-formed: %j', (xml) => {
    const [code, text] = problem(xml);
    expect(code).toBe('SAML_XML_MALFORMED');
    expect(text).toEqual(expect.stringMatching(/./));
  });

  it('says what is wrong', () => {
    expect(problem('<r>')).toEqual(['SAML_XML_MALFORMED', 'unclosed tag: r']);
    expect(problem('')).toEqual(['SAML_XML_MALFORMED', 'document must contain a root element.']);
  });

  it.each([' urn:x', 'urn:x ', '\turn:x'])('white space around the namespace name %j', (uri) => {
    const expected = ['SAML_XML_MALFORMED', 'white space around a namespace name'];
    expect(problem(`<r xmlns:x="${uri}"/>`)).toEqual(expected);
    expect(problem(`<r xmlns="${uri}"/>`)).toEqual(expected);
  });

  it.each([
    '<r ID="a"><s ID="a"/></r>',
    '<r ID="a"><s Id="a"/></r>',
    '<r id="a"><s iD="a"/></r>',
    '<r ID="a"><s xml:id="a"/></r>',
    '<r xmlns:x="urn:x" ID="a" x:ID="a"/>',
    '<r ID=""><s ID=""/></r>',
    '<r ID="a"><s ID="&#97;"/></r>',
  ])('an ID that two elements share, in any spelling: %s', (xml) => {
    expect(problem(xml)).toEqual(['SAML_XML_DUPLICATE_ID', 'two elements share an ID']);
  });

  it('an ID that is taken in the document around a decrypted text', () => {
    const around = parseXml('<r ID="a" x="x"><s Id="b">text</s><t><u xml:id="c"/></t></r>');
    const [envelope] = childElements(around);
    for (const id of ['a', 'b', 'c']) {
      const refusal = refusalOf(() => parseXml(`<v ID="${id}"/>`, envelope));
      expect([refusal.code, refusal.detail]).toEqual([
        'SAML_XML_DUPLICATE_ID',
        { problem: 'two elements share an ID' },
      ]);
    }
    for (const id of ['x', 'text', 'd']) {
      expect(outcome(() => parseXml(`<v ID="${id}"/>`, envelope))).toBe('accepted');
    }
  });

  it.each([
    '<r ID="a"><s ID="b"/></r>',
    '<r ID="a"><s sid="a"/></r>',
    '<r ID="a"><s x="a"/></r>',
    '<r ID="a"><s i="a"/></r>',
  ])('but not %s', (xml) => {
    expect(outcome(() => parseXml(xml))).toBe('accepted');
  });
});

describe('limits', () => {
  const nested = (depth: number): string => `${'<r>'.repeat(depth)}${'</r>'.repeat(depth)}`;
  const wide = (elements: number): string => `<r>${'<s/>'.repeat(elements - 1)}</r>`;
  const attributes = (count: number): string =>
    `<r ${Array.from({ length: count }, (_, at) => (at % 2 ? `a${at}="1"` : `xmlns:n${at}="urn:${at}"`)).join(' ')}/>`;
  const comments = (count: number): string => `<r>${'<!---->'.repeat(count)}</r>`;

  it.each([
    ['elements', wide, limits.xmlElements],
    ['depth', nested, limits.xmlDepth],
    ['attributes', attributes, limits.xmlAttributes],
    ['comments', comments, limits.xmlElements],
  ])('%s: as many as allowed, and not one more', (problem, make, limit) => {
    expect(outcome(() => parseXml(make(limit)))).toBe('accepted');
    const refusal = refusalOf(() => parseXml(make(limit + 1)));
    expect([refusal.code, refusal.detail]).toEqual(['SAML_XML_LIMIT_EXCEEDED', { problem }]);
  });

  it('of attributes count per element', () => {
    const one = attributes(limits.xmlAttributes);
    expect(outcome(() => parseXml(`<q>${one}${one}</q>`))).toBe('accepted');
  });

  it('of depth let go of what is closed', () => {
    expect(outcome(() => parseXml(`<q>${nested(limits.xmlDepth - 1).repeat(2)}</q>`))).toBe('accepted');
  });

  it('stop the parse at once', () => {
    expect(outcome(() => parseXml(`${nested(limits.xmlDepth + 1).slice(0, -4)} not closed`))).toBe(
      'SAML_XML_LIMIT_EXCEEDED',
    );
  });
});
