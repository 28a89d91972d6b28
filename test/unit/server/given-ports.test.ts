/** A host's own clock and randomness: used everywhere, and held to what decisions rely on. */

import { randomBytes } from 'node:crypto';
import { createApp, parseConfig, type Config, type ConfigInput } from '../../../src/index';
import { parseYaml } from '../../../src/config/yaml';
import { givenPorts } from '../../../src/server/given-ports';
import { pooledRandom } from '../../../src/server/system';
import { makeExample, now, yaml, type Example } from '../../support/makers/configuration';
import { listen } from '../../support/makers/listening';

let example: Example;
let config: Config;
const input = parseYaml(yaml) as ConfigInput;
beforeAll(async () => {
  example = makeExample();
  config = await parseConfig(input, { baseDirectory: example.directory, env: {}, clock: { now: () => now } });
});
afterAll(() => example.remove());

describe('the clock of a host', () => {
  it('says when certificates end, and times every line', async () => {
    const told = async (at: number): Promise<string> => {
      const lines: unknown[] = [];
      const app = createApp(config, { clock: { now: () => at }, log: (...line) => void lines.push(line) });
      await app.ready;
      await app.close();
      return JSON.stringify(lines);
    };
    expect(await told(now)).not.toMatch(/expired on/);
    expect(await told(now + 20 * 365 * 86_400_000)).toMatch(/signing\[0\]\.certificate.*expired on/);
  });

  it.each([NaN, Infinity, '1', undefined])('is not believed when it says %p', async (time) => {
    const clock = { now: () => time as number };
    expect(() => givenPorts({ clock }).clock.now()).toThrow(TypeError);
    await expect(parseConfig(input, { baseDirectory: example.directory, env: {}, clock })).rejects.toThrow(
      /finite/,
    );
    expect(() => createApp(config, { clock, log: () => undefined })).toThrow(/finite/);
  });
});

describe('the randomness of a host', () => {
  it('gives the identifiers of requests', async () => {
    let asked = 0;
    const random = {
      bytes: (count: number) => {
        asked += count;
        return randomBytes(count);
      },
    };
    const app = createApp(config, { random, log: () => undefined });
    const server = await listen(app.handler);
    const before = asked;
    await server.get('/nowhere');
    expect(asked).toBeGreaterThan(before);
    await server.stop();
    await app.close();
  });

  it.each([
    ['too few', () => Buffer.alloc(1)],
    ['too many', () => Buffer.alloc(10_000)],
    ['no Buffer', () => 'x'.repeat(16) as unknown as Buffer],
    ['nothing', () => undefined as unknown as Buffer],
  ])('is refused when it gives %s', (_what, bytes) => {
    expect(() => givenPorts({ random: { bytes } }).random.bytes(16)).toThrow(/Buffer of count bytes/);
    expect(() => createApp(config, { random: { bytes }, log: () => undefined })).toThrow(TypeError);
  });

  it('keeps no hold on the bytes of its pool', () => {
    const given = Buffer.alloc(4096, 7);
    const random = pooledRandom({ bytes: () => given });
    const first = random.bytes(8);
    given.fill(9);
    expect([first, random.bytes(8)]).toEqual([Buffer.alloc(8, 7), Buffer.alloc(8, 7)]);
  });
});

describe('a Config', () => {
  it('shows its public address and nothing else', () => {
    expect(config.baseUrl).toBe('https://sso.example.com');
    expect(JSON.stringify(config)).toBe('{}');
    expect(Object.isFrozen(config)).toBe(true);
    expect(Reflect.ownKeys(config)).toEqual([]);
  });

  it.each([{}, { baseUrl: 'https://sso.example.com' }, undefined, null, 'x'])(
    'is not replaced by %p',
    (other) => {
      expect(() => createApp(other as Config, { log: () => undefined })).toThrow(/not a Config/);
    },
  );
});
