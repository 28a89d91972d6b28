// Everything that `check` looks at, for the command itself and for the file that `support` writes.

import { checkSurroundings, type CheckChoice, type SurroundingsReport } from '../admin/check';
import { checkStoreDirectory } from '../admin/check-state';
import { sortWarnings, type AcknowledgedWarning } from '../config/acknowledgements';
import type { Deployment } from '../admin/deployment';
import type { ConfigParts } from '../config/config-parts';
import { loadConfig } from '../config/load';
import type { OwnSide } from '../config/own-side';
import { placeholderWarnings } from '../config/placeholders';
import { ConfigError } from '../config/problem';
import { configWarnings } from '../config/warnings';
import type { Problem } from '../core/problem';
import type { WarningSource } from '../core/warnings';
import { tryWays, type TriedWays } from '../server/notices/try-ways';
import { storedWarnings } from '../server/stored-warnings';
import { troubles } from '../sso/directory';
import { systemClock, systemRandom } from '../server/system';
import { ownSideInUse } from './key-store';
import { liveDirectory } from './setup-documents';
import type { Terminal } from './terminal';

interface Findings extends SurroundingsReport {
  readonly acknowledged: readonly AcknowledgedWarning[];
  /** With the keys in use; absent when it could not be read. */
  readonly deployment?: Deployment;
  /** Ways by which a test notice went out; absent when none was asked for. */
  readonly sent?: readonly string[];
}

type Choice = CheckChoice & { readonly notify: boolean };

/** A store that does not answer is told once, by its own warning; then the configured keys are looked at. */
async function inUse(config: ConfigParts): Promise<{ ours: OwnSide; troubles: readonly Problem[] }> {
  try {
    return { ours: await ownSideInUse(config), troubles: [] };
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    return { ours: config, troubles: cause.problems.filter(({ path }) => path !== 'state') };
  }
}

const tryNotices = ({ notify, outbound, serviceProvider }: ConfigParts): Promise<TriedWays> =>
  tryWays(notify, {
    clock: systemClock,
    random: systemRandom,
    baseUrl: () => serviceProvider.baseUrl,
    outbound: () => outbound,
  });

/** Everything that `check` finds. */
export async function checkEverything(file: string, choice: Choice, terminal: Terminal): Promise<Findings> {
  const now = systemClock.now();
  try {
    const configured = await loadConfig(file, { env: terminal.env, now });
    const { outbound, state } = configured;
    const store = state.kind === 'file' ? checkStoreDirectory(state.directory) : [];
    // What IT admins have set up and somebody has activated does not wait any more.
    const connections = store.length > 0 ? configured.connections : await liveDirectory(configured, terminal);
    const config = { ...configured, connections };
    // A directory that cannot be used is a finding among others, and nothing can be asked of it.
    const { ours, troubles: ofKeys } =
      store.length > 0 ? { ours: config, troubles: [] } : await inUse(config);
    const deployment = { connections, outbound, serviceProvider: ours.serviceProvider, sites: ours.sites };
    const [around, stored, tried] = await Promise.all([
      checkSurroundings(deployment, choice, { clock: systemClock, random: systemRandom }),
      store.length > 0 ? undefined : storedWarnings(config),
      choice.notify ? tryNotices(config) : undefined,
    ]);
    const problems = [
      ...[...troubles(connections, now), ...store, ...ofKeys, ...around.problems],
      ...(tried?.problems ?? []),
    ];
    const found = [
      ...placeholderWarnings(config),
      ...configWarnings(config, now),
      ...(stored ?? []),
      ...around.warnings,
    ];
    const sources: readonly WarningSource[] = [
      'configuration',
      ...(choice.site === true ? (['site'] as const) : []),
      ...(stored === undefined ? [] : (['state'] as const)),
    ];
    const { ready } = connections;
    const sorted = sortWarnings(found, config.acknowledgements, { now, sources, ready });
    const sent = tried === undefined ? {} : { sent: tried.sent };
    return {
      ...{ ...around, problems, warnings: sorted.open, acknowledged: sorted.acknowledged, deployment },
      ...sent,
    };
  } catch (cause) {
    if (cause instanceof ConfigError)
      return { problems: cause.problems, warnings: [], acknowledged: [], sites: [] };
    throw cause;
  }
}
