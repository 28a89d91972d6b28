// A log line for a person at a terminal: time, level, event, then the fields; what is a sentence stands on a line of its own
// below. The same event as JSON is for machines (log.ts). Values arrive here cleaned of control characters.

import type { LogLevel } from '../core/ports';

export interface LineHead {
  readonly time: string;
  readonly level: LogLevel;
  readonly event: string;
}

/** SGR parameters, chosen to be readable on dark and on light ground. */
const colours: Readonly<Record<LogLevel, string>> = { error: '31', warn: '33', info: '32', debug: '2' };
const FAINT = '2';
const BOLD = '1';

/** Below the event, so that the eye finds the next line's. */
const INDENT = ' '.repeat(15);

/** @param colour whether escape sequences may stand in it */
export function readableLine(
  head: LineHead,
  fields: Readonly<Record<string, unknown>>,
  colour: boolean,
): string {
  const paint = (parameter: string, text: string): string =>
    colour ? `\u001b[${parameter}m${text}\u001b[0m` : text;
  const written = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && !Object.hasOwn(head, name),
  );
  const sentences = written.filter(([, value]) => isSentence(value));
  const short = written
    .filter(([, value]) => !isSentence(value))
    .map(([name, value]) => `${paint(FAINT, `${name}=`)}${shortText(value)}`);
  // UTC, like every time in the log and in SAML.
  const first = [
    paint(FAINT, `${head.time.slice(11, 19)}Z`),
    paint(colours[head.level], head.level.padEnd(5)),
    paint(BOLD, head.event),
    ...short,
  ];
  return [first.join(' '), ...sentences.flatMap(([name, value]) => longLines(name, value))].join('\n');
}

const isSentence = (value: unknown): boolean =>
  (typeof value === 'string' && value.length > 40 && value.includes(' ')) ||
  (Array.isArray(value) && value.join(' ').length > 60);

function shortText(value: unknown): string {
  if (Array.isArray(value)) return value.map(shortText).join(',');
  return typeof value === 'string' && /^[^\s"=,]+$/.test(value) ? value : JSON.stringify(value);
}

function longLines(name: string, value: unknown): string[] {
  const [first, ...others] = Array.isArray(value) ? value.map(String) : [String(value)];
  const hanging = ' '.repeat(name.length + 2);
  return [`${INDENT}${name}: ${first ?? ''}`, ...others.map((text) => `${INDENT}${hanging}${text}`)];
}
