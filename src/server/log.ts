// Log lines on standard output, one per event, through winston (its only importer): JSON for machines, or readable for a
// person at a terminal.
// Writes what it is given: the floors below give no token, ticket, assertion or key, and an e-mail only as a pseudonym.

import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import { createLogger, format, transports } from 'winston';
import type { Clock, LogLevel, Pseudonym } from '../core/ports';
import { cleanLine } from '../core/text';
import type { Log } from './app-types';
import { readableLine } from './readable-line';

const textCap = 500;
const order = { error: 0, warn: 1, info: 2, debug: 3 } as const;

export interface LogLook {
  readonly form: 'json' | 'text';
  readonly colour: boolean;
  /** Which of several workers writes; stands in every line. */
  readonly worker?: number;
}

/**
 * How lines look on a stream: readable where a person watches, in colour where that is wanted (https://no-color.org).
 * @param wanted `auto` lets the stream decide
 * @param env where NO_COLOR stands; undefined when nobody said, and then nothing is coloured
 */
export function lookOn(
  stream: { readonly isTTY?: boolean | undefined },
  wanted: 'auto' | 'json' | 'text',
  env: Readonly<Record<string, string | undefined>> | undefined,
): LogLook {
  const isTerminal = stream.isTTY === true;
  const form = wanted === 'auto' ? (isTerminal ? 'text' : 'json') : wanted;
  const isPlain = env === undefined || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return { form, colour: form === 'text' && isTerminal && !isPlain };
}

/** The same for standard output. */
export const ownLook = (wanted: Parameters<typeof lookOn>[1], env: Parameters<typeof lookOn>[2]): LogLook =>
  lookOn(process.stdout, wanted, env);

const asJson: LogLook = { form: 'json', colour: false };

/**
 * @param level the least level that is written; asked for every line
 * @param stream where lines go; standard output unless a test listens
 */
export function createLog(
  level: LogLevel | (() => LogLevel),
  clock: Clock,
  stream: NodeJS.WritableStream = process.stdout,
  { form, colour, worker }: LogLook = asJson,
): Log {
  const logger = createLogger({
    level: 'debug',
    levels: order,
    format: format.printf(({ level: lineLevel, message, fields }) => {
      const who = worker === undefined ? {} : { worker };
      const head = { time: new Date(clock.now()).toISOString(), level: lineLevel, event: message, ...who };
      if (form === 'text') {
        const { time } = head;
        return readableLine(
          { time, level: lineLevel as LogLevel, event: String(message) },
          { ...who, ...cap(fields) },
          colour,
        );
      }
      return JSON.stringify({ ...head, ...cap(fields), ...head }); // First in the line, and no field can replace it.
    }),
    // winston's types describe this class by an interface, which the rule cannot see through.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    transports: [new transports.Stream({ stream })],
  });
  const least = typeof level === 'function' ? level : () => level;
  return (lineLevel, event, fields = {}) => {
    if (order[lineLevel] > order[least()]) return;
    logger.log({ level: lineLevel, message: event, fields });
  };
}

// JSON escapes some control characters, and a viewer brings them back; a length cap keeps a hostile value from filling the
// disk.
function cap(fields: unknown): Record<string, unknown> {
  const capped: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields ?? {})) capped[name] = capValue(value);
  return capped;
}

function capValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => cleanLine(String(item), textCap));
  return typeof value === 'string' ? cleanLine(value, textCap) : value;
}

/**
 * A keyed hash for e-mail addresses in the log. The key comes from the first signing key, so that it is the same
 * in every process and after a restart, and nobody without that key can test a guess.
 */
export function createPseudonym(signingKey: KeyObject): Pseudonym {
  const secret = signingKey.export({ type: 'pkcs8', format: 'der' });
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'wix-saml log pseudonym', 32));
  return (email) => createHmac('sha256', key).update(email).digest('base64url').slice(0, 22);
}
