/** What a good configuration becomes. */

import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { loadConfig } from '../../../src/config/load';
import { configWarnings } from '../../../src/config/warnings';
import { changed, makeExample, now, yaml, type Example } from '../../support/makers/configuration';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

describe('a good configuration', () => {
  it('gives every default and derives our addresses from baseUrl alone', async () => {
    const config = await example.load();
    expect(config.serviceProvider).toMatchObject({
      entityId: 'https://sso.example.com/saml/metadata',
      assertionConsumerServiceUrl: 'https://sso.example.com/saml/acs',
      display: {},
    });
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 3000, trustProxy: 0 });
    expect(config.connections.ready.get('acme')).toMatchObject({
      name: 'acme',
      displayName: 'acme',
      requestBinding: 'redirect',
      forceAuthn: false,
      unsolicited: 'restart',
      clockSkewMs: 180_000,
      allowSha1: false,
      allowCbc: true,
      secondOpinion: false,
      policy: { emailDomains: new Set(['acme.com']), emailFrom: 'nameId' },
    });
    expect(config.sites.get('portal')).toMatchObject({
      landingPage: '/sso',
      signedOutPage: '/',
      origins: ['https://www.example.com'],
    });
    expect(config.maxMessageBytes).toBe(384 * 1024);
    expect(config.logLevel).toBe('info');
  });

  it('is frozen', async () => {
    const config = await example.load();
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.serviceProvider)).toBe(true);
    expect(Object.isFrozen(config.connections.ready.get('acme'))).toBe(true);
  });

  it('drops trailing slashes of addresses and keeps their path', async () => {
    const config = await example.load(changed('https://www.example.com', 'https://user.wixsite.com/site/'));
    expect(config.sites.get('portal')?.url).toBe('https://user.wixsite.com/site');
    expect(config.sites.get('portal')?.origins).toEqual(['https://user.wixsite.com']);
  });

  it('accepts http for loopback hosts', async () => {
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000']) {
      const config = await example.load(changed('https://sso.example.com', `http://${host}`));
      expect(config.serviceProvider.baseUrl).toBe(`http://${host}`);
    }
  });

  it.each(['crlf.crt', 'bare.crt', 'der.crt'])('reads the certificate from %s', async (name) => {
    const good = await example.load();
    const config = await example.load(changed('sp.crt', name));
    expect(config.serviceProvider.signing[0].certificate).toBe(good.serviceProvider.signing[0].certificate);
  });

  it('reads an EC signing pair', async () => {
    const config = await example.load(changed(/sp\.key\n(.*)sp\.crt/, 'ec.key\n$1ec.crt'));
    expect(config.serviceProvider.signing[0].privateKey.asymmetricKeyType).toBe('ec');
  });

  it('takes values from the environment, also numbers and a private key', async () => {
    const text = changed('port: 3000', 'port: ${PORT}').replace('key: sp.key', 'key: ${SIGNING_KEY}');
    const key = readFileSync(join(example.directory, 'sp.key'), 'utf8');
    const config = await example.load(text, { PORT: '8080', SIGNING_KEY: key });
    expect(config.listen.port).toBe(8080);
  });

  it('does not let the environment add options', async () => {
    const problems = await example.problemsOf(changed('port: 3000', 'host: ${HOST}'), {
      HOST: 'a\n  allowSha1: true',
    });
    expect(problems).toEqual([]);
  });

  it('keeps the Redis URL secret', async () => {
    const text = changed('state: memory', 'state: redis://:${REDIS_PASSWORD}@localhost:6379');
    const config = await example.load(text, { REDIS_PASSWORD: 'hunter2' });
    expect(JSON.stringify(config.state)).not.toContain('hunter2');
    expect(config.state.kind === 'redis' && config.state.url.reveal()).toBe(
      'redis://:hunter2@localhost:6379',
    );
  });

  it('reads an API key file for invoke', async () => {
    const config = await example.load(
      changed('httpFunction', 'invoke\n      siteId: abc\n      apiKeyFile: api.key'),
    );
    const exchange = config.sites.get('portal')?.exchange;
    expect(exchange?.via === 'invoke' && exchange.apiKey.reveal()).toBe('IST.abc');
  });

  it('names the missing file when there is no configuration', async () => {
    await expect(loadConfig('/nowhere/wix-saml.yaml', { env: {}, now })).rejects.toThrow(
      /cannot be read: .*ENOENT/,
    );
  });
});

describe('#metadata.idp/address metadata from an address', () => {
  const serve = async (
    handler: Parameters<typeof createServer>[1],
  ): Promise<{ url: string; close: () => void }> => {
    const server = createServer(handler);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/metadata`, close: () => server.close() };
  };

  it('is fetched', async () => {
    const xml = readFileSync(join(example.directory, 'idp.xml'));
    const server = await serve((_request, response) => void response.end(xml));
    const config = await example.load(changed('idp.xml', server.url));
    server.close();
    expect(config.connections.ready.get('acme')?.identityProvider.entityId).toBe(
      'https://idp.example/metadata',
    );
  });

  it('#metadata.idp/redirect is fetched from where a redirect leads', async () => {
    const xml = readFileSync(join(example.directory, 'idp.xml'));
    const server = await serve((request, response) => {
      if (request.url === '/metadata') response.writeHead(302, { location: '/moved' }).end();
      else response.end(xml);
    });
    const config = await example.load(changed('idp.xml', server.url));
    server.close();
    expect([...config.connections.ready.keys()]).toEqual(['acme']);
  });

  it.each([
    ['an error', 500, {}, /status 500/],
    ['a redirect to plain http', 302, { location: 'http://evil.example/' }, /redirected to http:/],
  ])(
    '#metadata.idp/address-refused is refused when the answer is %s',
    async (_title, status, headers, reason) => {
      const server = await serve((_request, response) => void response.writeHead(status, headers).end());
      const problems = await example.problemsOf(changed('idp.xml', server.url));
      server.close();
      expect(problems).toEqual([
        {
          path: 'connections.acme.idpMetadata',
          problem: expect.stringMatching(reason) as unknown,
          hint: expect.any(String) as unknown,
        },
      ]);
    },
  );

  it('is refused when it does not end', async () => {
    const server = await serve((_request, response) => void response.end(Buffer.alloc(5 * 1024 * 1024, 32)));
    const problems = await example.problemsOf(changed('idp.xml', server.url));
    server.close();
    expect(problems[0]?.problem).toMatch(/larger than/);
  });
});

describe('the source of the address', () => {
  const sourceOf = async (line: string): Promise<unknown> => {
    const config = await example.load(changed('emailFrom: nameId', line));
    return config.connections.ready.get('acme')?.policy.emailFrom;
  };

  it.each([
    ['emailFrom: nameId', 'nameId'],
    ['emailFrom: mail', { attribute: 'mail' }],
    ['emailFrom: urn:oid:0.9.2342.19200300.100.1.3', { attribute: 'urn:oid:0.9.2342.19200300.100.1.3' }],
    ['emailAttribute: mail', { attribute: 'mail' }],
    ['emailAttribute: nameId', { attribute: 'nameId' }],
    ['emailAttribute: NameID', { attribute: 'NameID' }],
    ['allowSha1: false', undefined],
  ])('is read from %s', async (line, source) => {
    if (line === 'emailFrom: nameId')
      expect((await example.load()).connections.ready.get('acme')?.policy.emailFrom).toBe(source);
    else expect(await sourceOf(line)).toEqual(source);
  });
});

const another = (name: string, domains: string, site = 'portal'): string =>
  `  ${name}:\n    site: ${site}\n    idpMetadata: idp.xml\n    emailDomains: ${domains}\n    emailFrom: nameId\n    allowCbc: false\n`;
const shop = changed(
  'connections:',
  '  shop:\n    url: https://shop.example\n    exchange:\n      key: exchange.key\nconnections:',
);

describe('B6: the domains of the others', () => {
  const othersOf = async (text: string): Promise<unknown> =>
    (await example.load(text)).connections.ready.get('any')?.policy.domainsOfOthers;

  it('are those that connections of the same site name', async () => {
    const text = `${shop}${another('any', '"*"')}${another('globex', '[globex.example, b.example]')}`;
    expect(await othersOf(text)).toEqual(new Set(['acme.com', 'globex.example', 'b.example']));
    expect(await othersOf(text + another('initech', '[initech.example]', 'shop'))).not.toContain(
      'initech.example',
    );
  });

  it('are none for another star, and not kept for a list', async () => {
    expect(await othersOf(`${yaml}${another('any', '["*"]')}${another('all', '"*"')}`)).toEqual(
      new Set(['acme.com']),
    );
    expect(await othersOf(`${yaml}${another('any', '[any.example]')}`)).toBeUndefined();
  });
});

describe('warnings', () => {
  const warningsOf = async (text: string, at = now): Promise<string[]> =>
    configWarnings(await example.load(text), at).map(({ path, problem }) => `${path}: ${problem}`);

  it('are none for a good configuration, which may accept CBC', async () => {
    expect(await warningsOf(yaml)).toEqual([]);
  });

  it.each([
    [
      'a domain list of everything',
      changed('[acme.com]', '"*"'),
      /connections\.acme\.emailDomains: .*every address/,
    ],
    ['SHA-1', changed('site: portal', 'site: portal\n    allowSha1: true'), /allowSha1: .*collisions/],
    [
      'a second opinion that knows fewer algorithms',
      changed('site: portal', 'site: portal\n    secondOpinion: true'),
      /secondOpinion: refuses what node-saml cannot read/,
    ],
    [
      'a signing key that several IdPs cannot verify',
      changed(/sp\.key\n(.*)sp\.crt/, 'ec.key\n$1ec.crt'),
      /signing\[0\]\.key: signs with ECDSA/,
    ],
    [
      'our certificate near its end',
      changed(/sp\.key\n(.*)sp\.crt/, 'soon.key\n$1soon.crt'),
      /signing\[0\]\.certificate: .*in 10 days/,
    ],
    [
      'an expired certificate of the IdP',
      changed('idp.xml', 'old.xml'),
      /idpMetadata: the IdP’s certificate .* expired on 2026-05-30/,
    ],
    [
      'a site without connections',
      changed(
        'connections:',
        '  shop:\n    url: https://shop.example\n    exchange:\n      key: exchange.key\nconnections:',
      ),
      /sites\.shop: has no connection/,
    ],
  ])('#keys/warnings tell about %s', async (_title, text, warning) => {
    expect((await warningsOf(text)).join('\n')).toMatch(warning);
  });

  it('tell about a connection that does not say where the address stands', async () => {
    const noSource = changed('    emailFrom: nameId\n', '');
    const found = configWarnings(await example.load(noSource), now).find(({ path }) =>
      path.endsWith('emailFrom'),
    );
    expect(found).toMatchObject({
      path: 'connections.acme.emailFrom',
      problem: expect.stringMatching(/is not set/) as unknown,
      hint: expect.stringMatching(/`emailFrom: nameId`, or `emailFrom: ATTRIBUTE`/) as unknown,
    });
    expect(await warningsOf(changed('emailFrom: nameId', 'emailAttribute: mail'))).not.toContain(
      expect.stringMatching(/emailFrom/),
    );
  });

  it('B6: list the domains that several connections of one site name', async () => {
    const shared = `${shop}${another('globex', '[globex.example, acme.com]')}`;
    expect((await warningsOf(shared)).join('\n')).toMatch(
      /sites\.portal: acme\.com is shared by the connections acme, globex/,
    );
    const stars = `${yaml}${another('any', '"*"')}${another('all', '"*"')}`;
    expect((await warningsOf(stars)).join('\n')).toMatch(/nobody names \("\*"\) is shared by .* any, all/);
    const apart = `${shop}${another('globex', '[acme.com]', 'shop')}${another('any', '"*"')}`;
    expect((await warningsOf(apart)).join('\n')).not.toMatch(/is shared by/);
  });

  it('tell about a private key that everybody can read', async () => {
    const loose = join(example.directory, 'loose.key');
    writeFileSync(loose, readFileSync(join(example.directory, 'sp.key')));
    chmodSync(loose, 0o644);
    expect((await warningsOf(changed('sp.key', 'loose.key'))).join('\n')).toMatch(
      /signing\[0\]\.key: can be read by everybody/,
    );
  });

  it('tell about an exchange key that everybody can read: it signs anybody in', async () => {
    const loose = join(example.directory, 'loose-exchange.key');
    writeFileSync(loose, readFileSync(join(example.directory, 'exchange.key')));
    chmodSync(loose, 0o644);
    expect((await warningsOf(changed('exchange.key', 'loose-exchange.key'))).join('\n')).toMatch(
      /exchange\.key: can be read by everybody/,
    );
  });
});
