// `wix-saml demo`: a whole sign-in on this machine, to click through, with nothing to set up. Its keys are made anew and go
// with it.

import { join } from 'node:path';
import { makeKeys } from '../admin/make-keys';
import type { ConfigInput } from '../config/config-input';
import type { Log } from '../server/app-types';
import { systemClock, systemRandom } from '../server/system';
import { command } from './command';
import type { LocalInput, LocalPlaces } from './local-input';
import type { LocalSite } from './local-parts';
import { runLocally } from './local-run';
import { flag, portOption } from './options';
import { exit, type Terminal } from './terminal';

const standardPort = 4480;

export const demoCommand = command({
  name: 'demo',
  description: 'show a whole sign-in on this machine: service, identity provider and Wix site; until Ctrl-C',
  arguments: [],
  options: {
    port: portOption('--port <number>', 'first of three ports', standardPort),
    check: flag('--check', 'sign in by itself, say what happened, and end'),
  },
  run: async ({ port, check }, terminal) => {
    const run = {
      input: (places: LocalPlaces, directory: string) => demoInput(port, places, directory),
      surroundings: { env: {}, now: systemClock.now() },
      firstPort: port + 1,
      options: { log: troublesTo(terminal) },
    };
    let isRight = !check;
    await runLocally(run, ({ siteUrl, baseUrl, site }) => {
      if (check) {
        return signInBy(site, baseUrl, terminal).then((right) => {
          isRight = right;
          return 'done';
        });
      }
      terminal.out(`Open ${siteUrl} and click "Sign in". Ctrl-C ends the demo and leaves nothing behind.`);
      return 'wait';
    });
    return isRight ? exit.fine : exit.findings;
  },
});

const person = { id: 'alice-example.com', email: 'alice@example.com' };

/** @returns whether the right member is signed in */
async function signInBy(site: LocalSite, baseUrl: string, terminal: Terminal): Promise<boolean> {
  const { steps, member, page } = await site.signIn(baseUrl, person.id);
  steps.forEach((step, index) => terminal.out(`${index + 1}. ${step}`));
  const isRight = member.email === person.email;
  terminal.out(`${isRight ? 'Signed in' : 'WRONG MEMBER'}: ${member.name} <${member.email}> on ${page}`);
  return isRight;
}

async function demoInput(port: number, places: LocalPlaces, directory: string): Promise<LocalInput> {
  const into = join(directory, 'keys');
  const purposes = ['signing', 'encryption', 'exchange'] as const;
  const system = { clock: systemClock, random: systemRandom };
  await makeKeys({ into, purposes, suffix: '', name: 'wix-saml demo', days: 1 }, system);
  const pair = (name: string) => ({ key: join(into, `${name}.key`), certificate: join(into, `${name}.crt`) });
  const input: ConfigInput = {
    serviceProvider: {
      baseUrl: `http://localhost:${port}`,
      signing: [pair('signing')],
      decryption: [pair('encryption')],
    },
    sites: { portal: { url: places.siteUrl, exchange: { key: join(into, 'exchange.key') } } },
    connections: {
      acme: {
        site: 'portal',
        idpMetadata: places.idpMetadata,
        emailDomains: ['example.com'],
        emailFrom: 'nameId',
        allowCbc: false,
      },
    },
  };
  return { input: { ...input }, site: 'portal', emailAttributes: [] };
}

/** A demo shows pages; what went wrong is worth a line. */
const troublesTo =
  (terminal: Terminal): Log =>
  (level, event, { code, problem } = {}) => {
    if (level !== 'error' && event !== 'refused') return;
    terminal.err([event, code, problem].filter((word) => typeof word === 'string').join(' '));
  };
