import fc from 'fast-check';
import { readFields } from '../../../src/http/fields';
import { readForm } from '../../../src/http/form';

const NAMES = ['SAMLResponse', 'RelayState'] as const;

const read = (body: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(readForm(Buffer.from(body, 'latin1'), NAMES)).map(([name, value]) => [
      name,
      value.toString('utf8'),
    ]),
  );

describe('the octets of a form', () => {
  it.each([
    ['', {}],
    ['SAMLResponse=a&RelayState=b', { SAMLResponse: 'a', RelayState: 'b' }],
    ['SAMLResponse=a%2Bb%2f%3D', { SAMLResponse: 'a+b/=' }],
    ['SAMLResponse=a+b', { SAMLResponse: 'a b' }],
    ['SAMLResponse=a=b==', { SAMLResponse: 'a=b==' }],
    ['SAML%52esponse=a', { SAMLResponse: 'a' }],
    ['SAMLResponse=', {}],
    ['SAMLResponse', {}],
    ['=a&&SAMLResponse=a', { SAMLResponse: 'a' }],
    ['__proto__=x&constructor=y&toString=z', {}],
    ['samlresponse=a', {}],
    ['RelayState=%C3%A9', { RelayState: 'é' }],
    [`${'x'.repeat(100_000)}=1&RelayState=a`, { RelayState: 'a' }],
  ])('%.60j are %j', (body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  it.each([
    'SAMLResponse=a&SAMLResponse=a',
    'SAMLResponse=a&SAMLResponse=',
    'SAMLResponse=&SAMLResponse=a',
    'SAMLResponse=a&SAML%52esponse=b',
    'SAMLResponse[]=a',
    'SAMLResponse%5B%5D=a',
    'SAMLResponse[length]=2e8',
    'SAMLResponse=a&SAMLResponse[0]=b',
    `SAMLResponse[${'x'.repeat(1000)}]=a`,
  ])('%.60j are refused as duplicate', (body) => {
    expect(() => read(body)).toThrow('HTTP_FIELD_DUPLICATE');
  });

  it.each(['%', '%4', '%zz', '%4g', '%g4', '%-1', '%:0', '%@0'])('%s is no escape', (escape) => {
    expect(() => read(`SAMLResponse=${escape}`)).toThrow('HTTP_BODY_MALFORMED');
  });

  it('are malformed with too many parameters', () => {
    expect(() => read('a&'.repeat(33))).toThrow('HTTP_BODY_MALFORMED');
    expect(read(`${'a&'.repeat(31)}RelayState=a`)).toEqual({ RelayState: 'a' });
  });

  it('D1: have no more escapes than a message may need, whatever they stand for', () => {
    expect(read(`SAMLResponse=${'%41'.repeat(16_384)}`)['SAMLResponse']).toHaveLength(16_384);
    const refused = () => read(`SAMLResponse=${'%20'.repeat(50_000)}`);
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'HTTP_BODY_MALFORMED',
        detail: { problem: 'more escapes than a message needs' },
      }) as Error,
    );
  });

  it.each([1022, 1023, 1024])('may have a long name with an escape where its reading ends: %i', (length) => {
    expect(read(`${'x'.repeat(length)}%5B%5D=1&RelayState=a`)).toEqual({ RelayState: 'a' });
  });

  it('are read as the text of the same form is', () => {
    const pieces = [
      'SAMLResponse',
      'RelayState',
      '=',
      '&',
      '[',
      ']',
      '%5B',
      '%2B',
      'a',
      '+',
      '%zz',
      '\u0000',
    ];
    const outcome = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        const body = parts.join('');
        expect(outcome(() => read(body))).toEqual(outcome(() => readFields(body, NAMES)));
      }),
      { numRuns: 2000 },
    );
  });
});
