/** What an administrator captured, in every form, becomes the form field as it was posted. */

import { capturedMessage } from '../../../src/admin/captured-message';

const xml = '<samlp:Response ID="_é"/>';
const field = Buffer.from(xml).toString('base64');
const form = new URLSearchParams({ SAMLResponse: field, RelayState: '/' }).toString();
const posted = (text: string, params: unknown[] = []): unknown => ({
  request: { postData: { text, params } },
});
const har = (...entries: unknown[]): string => JSON.stringify({ log: { entries } });

describe('a captured message', () => {
  it.each([
    ['base64', field, field],
    ['base64 in white space', `\n ${field}\n`, field],
    ['a form body', form, field],
    ['a form body with other fields first', `RelayState=%2F&${form}`, field],
    ['a percent-encoded value', encodeURIComponent(field), field],
    ['a raw plus in base64', 'SAMLResponse=a+b', 'a+b'],
    ['a HAR file', har(posted(form)), field],
    [
      'a HAR file with parameters',
      har(posted('', [{ name: 'SAMLResponse', value: encodeURIComponent(field) }])),
      field,
    ],
    ['the last of several in a HAR file', har(posted('SAMLResponse=first'), posted(form)), field],
  ])('is found in %s', (_title, captured, expected) => {
    expect(capturedMessage(Buffer.from(captured))).toBe(expected);
  });

  it('keeps the bytes of XML as they are, also those that are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff\n<a>'), Buffer.from([0xff]), Buffer.from('</a>')]);
    expect(Buffer.from(capturedMessage(bytes) ?? '', 'base64').toString('latin1')).toBe('<a>\u00ff</a>');
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['broken percent-encoding', 'SAMLResponse=%zz'],
    ['an object that is no HAR file', '{"a":1}'],
    ['broken JSON', '{"log":'],
    ['a HAR file without one', har(posted('a=b'))],
  ])('is not found in %s', (_title, captured) => {
    expect(capturedMessage(Buffer.from(captured))).toBeUndefined();
  });
});
