import { document, element } from '../../../../src/saml/xml/writer';

describe('writing our own XML', () => {
  it('escapes text and attributes alike', () => {
    expect(element('a', { b: '&<>"\t\n\r\'' }, ['&<>"\t\n\r\'']).toString()).toBe(
      '<a b="&amp;&lt;&gt;&quot;&#x9;&#xA;&#xD;\'">&amp;&lt;&gt;&quot;&#x9;&#xA;&#xD;\'</a>',
    );
    expect(element('a', {}, ['&&<<>>""']).toString()).toBe('<a>&amp;&amp;&lt;&lt;&gt;&gt;&quot;&quot;</a>');
    expect(element('a', {}, ['\t\t\n\n\r\r']).toString()).toBe('<a>&#x9;&#x9;&#xA;&#xA;&#xD;&#xD;</a>');
  });

  it('leaves out what is undefined', () => {
    expect(element('a', { b: undefined, c: '' }, [undefined, element('d', {}), 'e']).toString()).toBe(
      '<a c=""><d/>e</a>',
    );
    expect(element('a', {}, [undefined, '']).toString()).toBe('<a/>');
  });

  it('makes a document', () => {
    expect(document(element('a', {}))).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<a/>\n');
  });

  it.each([
    '\0',
    '\u0008',
    '\u000b',
    '\u001f',
    '\u007f',
    '\u0080',
    '\u009f',
    '\ud800',
    '\udc00x',
    '\ufffe',
    '\uffff',
  ])('refuses what is no character of XML: %j', (character) => {
    expect(() => element('a', { b: character })).toThrow(TypeError);
    expect(() => element('a', {}, [`x${character}y`])).toThrow(
      'a value holds characters that XML does not have',
    );
  });

  it.each([' ', '~', '\u0085', '\u00a0', '\ud7ff', '\ue000', '\ufffd', '\u{10000}', '\u{10ffff}'])(
    'writes %j',
    (character) => {
      expect(element('a', {}, [character]).toString()).toBe(`<a>${character}</a>`);
    },
  );
});
