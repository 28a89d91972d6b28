// `wix-saml connections activate NAME`: what an IT admin brought and tested becomes live in every process; `--undo` goes back.

import { activate, undoActivation, type Activation } from '../admin/setup/activate';
import { judgeDraft } from '../admin/sign-in-log/draft-experience';
import type { Experience } from '../admin/sign-in-log/experience';
import { nameLine } from '../core/text';
import { experienceLines } from './experience-lines';
import { withSetupDocuments } from './setup-documents';
import { exit, json, type Terminal } from './terminal';
import { UsageError } from './usage';

interface Choice {
  readonly config: string | undefined;
  readonly name: string;
  readonly undo: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

export function activateConnection({ name, ...choice }: Choice, terminal: Terminal): Promise<number> {
  return withSetupDocuments(choice.config, terminal, async ({ documents, clock }, config) => {
    if (config.connections.byName(name) === undefined) {
      const known = config.connections.entries.map(({ settings }) => settings.name).join(', ');
      throw new UsageError(`No connection ${name}. There are: ${known}`);
    }
    if (choice.undo) {
      const undone = await undoActivation(documents, name, { act: { by: 'operator', at: clock.now() } });
      const said =
        undone === undefined ? 'nothing was live' : (undone.live?.summary ?? 'it waits for its set-up');
      if (choice.json) terminal.out(json({ connection: name, undone: undone !== undefined, live: said }));
      else terminal.out(`${name}: ${nameLine(said, 500)}`);
      return undone === undefined ? exit.findings : exit.fine;
    }
    const experience = await judgeDraft({ ...config, clock }, documents, name);
    if (!choice.json)
      for (const line of experience === undefined ? [] : experienceLines(experience)) terminal.out(line);
    if (!choice.yes && !(await mayGoOn(experience, terminal))) {
      if (choice.json)
        terminal.out(json({ connection: name, activated: false, reason: 'experience', experience }));
      else terminal.err(`${name}: not activated. With --yes it is, all the same.`);
      return exit.findings;
    }
    const activation = await activate({ ...config, clock }, documents, name);
    if (choice.json) terminal.out(json({ connection: name, ...forMachines(activation), experience }));
    else for (const line of linesOf(name, activation)) terminal.out(line);
    return activation.kind === 'refused' ? exit.findings : exit.fine;
  });
}

/** Where some of the last sign-ins would have failed, somebody has to say yes. */
async function mayGoOn(experience: Experience | undefined, { ask }: Terminal): Promise<boolean> {
  if (experience === undefined || experience.pass === experience.signIns) return true;
  const answer = await ask?.({
    message: 'Activate it all the same?',
    standard: 'no',
    check: (given) => (/^(?:yes|no)$/.test(given) ? undefined : 'Write yes or no.'),
  });
  return answer === 'yes';
}

const reasons = {
  notSetup: 'its configuration does not say `idpMetadata: setup`',
  noMetadata: 'nobody has brought metadata that is of use',
  notTested: 'these settings have not passed a test sign-in',
  notProven: 'not every domain is proven',
  undecided: 'the IT admin has not decided which address counts',
} as const;

function linesOf(name: string, activation: Activation): readonly string[] {
  if (activation.kind === 'refused') return [`${name}: not activated: ${reasons[activation.missing]}.`];
  const { live, changes = {} } = activation;
  if (activation.kind === 'unchanged') return [`${name}: live already: ${nameLine(live.summary, 500)}`];
  return [
    `${name}: live within seconds: ${nameLine(live.summary, 500)}`,
    `  brought by link ${live.metadata.by}, ${new Date(live.metadata.at).toISOString()}`,
    ...changeLines('new key', changes.keysAdded),
    ...changeLines('key that goes', changes.keysRemoved),
    ...changeLines('new address', changes.endpointsAdded),
    ...changeLines('address that goes', changes.endpointsRemoved),
    `  back again: wix-saml connections activate ${name} --undo`,
  ];
}

const changeLines = (what: string, list: readonly string[] = []): readonly string[] =>
  list.map((each) => `  ${what}: ${nameLine(each, 300)}`);

function forMachines(activation: Activation): object {
  if (activation.kind === 'refused') return { activated: false, reason: activation.missing };
  return { activated: true, live: activation.live.summary, changes: activation.changes };
}
