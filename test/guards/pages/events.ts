/** docs/events.md, made from the tables of events and fields in src. */

import { eventFields } from '../../../src/core/event-fields';
import { eventTable } from '../../../src/core/events';
import { limits } from '../../../src/core/limits';
import { code, table } from './markdown';

function events(): string {
  return table(
    ['event', 'level', 'what happened', 'fields'],
    Object.entries(eventTable).map(([name, { levels, meaning, required, optional }]) => [
      code(name),
      levels.join(', '),
      meaning,
      [...required.map(code), ...optional.map((field) => `${code(field)}?`)].join(', '),
    ]),
  );
}

function fields(): string {
  return table(
    ['field', 'value', 'meaning', 'personal', 'for'],
    Object.entries(eventFields)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, { kind, meaning, personal, seenBy }]) => [code(name), kind, meaning, personal, seenBy]),
  );
}

/** The whole page. */
export const eventsPage = (): string => `# Events

<!-- Made from src/core/events.ts and src/core/event-fields.ts by \`npm run docs\`. -->

Everything worth a line in the log is one of these events. A line is one JSON object: \`time\` (UTC), \`level\`, \`event\`, and
the event's fields. Names and fields are stable; new ones may come. A field with \`?\` can be absent. No line holds a token, a
ticket, an assertion, a key or an e-mail address in clear.

${events()}

## Fields

A name means the same in every event.

- **personal** – \`no\`; \`pseudonym\`: joins the lines of one person, whom only the holder of a key (ours, or the IdP's records)
  can name; \`masked\`: a stranger's text in which the part of every address before the @ is left out; \`yes\`.
- **for** – \`operator\`: whoever runs the service; \`admin\`: also the IT admin of the connection that the event is about.
- Texts are one line: control characters, line separators and invisible formatting become U+FFFD. In \`refused\` a text has at
  most ${String(limits.detailChars)} characters and a list ${String(limits.detailItems)} entries; longer ones are cut.

${fields()}
`;
