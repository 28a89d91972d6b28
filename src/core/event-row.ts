// One row of the table of events: its levels, its meaning and its fields.

import type { EventFieldName } from './event-fields';
import type { LogLevel } from './ports';

type Levels = readonly [LogLevel, ...LogLevel[]];

export interface EventRow<
  R extends EventFieldName = EventFieldName,
  O extends EventFieldName = EventFieldName,
> {
  /** The usual level first; `levelOf` chooses. */
  readonly levels: Levels;
  readonly meaning: string;
  readonly required: readonly R[];
  readonly optional: readonly O[];
}

const levels = (level: LogLevel | Levels): Levels => (typeof level === 'string' ? [level] : level);

export const row = <R extends EventFieldName = never, O extends EventFieldName = never>(
  level: LogLevel | Levels,
  meaning: string,
  required: readonly R[] = [],
  optional: readonly O[] = [],
): EventRow<R, O> => Object.freeze({ levels: levels(level), meaning, required, optional });
