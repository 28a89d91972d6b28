/** `wix-saml dev` and `wix-saml demo`, as far as they go without their local parts: what they turn, and what they refuse. */

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../../src/config/load';
import { parseYaml } from '../../../src/config/yaml';
import { localInput } from '../../../src/cli/local-input';
import { changed, makeExample, now, yaml, type Example } from '../../support/makers/configuration';
import { wixSaml } from '../../support/makers/terminal';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

const places = { siteUrl: 'http://127.0.0.1:4482', idpMetadata: 'idp.xml' };
const local = (text: string, site?: string) => localInput(parseYaml(text), site, places);

describe('a configuration that is turned to this machine', () => {
  const real = changed(
    'state: memory',
    'state: rediss://:${REDIS_PASSWORD}@redis.internal\nstateKeys: [state.key]',
  )
    .replace('via: httpFunction', 'via: invoke\n      siteId: abc\n      apiKey: ${API_KEY}')
    .replace('    landingPage', '    origins: [https://preview.example.com]\n    landingPage')
    .replace(
      'idp.xml',
      'https://idp.example/metadata\n    idpEntityId: urn:idp\n    requireValidUntilWithinDays: 7',
    )
    .replace('emailFrom: nameId', 'emailFrom: mail');

  it('reaches no store, no site, no API and no IdP, and needs none of their secrets', async () => {
    const { input, emailAttributes } = local(real);
    expect(JSON.stringify(input)).not.toMatch(
      /redis|API_KEY|abc|preview|www\.example|idp\.example|urn:idp|stateKeys/,
    );
    expect(emailAttributes).toEqual(['mail']);
    const config = await parseConfig(input, example.directory, { env: {}, now });
    expect(config.state).toEqual({ kind: 'memory' });
    expect(config.sites.get('portal')).toMatchObject({ url: places.siteUrl, origins: [places.siteUrl] });
    expect([...config.connections.ready.keys()]).toEqual(['acme']);
  });

  it('keeps what its owner wants to try', async () => {
    const { input } = local(
      changed('emailFrom: nameId', 'emailFrom: nameId\n    requireSignedResponse: true'),
    );
    const config = await parseConfig(input, example.directory, { env: {}, now });
    expect(config.connections.ready.get('acme')).toMatchObject({ requireSignedResponse: true });
  });

  it('is one site with its own connections', () => {
    const two = changed(
      'connections:',
      '  shop:\n    url: https://shop.example\n    exchange:\n      key: exchange.key\nconnections:',
    ).concat('  globex:\n    site: shop\n    idpMetadata: setup\n    emailDomains: [globex.example]\n');
    expect(() => local(two)).toThrow(/--site: portal, shop/);
    expect(() => local(two, 'nowhere')).toThrow(/No site is called "nowhere". Use one of: portal, shop/);
    expect(() => local(two, 'constructor')).toThrow(/No site is called/);
    const { input } = local(two, 'shop');
    expect(Object.keys(input['sites'] as object)).toEqual(['shop']);
    expect(Object.keys(input['connections'] as object)).toEqual(['globex']);
  });

  it.each(['', '- a', 'sites: 7', 'sites:\n  portal: x\n'])(
    'is left for the loader to refuse when it is %j',
    async (text) => {
      const attempt = (): Promise<unknown> =>
        parseConfig(local(text).input, example.directory, { env: {}, now });
      await expect(Promise.resolve().then(attempt)).rejects.toThrow(/with --site|has \d+ problems?/);
    },
  );
});

describe('wix-saml dev', () => {
  const dev = (text: string, ...flags: string[]) => {
    const file = join(example.directory, 'dev.yaml');
    writeFileSync(file, text);
    return wixSaml(['dev', '--config', file, ...flags]);
  };
  const left = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('wix-saml-local-'));

  it.each(['https://sso.example.com', 'https://localhost:3000', 'https://127.0.0.1'])(
    '#package/local-only is of no use with the baseUrl %s',
    async (baseUrl) => {
      const before = left();
      const { code, err } = await dev(yaml.replace('https://sso.example.com', baseUrl));
      expect(code).toBe(2);
      expect(err).toMatch(/anybody can be anybody, so it must be an http address of this machine/);
      expect(left()).toEqual(before);
    },
  );

  it('names all problems of the configuration first', async () => {
    const { code, err } = await dev(changed('key: sp.key', 'key: nowhere.key'));
    expect([code, err]).toEqual([1, expect.stringMatching(/signing\[0\]\.key: cannot be read/)]);
  });

  it('says that there is no such file', async () => {
    const { code, err } = await wixSaml(['dev', '--config', '/nowhere/wix-saml.yaml']);
    expect([code, err]).toEqual([1, expect.stringMatching(/cannot be read: \/nowhere/)]);
  });

  describe('when a port is taken', () => {
    let server: Server;
    let port: number;
    beforeAll(async () => {
      server = createServer();
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      ({ port } = server.address() as AddressInfo);
    });
    afterAll(() => server.close());

    it('says which, and what to do', async () => {
      const { code, err } = await dev(changed('https://sso.example.com', `http://localhost:${port}`));
      expect([code, err]).toEqual([2, expect.stringContaining(`Port ${port} of this machine is taken.`)]);
      expect(err).toMatch(/--port/);
    });

    it('says so in the demo', async () => {
      const { code, err } = await wixSaml(['demo', '--port', String(port - 1)]);
      expect([code, err]).toEqual([2, expect.stringContaining(`Port ${port} of this machine is taken.`)]);
    });
  });

  it.each(['80', '0', 'x', '65535', '1e9'])('refuses the port %s', async (port) => {
    expect(await dev(yaml, '--port', port)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/1024 to 65500/) as unknown,
    });
  });
});

it('the local parts are no part of the source', () => {
  expect(existsSync(join(__dirname, '..', '..', '..', 'src', 'demo'))).toBe(false);
});
