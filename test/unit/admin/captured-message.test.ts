/** What an administrator captured, in every form, becomes the form field as it was posted. */

import { capturedMessage, describeCapture } from '../../../src/admin/captured-message';

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
    ['a HAR file that begins with a list', JSON.stringify([{ log: { entries: [posted(form)] } }]), field],
    [
      'a cURL command (bash)',
      `curl 'https://sso.example.com/saml/acs' -H 'cookie: a=b' --data-raw '${form}' --compressed`,
      field,
    ],
    [
      'a cURL command (bash, ANSI-C quotes)',
      `curl 'https://sso.example.com/saml/acs' --data-raw $'${form}'`,
      field,
    ],
    [
      'a cURL command (cmd)',
      `curl ^"https://sso.example.com/saml/acs^" --data-raw ^"${form.replace(/[%&]/g, '^$&')}^"`,
      field,
    ],
    [
      'a PowerShell command',
      `Invoke-WebRequest -Uri "https://sso.example.com/saml/acs" -Body "${form}"`,
      field,
    ],
    [
      'a fetch call',
      `await fetch("https://sso.example.com/saml/acs", { "body": "${form}", "method": "POST" });`,
      field,
    ],
    ['a raw HTTP request', `POST /saml/acs HTTP/1.1\r\nHost: sso.example.com\r\n\r\n${form}`, field],
    [
      'a multipart form',
      `--x\r\nContent-Disposition: form-data; name="SAMLResponse"\r\n\r\n${field}\r\n--x--`,
      field,
    ],
    [
      'an export of SAML-tracer',
      JSON.stringify({
        requests: [
          {
            post: [
              ['RelayState', '/'],
              ['SAMLResponse', field],
            ],
          },
        ],
      }),
      field,
    ],
    [
      'the page that posts it',
      `<html><form><input type="hidden" name="SAMLResponse" value="${field}"/></form>`,
      field,
    ],
    ['quotes', `"${field}"`, field],
    ['a data address', `data:text/xml;base64,${field}`, field],
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
    ['a sentence', 'Please find attached: the message, as you asked!'],
    ['JSON without end', '['.repeat(100_000)],
  ])('is not found in %s', (_title, captured) => {
    expect(capturedMessage(Buffer.from(captured))).toBeUndefined();
  });

  it.each([
    ['', /empty/],
    [har(posted('a=b'), posted('cookie=secret')), /HAR file with 2 requests/],
    ['{"a":1}', /JSON, but neither/],
    ['{"log":', /cut off/],
    ['GET /sso?SAMLRequest=abc', /SAMLRequest, which is our own/],
    ['SAMLResponse=%zz', /percent-encoding is broken/],
    ['cookie: secret!', /neither base64/],
  ])('is missed in words that quote nothing: %j', (captured, words) => {
    const said = describeCapture(Buffer.from(captured));
    expect(said).toMatch(words);
    expect(said).not.toContain('secret');
  });
});
