// `wix-saml state backup DIR`: a copy of the state directory while the service goes on.

import { resolve } from 'node:path';
import { loadOurSide } from '../config/load';
import { SsoError } from '../core/errors';
import { systemClock, systemRandom } from '../server/system';
import { copyFileStore } from '../stores/file-copy';
import { command } from './command';
import { configOption, jsonOption } from './options';
import { configFile, exit, json, type Terminal } from './terminal';
import { NotDoneError, UsageError } from './usage';

export const stateCommand = command({
  name: 'state',
  description: 'backup: copy the directory of `state: file:DIR` while the service goes on',
  arguments: [
    { name: '<action>', description: 'backup', words: ['backup'] },
    { name: '<directory>', description: 'where the copy goes; must not be there yet' },
  ],
  options: { config: configOption, json: jsonOption },
  run: async ({ config, json: asJson }, terminal, action, directory = '') => {
    if (action !== 'backup') throw new UsageError('Write: wix-saml state backup DIR.');
    const ours = loadOurSide(configFile(config, terminal), { env: terminal.env, now: systemClock.now() });
    if (ours.state.kind !== 'file') throw new NotDoneError(nothingToCopy[ours.state.kind]);
    const into = resolve(directory);
    const bytes = await copied(ours.state.directory, into);
    const keyFile =
      ours.stateKeys !== undefined && 'file' in ours.stateKeys ? ours.stateKeys.file : undefined;
    if (asJson) terminal.out(json({ ok: true, directory: into, bytes, stateKey: keyFile ?? null }));
    else say({ into, bytes, keyFile }, terminal);
    return exit.fine;
  },
});

const nothingToCopy = {
  memory: 'Nothing was copied: with `state: memory` there is nothing that outlives the process.',
  redis: 'Nothing was copied: the state is in Redis, and an old copy of it must not be put back.',
} as const;

async function copied(directory: string, into: string): Promise<number> {
  try {
    return await copyFileStore({ directory, into, clock: systemClock, random: systemRandom });
  } catch (cause) {
    if (!(cause instanceof SsoError)) throw cause;
    throw new NotDoneError(`Nothing was copied: ${cause.detail.problem ?? cause.code}.`);
  }
}

interface Copied {
  readonly into: string;
  readonly bytes: number;
  readonly keyFile: string | undefined;
}

function say({ into, bytes, keyFile }: Copied, { out }: Terminal): void {
  out(
    `${into} holds a copy (${(bytes / (1024 * 1024)).toFixed(1)} MiB). Sign-ins under way are not usable in it.`,
  );
  out(`It is of no use without the state key: ${keyFile ?? 'what `stateKeys` lists'}.`);
  out(
    'To put it back: stop the service, move its directory away, move the copy there, start, then `wix-saml links`.',
  );
}
