// Canonicalisation, clause by clause, on documents that one can read. The proof at large is c14n.test.ts.

import { canonicalizeExclusive, canonicalizeInclusive } from '../../../../src/saml/xml/canonicalize';
import { childElements, type XmlElement } from '../../../../src/saml/xml/element';
import { parseXml } from '../../../../src/saml/xml/parse';

/** The element called `name`, the first in document order. */
function find(element: XmlElement, name: string): XmlElement {
  const search = (at: XmlElement): XmlElement | undefined =>
    at.name === name
      ? at
      : childElements(at)
          .map(search)
          .find((found) => found !== undefined);
  const found = search(element);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}
const exclusive = (xml: string, apex?: string, inclusivePrefixes?: string[]): string => {
  const root = parseXml(xml);
  return canonicalizeExclusive(apex === undefined ? root : find(root, apex), {
    ...(inclusivePrefixes === undefined ? {} : { inclusivePrefixes }),
  });
};
const inclusive = (xml: string, apex?: string): string => {
  const root = parseXml(xml);
  return canonicalizeInclusive(apex === undefined ? root : find(root, apex));
};

describe.each([
  ['exclusive', exclusive],
  ['inclusive', inclusive],
])('both forms: %s', (_name, canonical) => {
  it.each([
    ['empty elements in full', '<a><b/></a>', '<a><b></b></a>'],
    [
      'no declaration, no comment, nothing around',
      '<?xml version="1.0"?>\n<!-- x --><a><!-- y -->z</a>\n',
      '<a>z</a>',
    ],
    ['white space as it is', '<a> \n <b/>\t</a>', '<a> \n <b></b>\t</a>'],
    ['CDATA as text', '<a><![CDATA[<&>]]></a>', '<a>&lt;&amp;&gt;</a>'],
    ['text escaped', "<a>&amp;&lt;&gt;&quot;'&#xD;&#x9;&#xA;é𐀀</a>", '<a>&amp;&lt;&gt;"\'&#xD;\t\né𐀀</a>'],
    [
      'text escaped every time',
      '<a>&amp;&amp;&lt;&lt;&gt;&gt;&#xD;&#xD;</a>',
      '<a>&amp;&amp;&lt;&lt;&gt;&gt;&#xD;&#xD;</a>',
    ],
    [
      'attributes escaped',
      '<a b="&amp;&lt;&gt;&quot;\'&#xD;&#x9;&#xA;"/>',
      '<a b="&amp;&lt;>&quot;\'&#xD;&#x9;&#xA;"></a>',
    ],
    [
      'attributes escaped every time',
      '<a b="&amp;&amp;&lt;&lt;&quot;&quot;&#xD;&#xD;&#x9;&#x9;&#xA;&#xA;"/>',
      '<a b="&amp;&amp;&lt;&lt;&quot;&quot;&#xD;&#xD;&#x9;&#x9;&#xA;&#xA;"></a>',
    ],
    [
      'each special character of text alone',
      '<a><b>&amp;</b><b>&lt;</b><b>&gt;</b><b>&#xD;</b></a>',
      '<a><b>&amp;</b><b>&lt;</b><b>&gt;</b><b>&#xD;</b></a>',
    ],
    [
      'each special character of an attribute alone',
      '<a b="&amp;" c="&lt;" d="&quot;" e="&#x9;" f="&#xA;" g="&#xD;"/>',
      '<a b="&amp;" c="&lt;" d="&quot;" e="&#x9;" f="&#xA;" g="&#xD;"></a>',
    ],
    ['attributes in order', '<a c="3" b="2" a="1"/>', '<a a="1" b="2" c="3"></a>'],
    ['longer names behind their beginning', '<a bb="2" b="1" ba="3"/>', '<a b="1" ba="3" bb="2"></a>'],
    [
      'attributes by namespace name, then local name',
      '<a xmlns:z="urn:1" xmlns:y="urn:2" y:a="4" z:b="3" z:a="2" q="1"/>',
      '<a xmlns:y="urn:2" xmlns:z="urn:1" q="1" z:a="2" z:b="3" y:a="4"></a>',
    ],
    [
      'names in UTF-8 order, not UTF-16',
      '<a \u{10000}="3" \uFA0E="2" b="1"/>',
      '<a b="1" \uFA0E="2" \u{10000}="3"></a>',
    ],
    [
      'surrogates in order among themselves',
      '<a \u{20000}="2" \u{10000}="1"/>',
      '<a \u{10000}="1" \u{20000}="2"></a>',
    ],
    [
      'names below the surrogates in front',
      '<a \u{10000}="2" \u4E00="1"/>',
      '<a \u4E00="1" \u{10000}="2"></a>',
    ],
    [
      'names below the surrogates in front of all above',
      '<a \uF900="2" \uD000="1"/>',
      '<a \uD000="1" \uF900="2"></a>',
    ],
    [
      'namespace names in UTF-8 order around the surrogates',
      '<a xmlns:p="\u{10000}" xmlns:q="\uE000" xmlns:r="\uD7FF" p:x="3" q:x="2" r:x="1"/>',
      '<a xmlns:p="\u{10000}" xmlns:q="\uE000" xmlns:r="\uD7FF" r:x="1" q:x="2" p:x="3"></a>',
    ],
    ['no declaration twice', '<a xmlns="u"><b xmlns="u"/></a>', '<a xmlns="u"><b></b></a>'],
    ['the default namespace undone', '<a xmlns="u"><b xmlns=""/></a>', '<a xmlns="u"><b xmlns=""></b></a>'],
    ['nothing to undo', '<a xmlns=""><b xmlns=""/></a>', '<a><b></b></a>'],
    [
      'a prefix rebound, and back',
      '<p:a xmlns:p="1"><p:b xmlns:p="2"/><p:c/></p:a>',
      '<p:a xmlns:p="1"><p:b xmlns:p="2"></p:b><p:c></p:c></p:a>',
    ],
    ['a namespace name escaped', '<a xmlns="u&amp;&quot;"/>', '<a xmlns="u&amp;&quot;"></a>'],
    ['a prefixed namespace name escaped', '<p:a xmlns:p="u&amp;&lt;"/>', '<p:a xmlns:p="u&amp;&lt;"></p:a>'],
    ['xml: attributes without a declaration', '<a xml:lang="en" b="1"/>', '<a b="1" xml:lang="en"></a>'],
    [
      'no declaration of xml',
      '<a xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="en"/>',
      '<a xml:lang="en"></a>',
    ],
  ])('write %s', (_title, xml, expected) => {
    expect(canonical(xml)).toBe(expected);
  });
});

describe('the exclusive form', () => {
  it.each([
    ['what is used only', '<a xmlns="u" xmlns:p="v"><p:b/></a>', '<a xmlns="u"><p:b xmlns:p="v"></p:b></a>'],
    ['nothing that is unused', '<a xmlns:p="v"/>', '<a></a>'],
    ['the prefixes of attributes too', '<a xmlns:p="v" p:b="1"/>', '<a xmlns:p="v" p:b="1"></a>'],
    [
      'nothing for an attribute without a prefix',
      '<a xmlns="u"><b c="1"/></a>',
      '<a xmlns="u"><b c="1"></b></a>',
    ],
    [
      'nothing for an attribute without a prefix on a prefixed element',
      '<a xmlns="u" xmlns:p="v"><p:b c="1"/></a>',
      '<a xmlns="u"><p:b xmlns:p="v" c="1"></p:b></a>',
    ],
    ['a prefix once', '<p:a xmlns:p="v" p:b="1" p:c="2"/>', '<p:a xmlns:p="v" p:b="1" p:c="2"></p:a>'],
    [
      'a prefix again beside its first use',
      '<a xmlns:p="v"><p:b/><p:c/></a>',
      '<a><p:b xmlns:p="v"></p:b><p:c xmlns:p="v"></p:c></a>',
    ],
    [
      'declarations in order',
      '<b:a xmlns:b="1" xmlns:a="2" a:x="3"/>',
      '<b:a xmlns:a="2" xmlns:b="1" a:x="3"></b:a>',
    ],
    [
      'the default namespace first',
      '<a xmlns:b="1" xmlns="2" b:x="3"/>',
      '<a xmlns="2" xmlns:b="1" b:x="3"></a>',
    ],
  ])('declares %s', (_title, xml, expected) => {
    expect(exclusive(xml)).toBe(expected);
  });

  const document = '<r xmlns="u" xmlns:p="v" xmlns:q="w" xml:lang="en"><a><b/><c xmlns:p="x"/></a></r>';

  it('of an element stands by itself', () => {
    expect(exclusive(document, 'a')).toBe('<a xmlns="u"><b></b><c></c></a>');
  });

  it('with a PrefixList declares those at the apex and where they change', () => {
    expect(exclusive(document, 'a', ['p'])).toBe('<a xmlns="u" xmlns:p="v"><b></b><c xmlns:p="x"></c></a>');
    expect(exclusive(document, 'a', ['q', 'p', ''])).toBe(
      '<a xmlns="u" xmlns:p="v" xmlns:q="w"><b></b><c xmlns:p="x"></c></a>',
    );
    expect(exclusive(document, 'a', ['none', 'xml'])).toBe('<a xmlns="u"><b></b><c></c></a>');
  });

  it('with #default declares the default namespace that is not used', () => {
    expect(exclusive('<p:r xmlns="u" xmlns:p="v"><p:a/></p:r>', 'p:a', [''])).toBe(
      '<p:a xmlns="u" xmlns:p="v"></p:a>',
    );
  });

  it('takes no attribute of an ancestor', () => {
    expect(exclusive('<r xml:lang="en"><a/></r>', 'a')).toBe('<a></a>');
  });
});

describe('the inclusive form', () => {
  it.each([
    [
      'of a document declares as it does',
      '<a xmlns:q="w" xmlns:p="v"><p:b/></a>',
      undefined,
      '<a xmlns:p="v" xmlns:q="w"><p:b></p:b></a>',
    ],
    [
      'of an element carries what is in scope',
      '<r xmlns="u" xmlns:p="v"><a xmlns:p="x"><p:b/></a></r>',
      'a',
      '<a xmlns="u" xmlns:p="x"><p:b></p:b></a>',
    ],
    ['carries no undone default namespace', '<r xmlns="u"><m xmlns=""><a/></m></r>', 'a', '<a></a>'],
    [
      'carries xml: attributes',
      '<r xml:lang="en" xml:space="preserve"><m xml:lang="de"><a b="1"/></m></r>',
      'a',
      '<a b="1" xml:lang="de" xml:space="preserve"></a>',
    ],
    ['keeps its own', '<r xml:lang="en"><a xml:lang="de"><b/></a></r>', 'a', '<a xml:lang="de"><b></b></a>'],
    ['carries no other attribute', '<r xmlns:p="v" p:x="1" y="2"><a/></r>', 'a', '<a xmlns:p="v"></a>'],
    [
      'carries them to the apex only',
      '<r xml:lang="en"><a><b/></a></r>',
      'a',
      '<a xml:lang="en"><b></b></a>',
    ],
  ])('%s', (_title, xml, apex, expected) => {
    expect(inclusive(xml, apex)).toBe(expected);
  });
});

describe('the enveloped-signature transform', () => {
  it('leaves out that element with its content, and no other', () => {
    const root = parseXml('<a><s>1</s>x<s>1</s></a>');
    const [first] = childElements(root);
    if (first === undefined) throw new Error('no child');
    for (const canonicalize of [canonicalizeExclusive, canonicalizeInclusive]) {
      expect(canonicalize(root, { without: first })).toBe('<a>x<s>1</s></a>');
      expect(canonicalize(root)).toBe('<a><s>1</s>x<s>1</s></a>');
    }
  });
});
