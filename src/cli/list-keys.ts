// `wix-saml keys list`: every key of ours, where its rotation stands, and which processes follow it.

import { runningProcesses, type ConfirmingProcess } from '../admin/own-keys/key-processes';
import { nameOf } from '../admin/own-keys/rotate-keys';
import { readKeyStates } from '../admin/own-keys/read-key-states';
import type { KeyState } from '../admin/own-keys/key-state';
import { keyRows, type KeyRow, type KeyUseRows } from '../config/key-rows';
import { loadOurSide } from '../config/load';
import { systemClock } from '../server/system';
import { goneFor, withKeyDocuments, withoutStateOfKeys } from './key-store';
import { exit, json, type Terminal } from './terminal';

interface Found {
  readonly states: ReadonlyMap<string, KeyState>;
  readonly processes: readonly ConfirmingProcess[];
}

export async function listKeys(file: string, asJson: boolean, terminal: Terminal): Promise<number> {
  const ours = loadOurSide(file, { env: terminal.env, now: systemClock.now() });
  const why = withoutStateOfKeys(ours);
  const { states, processes }: Found =
    why === undefined
      ? await withKeyDocuments(ours, async (documents) => ({
          states: await readKeyStates(documents),
          processes: await runningProcesses(documents, systemClock.now(), goneFor(ours)),
        }))
      : { states: new Map(), processes: [] };
  const uses = keyRows(ours, states);
  if (asJson) {
    terminal.out(json({ keys: uses.flatMap(({ keys }) => keys), processes }));
    return exit.fine;
  }
  for (const line of uses.flatMap(useLines)) terminal.out(line);
  for (const line of processes.flatMap(processLines)) terminal.out(line);
  if (why !== undefined) terminal.err(`These are the configured keys; none can be rotated: ${why}.`);
  return exit.fine;
}

const phases = { steady: '', published: ': published, not used yet', switched: ': switched, can go back' };

const useLines = ({ use, phase, keys }: KeyUseRows): string[] =>
  keys.length === 0 ? [] : [nameOf(use) + phases[phase], ...keys.map(keyLine)];

function keyLine({ state, thumbprint, certificateEnds, decryptsUntil, file }: KeyRow): string {
  const facts = [
    certificateEnds === undefined ? undefined : `certificate ends ${certificateEnds}`,
    decryptsUntil === undefined ? undefined : `decrypts until ${decryptsUntil}`,
    file ?? 'configured',
  ];
  const known = facts.filter((fact) => fact !== undefined).join(', ');
  return `  ${state.padEnd(9)} ${thumbprint}  ${known}`;
}

const processLines = ({ host, pid, problems }: ConfirmingProcess): string[] => [
  `process ${String(pid)} on ${host}${Object.keys(problems).length === 0 ? ' follows' : ':'}`,
  ...Object.entries(problems).map(([document, problem]) => `  ${document}: ${problem}`),
];
