// The way out as the configuration says it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { makeExample, yaml, type Example } from '../../support/makers/configuration';
import { makeIdpKeys } from '../../support/idp';
import { readFileSync } from 'node:fs';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

const withOutbound = (lines: string): string => `${yaml}outbound:\n${lines.replace(/^/gm, '  ')}\n`;

describe('outbound', () => {
  it('is straight when nothing is said', async () => {
    expect((await example.load()).outbound).toEqual({});
  });

  it('knows a proxy with its password from the environment, hosts without it, and authorities', async () => {
    const [a, b] = [makeIdpKeys(), makeIdpKeys()].map(({ certificatePem }) => certificatePem);
    writeFileSync(join(example.directory, 'ca.crt'), `# ours\n${a ?? ''}\n${b ?? ''}`);
    const text = withOutbound(
      'proxy: "http://me:${PROXY_PASSWORD}@proxy.example:3128"\ndirect: [idp.corp.example, .Inside.example]\nca: ca.crt',
    );
    const { outbound } = await example.load(text, { PROXY_PASSWORD: 'p%40ss' });
    expect(outbound.proxy?.origin).toBe('http://proxy.example:3128');
    expect(outbound.proxy?.authorization?.reveal()).toBe(
      `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    );
    expect(inspect(outbound, { depth: 9 })).not.toMatch(/p@ss|Basic/);
    expect(outbound.direct).toEqual(['idp.corp.example', '.inside.example']);
    expect(outbound.ca).toHaveLength(2);
    expect((await example.load(withOutbound('proxy: http://proxy.example'))).outbound).toEqual({
      proxy: { origin: 'http://proxy.example' },
    });
  });

  it.each([
    ['proxy: proxy.example', 'outbound.proxy', /is not the http/],
    ['proxy: socks5://proxy.example', 'outbound.proxy', /is not the http/],
    ['proxy: http://proxy.example/path', 'outbound.proxy', /is not the http/],
    ['proxy: http://me:secret@proxy.example', 'outbound.proxy', /holds a password/],
    ['direct: ["https://idp.example"]', 'outbound.direct[0]', /is not a host name/],
    ['ca: none.crt', 'outbound.ca[0]', /cannot be read/],
    ['ca: sp.key', 'outbound.ca[0]', /holds no certificate/],
    ['ca: [broken.crt]', 'outbound.ca[0]', /cannot be read/],
  ])('is a problem: %s', async (lines, path, problem) => {
    writeFileSync(
      join(example.directory, 'broken.crt'),
      readFileSync(join(example.directory, 'sp.crt'), 'latin1').replace(/\n.{8}/, '\nAAAAAAAA'),
    );
    const problems = await example.problemsOf(withOutbound(lines));
    expect(problems).toContainEqual({
      path,
      problem: expect.stringMatching(problem) as unknown,
      hint: expect.any(String) as unknown,
    });
    expect(JSON.stringify(problems)).not.toContain('secret');
  });
});
