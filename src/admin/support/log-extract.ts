// The last lines of a log as they may be shown to somebody else: events of the table alone, of each the fields that say nothing
// of a person, and those scrubbed.

import { eventFields, type EventFieldName } from '../../core/event-fields';
import { eventTable } from '../../core/events';
import { eventsIn, type LogFields } from '../log-lines';
import { scrub } from './scrub';

/** By their names, what a link claims is not one of them. */
export interface KnownNames {
  readonly connections: ReadonlySet<string>;
  readonly sites: ReadonlySet<string>;
}

type Extract = Readonly<Record<string, unknown>>;

const LINES = 500;
/** Where something stands, and what a stranger wrote, are worth nothing to whoever helps. */
const leftOut: ReadonlySet<string> = new Set(['baseUrl', 'host', 'origin', 'document']);

/** The last 500 events of a log. */
export async function lastEvents(log: AsyncIterable<string>, known: KnownNames): Promise<readonly Extract[]> {
  const last: Extract[] = [];
  for await (const fields of eventsIn(log)) {
    const one = extractOf(fields, known);
    if (one === undefined) continue;
    last.push(one);
    if (last.length > LINES) last.shift();
  }
  return last;
}

function extractOf(fields: LogFields, known: KnownNames): Extract | undefined {
  const { event, level, time } = fields;
  if (typeof event !== 'string' || !Object.hasOwn(eventTable, event)) return undefined;
  const kept = Object.entries(fields).flatMap(([name, value]) => {
    const shown = isField(name) ? valueOf(name, value, known) : undefined;
    return shown === undefined ? [] : [[name, shown] as const];
  });
  return { time: timeOf(time), level: levelOf(level), event, ...Object.fromEntries(kept) };
}

const isField = (name: string): name is EventFieldName => Object.hasOwn(eventFields, name);
const timeOf = (time: unknown): string | undefined =>
  typeof time === 'string' && /^[\d:TZ.-]{9,24}$/.test(time) ? time : undefined;
const levelOf = (level: unknown): string | undefined =>
  typeof level === 'string' && /^(error|warn|info|debug)$/.test(level) ? level : undefined;

function valueOf(name: EventFieldName, value: unknown, { connections, sites }: KnownNames): unknown {
  const { personal } = eventFields[name];
  const isOurs = name === 'connection' ? connections : name === 'site' ? sites : undefined;
  if (isOurs !== undefined) return typeof value === 'string' && isOurs.has(value) ? value : '[claimed]';
  // Masked: an address is left out of it, but it may be the text of anybody.
  if (leftOut.has(name) || personal !== 'no') return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (name === 'path') return typeof value === 'string' ? pathOf(value) : undefined;
  if (Array.isArray(value)) return value.map((one) => scrub(String(one)));
  return typeof value === 'string' ? scrub(value) : undefined;
}

/** An option, or a path of ours; a stranger may ask for any. */
const pathOf = (path: string): string =>
  /^(\/(saml\/(metadata|login|acs)|session-token|healthz|readyz)|[a-zA-Z]+(\.[a-z0-9A-Z-]+|\[\d+\])*)$/.test(
    path,
  )
    ? path
    : '[path]';
