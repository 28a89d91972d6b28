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

  it.each([
    ['504b0304', /ZIP archive/],
    ['1f8b0800', /gzip/],
    ['89504e470d0a', /a picture; copy the text/],
    ['0a0d0d0a', /record in the browser/],
  ])('E2: a file that begins with %s is named', (octets, expected) => {
    const captured = Buffer.concat([Buffer.from(octets, 'hex'), Buffer.from([0, 200, 7, 255])]);
    expect(capturedMessage(captured)).toBeUndefined();
    expect(describeCapture(captured)).toMatch(expected);
  });
});

/** What mail, chats, shells, logs and programs make of a message that someone passes on. */
describe('E2: a captured message that somebody passed on', () => {
  const response = Buffer.from(
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"><a>é ~?</a></samlp:Response>',
  ).toString('base64');
  const sent = Buffer.from(response, 'base64').toString();
  const encoded = encodeURIComponent(response);
  const body = `SAMLResponse=${encoded}&RelayState=%2F`;
  const posts = `<html><body><form action="x"><input type="hidden" name="SAMLResponse" value="${response}"></form></body></html>`;
  const quotedPrintable = (text: string): string =>
    text.replaceAll('=', '=3D').replace(/(.{70})/g, '$1=\r\n');
  const wrapped = (text: string, width = 64): string =>
    text.replace(new RegExp(`(.{${width}})`, 'g'), '$1\n');

  it.each([
    ['a form in quoted-printable', quotedPrintable(body)],
    ['base64 in quoted-printable', quotedPrintable(response)],
    ['base64 in a quoted mail', wrapped(response).replace(/^/gm, '> ')],
    ['a form in a quoted mail', body.replace(/^/gm, '> ')],
    ['a code fence', '```\n' + response + '\n```'],
    ['XML in a code fence', '```xml\n' + sent + '\n```'],
    ['typographic quotes', `“${response}”`],
    ['XML below a sentence', `Decoded SAML response:\n${sent}`],
    ['XML in a line of a log', `2026-11-25 12:00 DEBUG msg=${sent}`],
    ['a command of HTTPie', `http -f POST https://sso/saml/acs SAMLResponse='${response}' RelayState=/`],
    ['cURL with --data-urlencode', `curl https://x --data-urlencode "SAMLResponse=${response}"`],
    ['cURL with -F', `curl https://x -F 'SAMLResponse=${response}'`],
    [
      'an export of Postman',
      JSON.stringify({
        item: [
          {
            request: { body: { mode: 'urlencoded', urlencoded: [{ key: 'SAMLResponse', value: response }] } },
          },
        ],
      }),
    ],
    [
      'an event of AWS Lambda',
      JSON.stringify({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true }),
    ],
    ['a body in JSON', JSON.stringify({ body })],
    ['a body in JSON under another name', JSON.stringify({ request_body: body })],
    ['the base64 of a whole form', Buffer.from(body).toString('base64')],
    ['a block of YAML', `SAMLResponse: >-\n  ${wrapped(response).replaceAll('\n', '\n  ')}\nRelayState: /\n`],
    ['a raw HTTP answer with the page', `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${posts}`],
    [
      'the page of the IdP as base64 in a HAR file',
      JSON.stringify({
        log: {
          entries: [
            { response: { content: { text: Buffer.from(posts).toString('base64'), encoding: 'base64' } } },
          ],
        },
      }),
    ],
    ['a text area', `<html><textarea name="SAMLResponse">${response}</textarea></html>`],
    ['a log of Rails', `Parameters: {"SAMLResponse"=>"${response}", "RelayState"=>"/"}`],
    ['print_r of PHP', `Array\n(\n    [SAMLResponse] => ${response}\n    [RelayState] => /\n)`],
    ['var_dump of PHP', `array(2) {\n  ["SAMLResponse"]=>\n  string(${response.length}) "${response}"\n}`],
    ['a map of Go', `map[RelayState:[/] SAMLResponse:[${response}]]`],
    ['a map of Java', `{RelayState=[/], SAMLResponse=[${response}]}`],
    ['a dict of Python', `{'SAMLResponse': ['${response}'], 'RelayState': ['/']}`],
    ['a form that was encoded once more', encodeURIComponent(body)],
    ['name and value on lines of their own', `SAMLResponse\n${response}\nRelayState\n/`],
    ['a label above the value', `SAMLResponse:\n${response}\nRelayState:\n/`],
    ['a label with a remark', `SAMLResponse (base64): ${response}`],
    ['a variable of a shell', `export SAML_RESPONSE=${response}`],
    ['lines of 76 characters', wrapped(response, 76).replaceAll('\n', '\r\n')],
    ['lines with tabs', wrapped(response, 20).replaceAll('\n', '\n\t')],
    ['armour lines', `-----BEGIN SAML-----\n${wrapped(response)}\n-----END SAML-----`],
    [
      'the XML view of Chromium',
      `This XML file does not appear to have any style information associated with it. The document tree is shown below.\n${sent}`,
    ],
    ['URLSearchParams of a program', `const body = new URLSearchParams({ SAMLResponse: '${response}' })`],
    [
      'a hash table of PowerShell',
      `Invoke-WebRequest -Uri x -Body @{ SAMLResponse = "${response}"; RelayState="/" }`,
    ],
    ['a string of PowerShell', `-Body "SAMLResponse=${encoded}&RelayState=%2F"`],
    ['XML in a JSON log', JSON.stringify({ msg: `got ${sent}` })],
    ['base64 under another name in JSON', JSON.stringify({ saml: response })],
    ['a variable in JSON', JSON.stringify({ samlResponse: response })],
    ['Wireshark’s form items', `Form item: "SAMLResponse" = "${response}"`],
    ['one JSON text in each line', `{"a":1}\n{"body":${JSON.stringify(body)}}`],
    ['a continued line', `SAMLResponse=${encoded.slice(0, 40)}\\\n${encoded.slice(40)}`],
    ['a raw request whose lines were broken', `POST /x HTTP/1.1\nHost: a\nCookie: b\n\n${wrapped(body, 76)}`],
  ])('is found in %s', (_title, captured) => {
    const found = capturedMessage(Buffer.from(captured));
    expect(found?.replace(/\s/g, '')).toBe(response);
  });
});
