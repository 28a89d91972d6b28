// The audit log that the configuration asks for, under a key of the state keys.

import { Chain } from '../../admin/audit/chain';
import type { Config } from '../../config/config';
import { ConfigError } from '../../config/problem';
import { openStateKeys } from '../../config/state-key-files';
import type { Events } from '../../core/events';
import { sparingly } from '../sparingly';
import { systemClock, systemRandom, systemTimers } from '../system';
import { packageVersion } from '../version';
import { AuditFileInUse, openAuditLog, type AuditLog } from './audit-log';

const hint =
  'Sign-ins go on. Make room on the disk, or let this user write there; then compare the end with `wix-saml audit verify`.';

/**
 * @param events asked for only when there is trouble to tell
 * @throws ConfigError when the file cannot be opened, or is another process'
 */
export function openAudit({ stateKeys }: Config, file: string, events: () => Events): AuditLog {
  const tell = sparingly((problem) => events().emit({ type: 'audit.trouble', problem, hint }));
  try {
    return openAuditLog(file, {
      clock: systemClock,
      timers: systemTimers,
      chain: new Chain(openStateKeys(stateKeys, systemRandom)),
      // In a turn of its own: events may not be there yet.
      onTrouble: (problem) => void setImmediate(() => tell(problem)),
      version: packageVersion(),
    });
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const problem =
      cause instanceof AuditFileInUse ? cause.message : `cannot be written: ${file} (${reason})`;
    throw new ConfigError([
      { path: 'audit.file', problem, hint: 'Name a file in a directory that this user may write to.' },
    ]);
  }
}
