// `wix-saml connections`: every connection with its state, as the running service has it, or read anew where none runs.
// `connections activate NAME` puts live what an IT admin brought and tested.

import { connectionViews, type ConnectionView } from '../admin/connections';
import { loadConfig } from '../config/load';
import { nameLine } from '../core/text';
import { askForConnections } from '../server/control-client';
import { systemClock } from '../server/system';
import { command } from './command';
import type { DomainView } from '../sso/domain-proofs';
import { domainLine, domainViews } from './domain-views';
import { activateConnection } from './activate-connection';
import { configOption, flag, jsonOption } from './options';
import { liveDirectory } from './setup-documents';
import { setupHistory } from './setup-history';
import { configFile, exit, json, type Terminal } from './terminal';
import { UsageError } from './usage';

const ACTIONS = ['activate', 'undo', 'history'];

export const connectionsCommand = command({
  name: 'connections',
  description:
    'list every connection: ready, waiting or down; activate what an IT admin has set up and tested, undo that, or see the history',
  arguments: [
    {
      name: '[action]',
      description: 'activate, undo, history; without it the connections are listed',
      words: ['activate', 'undo', 'history'],
    },
    { name: '[name]', description: 'which connection' },
  ],
  options: {
    config: configOption,
    undo: flag('--undo', 'with activate: bring back what was live before'),
    yes: flag('-y, --yes', 'with activate: also where some of the last sign-ins would not have passed'),
    look: flag('--look', 'ask the DNS first for the records that prove domains (`setup.domains: proven`)'),
    json: jsonOption,
  },
  run: async (options, terminal, action = '', name = '') => {
    if (ACTIONS.includes(action) ? name === '' : action !== '')
      throw new UsageError(
        'Write `wix-saml connections`, or `wix-saml connections activate NAME` (or undo, history).',
      );
    if (options.undo && action === '')
      throw new UsageError('--undo stands with `wix-saml connections activate NAME`.');
    if (action === 'history') return setupHistory({ ...options, name }, terminal);
    if (action !== '') {
      const undo = options.undo || action === 'undo';
      return activateConnection({ ...options, undo, name }, terminal);
    }
    const file = configFile(options.config, terminal);
    const running = await askForConnections(file, terminal.env);
    const seen = running?.connections ?? (await readAnew(file, terminal));
    const domains = await domainViews(file, terminal, options);
    const views = seen.map((view): View => {
      const ofView = domains.get(view.name) ?? [];
      return ofView.length === 0 ? view : { ...view, domains: ofView };
    });
    if (options.json) terminal.out(json({ connections: views, ...(running && { process: running.pid }) }));
    else {
      terminal.err(
        running === undefined
          ? 'As the configuration says; no running service answers.'
          : `As the running service has them (process ${String(running.pid)}).`,
      );
      for (const line of views.flatMap(linesOf)) terminal.out(line);
    }
    return views.some(({ state }) => state === 'down') ? exit.findings : exit.fine;
  },
});

async function readAnew(file: string, terminal: Terminal): Promise<readonly ConnectionView[]> {
  const now = systemClock.now();
  const config = await loadConfig(file, { env: terminal.env, now });
  return connectionViews(await liveDirectory(config, terminal), now);
}

type View = ConnectionView & { readonly domains?: readonly DomainView[] };

function linesOf(view: View): string[] {
  const { name, site, state, reason, hint, since, identityProvider, validUntil, askAgainSeconds } = view;
  const lines: [label: string, text: string | undefined][] = [
    ['why', reason],
    ['do', hint],
    ['since', since],
    ['metadata', view.source],
    ['IdP', identityProvider],
    ['valid until', validUntil],
    ['fetched', view.fetched],
    ['next look', view.nextRefresh],
    ['ask again', askAgainSeconds === undefined ? undefined : `every ${String(askAgainSeconds)} s`],
    ...(view.domains ?? []).map((domain): [string, string] => ['domain', domainLine(domain)]),
    ...view.keys.map(({ subject, thumbprint, notAfter }): [string, string] => [
      'key',
      `${nameLine(subject, 120)}, until ${notAfter}, SHA-256 ${thumbprint}`,
    ]),
  ];
  const known = lines.filter(([, text]) => text !== undefined);
  return [
    `${name} (${site}): ${state}`,
    ...known.map(([label, text = '']) => `  ${label.padEnd(12)} ${nameLine(text, 500)}`),
  ];
}
