// `wix-saml connections history NAME`: every change of what an IT admin sets up, the latest first.

import { readHistory, type SetupChange } from '../admin/setup/history';
import { nameLine } from '../core/text';
import { withSetupDocuments } from './setup-documents';
import { exit, json, type Terminal } from './terminal';
import { UsageError } from './usage';

interface Choice {
  readonly config: string | undefined;
  readonly name: string;
  readonly json: boolean;
}

const words: Readonly<Record<SetupChange['what'], string>> = {
  product: 'chose the product',
  metadata: 'brought metadata of',
  emailFrom: 'chose the address from',
  handedOver: 'handed over',
  activated: 'put live',
  undone: 'went back to',
};

export function setupHistory(
  { config: file, name, json: asJson }: Choice,
  terminal: Terminal,
): Promise<number> {
  return withSetupDocuments(file, terminal, async ({ documents }, config) => {
    if (config.connections.byName(name) === undefined) throw new UsageError(`No connection ${name}.`);
    const changes = await readHistory(documents, name);
    if (asJson) terminal.out(json({ connection: name, changes }));
    else for (const change of changes) terminal.out(lineOf(change));
    if (changes.length === 0 && !asJson) terminal.err(`Nobody has changed the set-up of ${name}.`);
    return exit.fine;
  });
}

function lineOf({ at, by, what, now }: SetupChange): string {
  const who = by === 'operator' ? 'the operator' : `link ${by}`;
  return `${new Date(at).toISOString().slice(0, 19)}Z  ${nameLine(`${who} ${words[what]} ${now}`, 500)}`;
}
