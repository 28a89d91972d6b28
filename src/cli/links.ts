// `wix-saml links`: the set-up links that were made, and what became of them; `links revoke ID` ends one, and what is open by it.

import { listLinks, revokeLink, type LinkPorts, type SetupLink } from '../admin/setup/links';
import { command } from './command';
import { configOption, jsonOption } from './options';
import { withSetupDocuments } from './setup-documents';
import { exit, json } from './terminal';
import { UsageError } from './usage';

export const linksCommand = command({
  name: 'links',
  description: 'list the set-up links, or revoke one',
  arguments: [
    { name: '[action]', description: 'revoke; without it the links are listed', words: ['revoke'] },
    { name: '[id]', description: 'id of the link, from the list' },
  ],
  options: { config: configOption, json: jsonOption },
  run: (options, terminal, action = '', id = '') => {
    if (action === 'revoke' ? id === '' : action !== '')
      throw new UsageError('Write `wix-saml links`, or `wix-saml links revoke ID`.');
    return withSetupDocuments(options.config, terminal, async (ports) => {
      const links = id === '' ? await listLinks(ports) : [await revoked(ports, id)];
      if (options.json) terminal.out(json({ links: links.map(forMachines) }));
      else for (const link of links) terminal.out(lineOf(link));
      if (!options.json && links.length === 0) terminal.err('No link was made in the last weeks.');
      return exit.fine;
    });
  },
});

async function revoked(ports: LinkPorts, id: string): Promise<SetupLink> {
  const link = await revokeLink(ports, id);
  if (link === undefined) throw new UsageError(`No link ${id}: \`wix-saml links\` lists them.`);
  return link;
}

const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 16);

function lineOf(link: SetupLink): string {
  const { id, connection, scope, state, endsAt, redeemedAt, revokedAt } = link;
  const opened = redeemedAt === undefined ? '' : `, opened ${day(redeemedAt)}`;
  const withdrawn = revokedAt === undefined ? '' : `, revoked ${day(revokedAt)}`;
  return `${id}  ${connection}${scope === 'log' ? ' (log)' : ''}: ${state}${opened}${withdrawn}, until ${day(endsAt)} UTC`;
}

const forMachines = ({ createdAt, endsAt, redeemedAt, revokedAt, ...link }: SetupLink): object => ({
  ...link,
  createdAt: new Date(createdAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
  redeemedAt: redeemedAt === undefined ? undefined : new Date(redeemedAt).toISOString(),
  revokedAt: revokedAt === undefined ? undefined : new Date(revokedAt).toISOString(),
});
