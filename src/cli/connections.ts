// `wix-saml connections`: every connection with its state, read anew; what a running service found, its log says.

import { connectionViews, type ConnectionView } from '../admin/connections';
import { loadConfig } from '../config/load';
import { nameLine } from '../core/text';
import { systemClock } from '../server/system';
import { command } from './command';
import { configOption, jsonOption } from './options';
import { configFile, exit, json } from './terminal';

export const connectionsCommand = command({
  name: 'connections',
  description: 'list every connection: ready, waiting or down, with reason, keys and dates',
  arguments: [],
  options: { config: configOption, json: jsonOption },
  run: async (options, terminal) => {
    const now = systemClock.now();
    const { connections } = await loadConfig(configFile(options.config, terminal), {
      env: terminal.env,
      now,
    });
    const views = connectionViews(connections, now);
    if (options.json) terminal.out(json({ connections: views }));
    else for (const line of views.flatMap(linesOf)) terminal.out(line);
    return views.some(({ state }) => state === 'down') ? exit.findings : exit.fine;
  },
});

function linesOf(view: ConnectionView): string[] {
  const { name, site, state, reason, hint, since, identityProvider, validUntil, askAgainSeconds } = view;
  const lines: [label: string, text: string | undefined][] = [
    ['why', reason],
    ['do', hint],
    ['since', since],
    ['metadata', view.source],
    ['IdP', identityProvider],
    ['valid until', validUntil],
    ['ask again', askAgainSeconds === undefined ? undefined : `every ${String(askAgainSeconds)} s`],
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
