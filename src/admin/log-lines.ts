// A line of the log, as an operator has it → its fields: JSON behind the prefix of a container or a journal, JSON inside the
// JSON of a collector (Docker, journalctl -o json, CloudWatch), and what `serve` writes at a terminal, in colour or not.

export type LogFields = Readonly<Record<string, unknown>>;

/** A collector in a collector; deeper nesting was made to be deep. */
const MOST_WRAPPINGS = 3;
/** Where JSON may begin in a line: a prefix may hold a bracket of its own. */
const MOST_STARTS = 3;

/** One event after the other; a line that is none is left out. Readable events go on in the lines below. */
export async function* eventsIn(log: AsyncIterable<string>): AsyncGenerator<LogFields> {
  let open: Record<string, unknown> | undefined;
  for await (const line of log) {
    const below = open === undefined ? undefined : sentenceIn(line);
    if (open !== undefined && below !== undefined) {
      open[below.name] = below.text;
      continue;
    }
    if (open !== undefined) yield open;
    open = readableFields(line);
    const fields = open === undefined ? jsonFields(line, 0) : undefined;
    if (fields !== undefined) yield fields;
  }
  if (open !== undefined) yield open;
}

function jsonFields(text: string, wrappings: number): LogFields | undefined {
  if (wrappings > MOST_WRAPPINGS) return undefined;
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < MOST_STARTS; tries += 1) {
    const value = parsedObject(text.slice(start, text.lastIndexOf('}') + 1));
    if (value !== undefined) {
      if (typeof value['event'] === 'string') return value;
      const inner = Object.values(value).filter((item) => typeof item === 'string' && item.includes('{'));
      return inner
        .map((item) => jsonFields(String(item), wrappings + 1))
        .find((found) => found !== undefined);
    }
    start = text.indexOf('{', start + 1);
  }
  return undefined;
}

function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

// eslint-disable-next-line no-control-regex -- SGR sequences begin with ESC
const colour = /\u001b\[[0-9;]*m/g;

/** `17:29:45Z warn  refused name=value …`, with any prefix (server/readable-line.ts writes them). */
function readableFields(line: string): Record<string, unknown> | undefined {
  const found = /(\d\d:\d\d:\d\dZ) (error|warn|info|debug) +([a-z][\w.-]*)((?: [A-Za-z]\w*=.*)?)\s*$/.exec(
    line.replace(colour, ''),
  );
  if (found === null) return undefined;
  const [, time, level, event, rest = ''] = found;
  const pairs = [...rest.matchAll(/ ([A-Za-z]\w*)=("(?:[^"\\]|\\.)*"|[^\s]*)/g)];
  return {
    time,
    level,
    event,
    ...Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, unquoted(value)])),
  };
}

function unquoted(value: string): unknown {
  if (!value.startsWith('"')) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function sentenceIn(line: string): { readonly name: string; readonly text: string } | undefined {
  const [, name, text] = /^ {15}([A-Za-z]\w*): (.*)$/.exec(line.trimEnd()) ?? [];
  return name === undefined || text === undefined ? undefined : { name, text };
}
