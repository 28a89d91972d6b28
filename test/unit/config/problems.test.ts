/** Every way in which a configuration can be wrong that we thought of: one good configuration, one change each. */

import { changed, makeExample, yaml, type Example } from '../../support/makers/configuration';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

interface Row {
  readonly title: string;
  readonly text: string;
  readonly path: string;
  readonly problem: RegExp;
  readonly hint: RegExp;
}

const row = (title: string, text: string, path: string, [problem, hint]: readonly [RegExp, RegExp]): Row => ({
  title,
  text,
  path,
  problem,
  hint,
});

const emailDomains = 'emailDomains: [acme.com]';
const exchangeKey = '      key: exchange.key';
const pem = '"-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY-----"';

const rows: readonly Row[] = [
  row('no base URL', changed(/ {2}baseUrl: .*\n/, ''), 'serviceProvider.baseUrl', [
    /is missing/,
    /Public address.*Example: https:/,
  ]),
  row(
    'a base URL without a scheme',
    changed('https://sso.example.com', 'sso.example.com'),
    'serviceProvider.baseUrl',
    [/is not a URL/, /beginning with https/],
  ),
  row(
    '#http.addresses/no-plain-http plain http for a public host',
    changed('https://sso.', 'http://sso.'),
    'serviceProvider.baseUrl',
    [/must begin with https/, /localhost only/],
  ),
  row(
    'a base URL with a query',
    changed('sso.example.com', 'sso.example.com/?x=1'),
    'serviceProvider.baseUrl',
    [/query or fragment/, /before "\?"/],
  ),
  row('a base URL with a password', changed('https://sso', 'https://me:pw@sso'), 'serviceProvider.baseUrl', [
    /user name or password/,
    /before "@"/,
  ]),
  row(
    'a number as base URL',
    changed('baseUrl: https://sso.example.com', 'baseUrl: 7'),
    'serviceProvider.baseUrl',
    [/must be text, but is "7"/, /quotes/],
  ),
  row(
    '#metadata.own/entity-id-uri an entityID that is no URI',
    changed('  signing:', '  entityId: my-sp\n  signing:'),
    'serviceProvider.entityId',
    [/not an absolute URI/, /urn:/],
  ),
  row(
    '#metadata.own/entity-id-length an entityID of 300 characters',
    changed('  signing:', `  entityId: https://x/${'a'.repeat(300)}\n  signing:`),
    'serviceProvider.entityId',
    [/at most 256/, /https URL/],
  ),
  row('no signing key', changed(/ {2}signing:\n.*\n.*\n/, '  signing: []\n'), 'serviceProvider.signing', [
    /empty list/,
    /at least one/,
  ]),
  row(
    'a signing key that is missing',
    changed('key: sp.key', 'key: nowhere.key'),
    'serviceProvider.signing[0].key',
    [/cannot be read: .*nowhere\.key \(ENOENT\)/, /wix-saml keys/],
  ),
  row('a directory as key', changed('key: sp.key', 'key: folder'), 'serviceProvider.signing[0].key', [
    /EISDIR/,
    /regular file/,
  ]),
  row('an empty key file', changed('key: sp.key', 'key: empty.key'), 'serviceProvider.signing[0].key', [
    /not a private key in PEM/,
    /BEGIN PRIVATE KEY/,
  ]),
  row('a certificate as key', changed('key: sp.key', 'key: sp.crt'), 'serviceProvider.signing[0].key', [
    /its public half/,
    /private key’s file/,
  ]),
  row(
    'a key with a passphrase',
    changed('key: sp.key', 'key: locked.key'),
    'serviceProvider.signing[0].key',
    [/passphrase/, /openssl pkey/],
  ),
  row(
    'a key written into the file',
    changed('key: sp.key', `key: ${pem}`),
    'serviceProvider.signing[0].key',
    [/private key in the configuration itself/, /into a file/],
  ),
  row(
    'an RSA key of 1024 bits',
    changed(/sp\.key\n(.*)sp\.crt/, 'weak.key\n$1weak.crt'),
    'serviceProvider.signing[0].key',
    [/1024 bits/, /2048/],
  ),
  row('an Ed25519 key', changed('key: sp.key', 'key: odd.key'), 'serviceProvider.signing[0].key', [
    /ed25519/,
    /RSA key/,
  ]),
  row(
    'key and certificate of two pairs',
    changed('key: sp.key', 'key: enc.key'),
    'serviceProvider.signing[0]',
    [/belongs to another key/, /made together/],
  ),
  row(
    'a key as certificate',
    changed('certificate: sp.crt', 'certificate: sp.key'),
    'serviceProvider.signing[0].certificate',
    [/private key, not a certificate/i, /certificate here/],
  ),
  row(
    'a web page as certificate',
    changed('certificate: sp.crt', 'certificate: page.html'),
    'serviceProvider.signing[0].certificate',
    [/not PEM, base64 or DER/i, /Download/],
  ),
  row(
    'an EC key for decryption',
    changed(/enc\.key\n(.*)enc\.crt/, 'ec.key\n$1ec.crt'),
    'serviceProvider.decryption[0].key',
    [/not an RSA key/, /RSA-OAEP/],
  ),
  row(
    'a misspelt option',
    changed('baseUrl:', 'basUrl: https://x.example\n  baseUrl:'),
    'serviceProvider.basUrl',
    [/not an option/, /Did you mean "baseUrl"/],
  ),
  row(
    'an option of another product',
    changed('  signing:', '  wantAssertionsSigned: false\n  signing:'),
    'serviceProvider.wantAssertionsSigned',
    [/not an option/, /No option switches a check off/],
  ),
  row('an unknown section', `${yaml}plugins: []\n`, 'plugins', [
    /not an option/,
    /use one of: serviceProvider/,
  ]),
  row('a prototype as section', `${yaml}__proto__:\n  state: memory\n`, '__proto__', [
    /not an option/,
    /Remove it/,
  ]),
  row('a port that is none', changed('port: 3000', 'port: 99999'), 'listen.port', [/0 to 65535/, /Correct/]),
  row('a port with letters', changed('port: 3000', 'port: three'), 'listen.port', [
    /whole number/,
    /Correct/,
  ]),
  row('a section that is a list', changed('listen:\n  port: 3000', 'listen: [3000]'), 'listen', [
    /must be a mapping/,
    /indented/,
  ]),
  row('a state that does not exist', changed('state: memory', 'state: mysql://x'), 'state', [
    /neither "memory" nor file:DIR nor a redis/,
    /file:\.\/data.*rediss/,
  ]),
  row('a state in no directory', changed('state: memory', 'state: "file:"'), 'state', [
    /no directory of this machine/,
    /file:\.\/data/,
  ]),
  row('a state on another machine', changed('state: memory', 'state: file://server/data'), 'state', [
    /no directory of this machine/,
    /file:\.\/data/,
  ]),
  row(
    'a Redis password in the file',
    changed('state: memory', 'state: redis://:hunter2@redis:6379'),
    'state',
    [/password in the configuration/, /REDIS_PASSWORD/],
  ),
  row('a variable that is not set', changed('port: 3000', 'host: ${NOWHERE}'), 'listen.host', [
    /NOWHERE, which is not set/,
    /Set the variable/,
  ]),
  row('a log level that does not exist', `${yaml}log:\n  level: verbose\n`, 'log.level', [
    /one of error, warn, info, debug/,
    /Choose/,
  ]),
  row(
    'a clock skew of an hour',
    `${yaml}verification:\n  clockSkewSeconds: 3600\n`,
    'verification.clockSkewSeconds',
    [/0 to 300/, /Correct/],
  ),
  row(
    'messages without limit',
    `${yaml}verification:\n  maxMessageKilobytes: 100000\n`,
    'verification.maxMessageKilobytes',
    [/16 to 384/, /Correct/],
  ),
  row('no sites', changed(/sites:\n[^]*connections:/, 'connections:'), 'sites', [/is missing/, /Wix sites/]),
  row('an empty map of sites', changed(/sites:\n[^]*connections:/, 'sites: {}\nconnections:'), 'sites', [
    /is empty/,
    /at least one site/,
  ]),
  row('a site name with capitals', changed(/portal/g, 'Portal'), 'sites.Portal', [
    /not a valid name/,
    /a-z, 0-9/,
  ]),
  row('a site without address', changed(/ {4}url: .*\n/, ''), 'sites.portal.url', [
    /is missing/,
    /Final public address/,
  ]),
  row(
    'a landing page on another host',
    changed('landingPage: /sso', 'landingPage: //evil.example/sso'),
    'sites.portal.landingPage',
    [/not a path on the site/, /Begin with one/],
  ),
  row(
    'a landing page that climbs',
    changed('landingPage: /sso', 'landingPage: /a/../../b'),
    'sites.portal.landingPage',
    [/not a path on the site/, /such as \/sso/],
  ),
  row(
    'an origin with a path',
    changed('    landingPage', '    origins: [https://x.example/page]\n    landingPage'),
    'sites.portal.origins[0]',
    [/more than an origin/, /"https:\/\/x\.example"/],
  ),
  row('an unknown way to the site', changed('httpFunction', 'webhook'), 'sites.portal.exchange.via', [
    /one of httpFunction, invoke/,
    /Choose/,
  ]),
  row('an exchange key on another curve', changed('exchange.key', 'p384.key'), 'sites.portal.exchange.key', [
    /not an EC key on P-256/,
    /wix-saml keys/,
  ]),
  row('an RSA exchange key', changed('exchange.key', 'sp.key'), 'sites.portal.exchange.key', [
    /not an EC key on P-256/,
    /ES256/,
  ]),
  row(
    'invoke without API key',
    changed('httpFunction', 'invoke\n      siteId: 123'.replace('123', '"123"')),
    'sites.portal.exchange.apiKeyFile',
    [/is missing/, /API Keys Manager/],
  ),
  row(
    'invoke without site ID',
    changed('httpFunction', 'invoke\n      apiKeyFile: api.key'),
    'sites.portal.exchange.siteId',
    [/is missing/, /dashboard/],
  ),
  row(
    'an API key in the file',
    changed(exchangeKey, `${exchangeKey}\n      apiKeyFile: IST.eyJraWQi`),
    'sites.portal.exchange.apiKeyFile',
    [/API key in the configuration itself/, /into a file/],
  ),
  row(
    'an API key as text',
    changed(exchangeKey, `${exchangeKey}\n      apiKey: abcdef`),
    'sites.portal.exchange.apiKey',
    [/secret in the configuration itself/, /\$\{VARIABLE\}/],
  ),
  row(
    'an API key file of two lines',
    changed('httpFunction', 'invoke\n      siteId: abc\n      apiKeyFile: two.key'),
    'sites.portal.exchange.apiKeyFile',
    [/holds no API key/, /one line/],
  ),
  row(
    'an API key that nobody uses',
    changed(exchangeKey, `${exchangeKey}\n      apiKeyFile: api.key`),
    'sites.portal.exchange.apiKeyFile',
    [/not used by/, /via: invoke/],
  ),
  row('no connections', changed(/connections:[^]*$/, ''), 'connections', [/is missing/, /IdPs by a name/]),
  row('a connection name with a dot', changed('acme:', 'acme.com:'), 'connections.acme.com', [
    /not a valid name for a connection/,
    /1 to 32/,
  ]),
  row('a connection for an unknown site', changed('site: portal', 'site: shop'), 'connections.acme.site', [
    /names no site: "shop"/,
    /one of: portal/,
  ]),
  row('metadata that is missing', changed('idp.xml', 'none.xml'), 'connections.acme.idpMetadata', [
    /cannot be read/,
    /Save the metadata/,
  ]),
  row('a web page as metadata', changed('idp.xml', 'page.html'), 'connections.acme.idpMetadata', [/./, /./]),
  row('our own metadata as IdP', changed('idp.xml', 'own.xml'), 'connections.acme.idpMetadata', [
    /is our own metadata/,
    /of the IdP/,
  ]),
  row(
    'metadata over plain http',
    changed('idp.xml', 'http://idp.example/metadata'),
    'connections.acme.idpMetadata',
    [/must begin with https/, /localhost/],
  ),
  row(
    'metadata written into the file',
    changed('idp.xml', '"<EntityDescriptor/>"'),
    'connections.acme.idpMetadata',
    [/holds the metadata itself/, /Save it as a file/],
  ),
  row(
    'an entity that the metadata lacks',
    changed('idp.xml', 'idp.xml\n    idpEntityId: https://other.example'),
    'connections.acme.idpMetadata',
    [/./, /./],
  ),
  row('no e-mail domains', changed(`    ${emailDomains}\n`, ''), 'connections.acme.emailDomains', [
    /is missing/,
    /\[acme\.com\]/,
  ]),
  row(
    'an empty list of domains',
    changed(emailDomains, 'emailDomains: []'),
    'connections.acme.emailDomains',
    [/empty list/, /mail domains/],
  ),
  row(
    'one domain without a list',
    changed(emailDomains, 'emailDomains: acme.com'),
    'connections.acme.emailDomains',
    [/must be a list/, /\[example\.com\]/],
  ),
  row(
    'a star among domains',
    changed(emailDomains, 'emailDomains: [acme.com, "*"]'),
    'connections.acme.emailDomains[1]',
    [/not a mail domain/, /"\*" alone/],
  ),
  row(
    'a wildcard domain',
    changed(emailDomains, 'emailDomains: ["*.acme.com"]'),
    'connections.acme.emailDomains[0]',
    [/not a mail domain/, /every sub-domain/],
  ),
  row(
    'an address as domain',
    changed(emailDomains, 'emailDomains: ["me@acme.com"]'),
    'connections.acme.emailDomains[0]',
    [/not a mail domain/, /"acme\.com"/],
  ),
  row(
    'an international domain',
    changed(emailDomains, 'emailDomains: [bücher.example]'),
    'connections.acme.emailDomains[0]',
    [/not a mail domain/, /xn--/],
  ),
  row(
    'a top-level domain',
    changed(emailDomains, 'emailDomains: [com]'),
    'connections.acme.emailDomains[0]',
    [/not a mail domain/, /example\.com/],
  ),
  row(
    'a mode that does not exist',
    changed(emailDomains, `${emailDomains}\n    unsolicited: accept`),
    'connections.acme.unsolicited',
    [/one of restart, reject/, /Choose/],
  ),
  row(
    'a yes instead of true',
    changed(emailDomains, `${emailDomains}\n    allowSha1: yes`),
    'connections.acme.allowSha1',
    [/true or false/, /without quotes/],
  ),
  row(
    'a skew per connection beyond the ceiling',
    changed(emailDomains, `${emailDomains}\n    clockSkewSeconds: 301`),
    'connections.acme.clockSkewSeconds',
    [/0 to 300/, /Correct/],
  ),
  row(
    'an empty list of classes',
    changed(emailDomains, `${emailDomains}\n    requestedAuthnContext: []`),
    'connections.acme.requestedAuthnContext',
    [/empty list/, /at least one/],
  ),
  row(
    'MFA by a word and by classes',
    changed(emailDomains, `${emailDomains}\n    require: mfa\n    requestedAuthnContext: [urn:x]`),
    'connections.acme.requestedAuthnContext',
    [/beside `require: mfa`/, /Keep one/],
  ),
  row(
    'proofs in a store that forgets them',
    changed('state: memory', 'state: memory\nsetup: { domains: proven }'),
    'setup.domains',
    [/outlives a restart/, /state: file/],
  ),
  row(
    'proofs of every domain',
    changed('[acme.com]', '"*"').replace('state: memory', 'state: file:state\nsetup: { domains: proven }'),
    'connections.acme.emailDomains',
    [/no domain that could be proven/, /own domains/],
  ),
  row(
    'an activation without a proof',
    changed('state: memory', 'state: memory\nsetup: { activation: self }'),
    'setup.activation',
    [/needs `domains: proven`/, /domains: proven/],
  ),
  row(
    'a name server that is none',
    changed('state: memory', 'state: file:state\nsetup: { domains: proven, dnsServers: [10.0.0.53.1] }'),
    'setup.dnsServers[0]',
    [/name server/, /10\.0\.0\.53:5353/],
  ),
  row(
    'a word for the set-up that is none',
    changed('state: memory', 'state: memory\nsetup: maybe'),
    'setup',
    [/on, off/, /Choose/],
  ),
  row(
    'a demand that is none',
    changed(emailDomains, `${emailDomains}\n    require: 2fa`),
    'connections.acme.require',
    [/must be one of mfa, but is .*2fa/, /Choose/],
  ),
  row(
    'two sources of the address',
    changed(emailDomains, `${emailDomains}\n    emailAttribute: mail`),
    'connections.acme.emailAttribute',
    [/beside emailFrom/, /Keep emailFrom/],
  ),
  row(
    'two sources of the address that are equal',
    changed('emailFrom: nameId', 'emailFrom: mail\n    emailAttribute: mail'),
    'connections.acme.emailAttribute',
    [/beside emailFrom/, /remove emailAttribute/],
  ),
  row(
    'a source of the address that may mean two things',
    changed('emailFrom: nameId', 'emailFrom: NameID'),
    'connections.acme.emailFrom',
    [/the NameID or an attribute/, /nameId for the NameID.*`emailAttribute: NameID`/],
  ),
  row(
    'an empty source of the address',
    changed('emailFrom: nameId', 'emailFrom: ""'),
    'connections.acme.emailFrom',
    [/is empty/, /remove the line/],
  ),
  row(
    'a contact that is no address',
    changed('  signing:', '  technicalContactEmail: me\n  signing:'),
    'serviceProvider.technicalContactEmail',
    [/not an e-mail address/, /name@example/],
  ),
  row('a key that stands twice', changed('state: memory', 'state: memory\nstate: memory'), '', [
    /duplicated mapping key \(line \d+\)/,
    /one key once/,
  ]),
  row('an alias', changed('state: memory', 'state: &m memory\nlog: { level: *m }'), '', [
    /alias/i,
    /one key once/,
  ]),
  row('a tab', changed('  port: 3000', '\tport: 3000'), '', [/tab/i, /two spaces/]),
  row('a list as the whole file', '- a\n', '', [/must be a mapping/, /indented/]),
];

describe('a configuration with one mistake', () => {
  it.each(rows)(
    'is refused for $title, with the place, the problem and a hint',
    async ({ text, path, problem, hint }) => {
      const problems = await example.problemsOf(text);
      expect(problems.map((one) => one.path)).toContain(path);
      const found = problems.find((one) => one.path === path && problem.test(one.problem));
      expect(found).toEqual({
        path,
        problem: expect.stringMatching(problem) as unknown,
        hint: expect.stringMatching(hint) as unknown,
      });
    },
  );

  it('has at least thirty such mistakes here, each with its own text', () => {
    expect(new Set(rows.map(({ text }) => text)).size).toBeGreaterThanOrEqual(70);
  });
});

describe('a configuration with several mistakes', () => {
  it('is told all of them at once', async () => {
    const text = changed('https://sso', 'http://sso')
      .replace('key: sp.key', 'key: nowhere.key')
      .replace('landingPage: /sso', 'landingPage: sso')
      .replace(emailDomains, 'emailDomains: ["*.acme.com"]')
      .replace('state: memory', 'stat: memory');
    const paths = (await example.problemsOf(text)).map((problem) => problem.path);
    expect(paths.sort()).toEqual([
      'connections.acme.emailDomains[0]',
      'serviceProvider.baseUrl',
      'serviceProvider.signing[0].key',
      'sites.portal.landingPage',
      'stat',
    ]);
  });

  it('#keys/never-quoted never quotes a secret', async () => {
    const text = changed('state: memory', 'state: redis://:hunter2@redis:6379').replace(
      'key: sp.key',
      `key: ${pem}`,
    );
    const told = JSON.stringify(await example.problemsOf(text));
    expect(told).not.toMatch(/hunter2|MIIB/);
  });
});
