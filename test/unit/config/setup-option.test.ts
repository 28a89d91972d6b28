// `setup` as one word and as a section.

import { changed, makeExample, type Example } from '../../support/makers/configuration';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

const loaded = (written: string) => example.load(changed('state: memory', `state: file:state\n${written}`));

it.each([
  ['', { setupPages: true, selfActivation: false }],
  ['setup: on', { setupPages: true, selfActivation: false }],
  ['setup: off', { setupPages: false, selfActivation: false }],
  ['setup: { pages: off }', { setupPages: false, selfActivation: false }],
  [
    'setup: { domains: proven }',
    { setupPages: true, selfActivation: false, provenDomains: { servers: undefined } },
  ],
  [
    'setup: { domains: proven, activation: self, dnsServers: [10.0.0.53, "10.0.0.53:5353", "::1", "[::1]:53"] }',
    {
      selfActivation: true,
      provenDomains: { servers: ['10.0.0.53', '10.0.0.53:5353', '::1', '[::1]:53'] },
    },
  ],
])('%s', async (written, expected) => {
  const config = await loaded(written);
  expect(config).toMatchObject(expected);
  expect('provenDomains' in config).toBe('provenDomains' in expected);
});
