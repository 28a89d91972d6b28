// `wix-saml invite CONNECTION`: a link with which an IT admin sets a connection up. It is shown here once and nowhere else.

import { linkScopes, type LinkScope } from '../admin/setup/link-record';
import { createLink } from '../admin/setup/links';
import { command } from './command';
import { configOption, jsonOption, parsed } from './options';
import { withSetupDocuments } from './setup-documents';
import { exit, json } from './terminal';
import { UsageError } from './usage';

const MOST_DAYS = 30;

export const inviteCommand = command({
  name: 'invite',
  description: 'make a link with which an IT admin sets a connection up, or sees its sign-in log',
  arguments: [{ name: '<connection>', description: 'name of the connection in the configuration' }],
  options: {
    config: configOption,
    days: parsed('--days <number>', 'how long the link, and what is open in its browser, lives', {
      parse: (written) => {
        const days = /^\d{1,2}$/.test(written) ? Number(written) : 0;
        return days >= 1 && days <= MOST_DAYS ? days : undefined;
      },
      wanted: `Give a whole number from 1 to ${String(MOST_DAYS)}.`,
      standard: 7,
      defaultWords: '7',
    }),
    scope: parsed<LinkScope>('--scope <scope>', 'what it opens: setup, or log for the sign-in log alone', {
      parse: (written) => linkScopes.find((scope) => scope === written),
      wanted: `Write one of: ${linkScopes.join(', ')}.`,
      standard: 'setup',
      defaultWords: 'setup',
    }),
    json: jsonOption,
  },
  run: (options, terminal, connection = '') =>
    withSetupDocuments(options.config, terminal, async (ports, config) => {
      const known = config.connections.entries.map(({ settings }) => settings.name);
      if (!known.includes(connection))
        throw new UsageError(`No connection ${connection}. There are: ${known.join(', ')}`);
      const from = config.connections.byName(connection)?.metadata.from;
      const { scope } = options;
      if (scope === 'setup' && (from === undefined || !('setup' in from)))
        throw new UsageError(
          `The configuration names the metadata of ${connection} itself: write \`idpMetadata: setup\` there first.`,
        );
      if (!config.setupPages)
        throw new UsageError(
          'The set-up pages are switched off: remove `setup: off` from the configuration.',
        );
      const { link, secret } = await createLink(ports, { connection, scope, days: options.days });
      const url = `${config.serviceProvider.baseUrl}/setup?link=${secret.reveal()}`;
      const until = new Date(link.endsAt).toISOString();
      if (options.json) terminal.out(json({ id: link.id, connection, scope, url, until }));
      else {
        terminal.out(url);
        terminal.err(`For the IT admin of ${connection}. It opens once, in one browser, and until ${until}.`);
        terminal.err(`Withdraw it with: wix-saml links revoke ${link.id}`);
      }
      return exit.fine;
    }),
});
