/** `invite` and `links` beside a running service: the commands and the service share a Redis. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changed, makeExample, type Example } from '../../support/makers/configuration';
import { hasRedis, startRedis, type RedisServer } from '../../support/makers/redis-server';
import { wixSaml } from '../../support/makers/terminal';
import { describeReal } from './processes';

describeReal(
  hasRedis,
  'Redis',
  'redis-server',
)('set-up links in a shared store', () => {
  let example: Example;
  let redis: RedisServer;
  let config: string;
  beforeAll(async () => {
    redis = await startRedis();
    example = makeExample();
    config = join(example.directory, 'wix-saml.yaml');
    const yaml = changed('idpMetadata: idp.xml', 'idpMetadata: setup');
    writeFileSync(config, yaml.replace('state: memory', `state: ${redis.url}`));
  });
  afterAll(async () => {
    example.remove();
    await redis.stop();
  });
  const run = (...args: string[]) => wixSaml([...args, '--config', config]);

  it('are made, listed and revoked', async () => {
    const none = await run('links');
    expect(none).toMatchObject({ code: 0, out: '', err: expect.stringContaining('No link') as unknown });
    const made = await run('invite', 'acme', '--days', '3', '--json');
    const { id, url } = JSON.parse(made.out) as { id: string; url: string };
    expect(url).toMatch(/^https:\/\/sso\.example\.com\/setup\?link=[\w-]{43}$/);
    expect((await run('links')).out).toContain(`${id}  acme: open, until`);
    expect((await run('links', 'revoke', id)).out).toContain(`${id}  acme: revoked`);
    const listed = JSON.parse((await run('links', '--json')).out) as { links: object[] };
    expect(listed.links).toMatchObject([{ id, connection: 'acme', state: 'revoked' }]);
    expect((await run('links', 'revoke', '000000000000')).code).toBe(2);
    expect((await run('invite', 'nobody')).err).toContain('There are: acme');
  });

  it('are refused where the pages are switched off', async () => {
    const off = join(example.directory, 'off.yaml');
    const yaml = changed('idpMetadata: idp.xml', 'idpMetadata: setup');
    writeFileSync(off, `setup: off\n${yaml.replace('state: memory', `state: ${redis.url}`)}`);
    const { code, err } = await wixSaml(['invite', 'acme', '--config', off]);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('setup: off') as unknown });
  });
});
