/** What an administrator captured, in every form, becomes the form field as it was posted. */

import { capturedMessage } from '../../../../src/admin/capture/captured-message';
import { describeCapture } from '../../../../src/admin/capture/describe-capture';

const xml = '<samlp:Response ID="_é"/>';
const field = Buffer.from(xml).toString('base64');
const long = Buffer.from(xml + ' '.repeat(9000)).toString('base64');
const form = new URLSearchParams({ SAMLResponse: field, RelayState: '/' }).toString();
const posted = (text: string, params: unknown[] = []): unknown => ({
  request: { postData: { text, params } },
});
const har = (...entries: unknown[]): string => JSON.stringify({ log: { entries } });

const page = `<html><form><input type="hidden" name="SAMLResponse" value="${field}"/></form>`;
const chunked = (body: string): string =>
  [body.slice(0, 20), body.slice(20)]
    .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    .concat('0\r\n\r\n')
    .join('');

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
    [
      'a cURL command (bash, ANSI-C quotes with escapes)',
      `curl 'https://sso.example.com/saml/acs' --data-raw $'${form.replaceAll('%', '\\u0025')}&note=it\\'s'`,
      field,
    ],
    [
      'a raw HTTP request in chunks',
      `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(form)}`,
      field,
    ],
    ['fields as Chromium lists them', `SAMLResponse: ${field}\nRelayState: /\n`, field],
    ['fields as Firefox lists them', `SAMLResponse\t"${field}"\nRelayState\t"/"\n`, field],
    ['an object of a program', `post(url, data={"SAMLResponse": "${field}", "RelayState": "/"})`, field],
    [
      'lists of values in JSON',
      JSON.stringify({ requests: [{ postData: { SAMLResponse: [field] } }] }),
      field,
    ],
    [
      'the page of the IdP in a HAR file',
      har({ response: { content: { text: page.replace(field, long) } } }),
      long,
    ],
    ['an input without quotes', `<form><input type=hidden name=SAMLResponse value=${field}></form>`, field],
    ['an input with references', page.replace(field, field.replaceAll('=', '&#x3d;')), field],
    ['XML with its markup escaped', xml.replace('<', '&lt;').replace('>', '&gt;'), field],
    ['XML as a JSON text', JSON.stringify(xml), field],
    [
      'an export of Burp',
      `<?xml version="1.0"?><items><item><request base64="true"><![CDATA[${Buffer.from(`POST / HTTP/1.1\r\n\r\n${form}`).toString('base64')}]]></request></item></items>`,
      field,
    ],
    ['a data address', `data:text/xml;base64,${field}`, field],
  ])('is found in %s', (_title, captured, expected) => {
    expect(capturedMessage(Buffer.from(captured))).toBe(expected);
  });

  it('keeps the bytes of XML as they are, also those that are no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff\n<a>'), Buffer.from([0xff]), Buffer.from('</a>')]);
    expect(Buffer.from(capturedMessage(bytes) ?? '', 'base64').toString('latin1')).toBe('<a>\u00ff</a>');
  });

  it.each([
    ['little', Buffer.from(`\ufeff${field}`, 'utf16le'), field],
    ['little', Buffer.from(xml, 'utf16le'), field],
    ['big', Buffer.from(`\ufeff${form}`, 'utf16le').swap16(), field],
  ])('is found in UTF-16, %s end first', (_title, captured, expected) => {
    expect(capturedMessage(captured)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['a web page without the field', '<!DOCTYPE html><html><input name="user"></html>'],
    ['JSON in JSON in JSON', Array.from({ length: 8 }).reduce<string>((text) => JSON.stringify(text), xml)],
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
    ['<html><body>secret</body></html>', /web page without the form field/],
    ['GET /sso?SAMLRequest=abc', /SAMLRequest, which is our own/],
    ['SAMLResponse=%zz', /percent-encoding is broken/],
    ['cookie: secret!', /neither base64/],
  ])('is missed in words that quote nothing: %j', (captured, words) => {
    const said = describeCapture(Buffer.from(captured));
    expect(said).toMatch(words);
    expect(said).not.toContain('secret');
  });
});
