// docs/performance.md and its plots, from what the last whole run of the bench measured (docs/performance.json).

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bars, lines } from './plot.mjs';

const number = (value) =>
  value === undefined
    ? '–'
    : value >= 100
      ? value.toFixed(0)
      : value >= 1
        ? value.toFixed(2)
        : value.toFixed(3);
const times = (value) => (value === undefined ? '–' : `${value.toFixed(2)} ×`);

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** @param text what was measured, as JSON; kept beside the page */
export function writePerformancePage(docs, text) {
  const { page, plots } = performancePage(JSON.parse(text));
  mkdirSync(`${docs}/diagrams`, { recursive: true });
  writeFileSync(`${docs}/performance.json`, text);
  writeFileSync(`${docs}/performance.md`, page);
  for (const [name, svg] of Object.entries(plots)) writeFileSync(`${docs}/diagrams/${name}`, svg);
}

/** @returns the page, and its plots by the name of their file in docs/diagrams */
function performancePage(result) {
  const { node, cpu, cores, memoryGb, date, options } = result;
  const plots = {};
  const plot = (name, title, svg) => {
    plots[`performance-${name}.svg`] = svg;
    return `![${title}](diagrams/performance-${name}.svg)`;
  };
  const parts = [validationPart, servicePart, startPart, memoryPart, hostilePart, floodPart, aggregatePart];
  const page = `# Performance

<!-- Made by \`npm run bench\` from docs/performance.json. -->

What \`npm run bench\` printed at its last whole run: ${date}, Node ${node}, ${cpu}, ${String(cores)} cores, ${String(memoryGb)} GB of memory,
${String(options.rounds)} rounds. Every number that is compared comes from one run, round by round beside each other, over the same bytes. Times are
CPU milliseconds of all threads unless they say otherwise. Another machine has other milliseconds; the ratios stay.

${parts.map((part) => part(result, plot)).join('\n\n')}
`;
  return { page, plots };
}

const layouts = ['assertion signed', 'both signed', 'encrypted'];

function validationPart({ validation }, plot) {
  const names = [...new Set(validation.messages.flatMap(({ measured }) => Object.keys(measured)))];
  const tables = layouts.map((layout) => {
    const own = validation.messages.filter((message) => message.layout === layout);
    return `**${layout[0].toUpperCase()}${layout.slice(1)}**\n\n${table(
      ['implementation', ...own.map(({ size, bytes }) => `${size} (${(bytes / 1024).toFixed(0)} KB)`)],
      names
        .filter((name) => own.some(({ measured }) => measured[name] !== undefined))
        .map((name) => [
          name === 'ours' ? '**wix-saml**' : name,
          ...own.map(({ measured }) =>
            measured[name] === undefined
              ? '–'
              : `${number(measured[name].min)} (${times(measured[name].min / measured['node-saml'].min)})`,
          ),
        ]),
    )}`;
  });
  const small = validation.messages.find(({ layout, size }) => layout === layouts[0] && size === 'small');
  const shown = Object.entries(small.measured).map(([name, { min }]) => ({
    name: name === 'ours' ? 'wix-saml' : name,
    value: min,
    own: name === 'ours',
  }));
  const title = 'Verify and check a small Response, CPU ms';
  return `## One Response, verified and checked

${plot('validation', title, bars(title, 'ms', shown))}

Least of the rounds, and in brackets the share of node-saml's. The peers check less than the gate does: \`xmlsec1\` verifies one
signature and knows nothing of SAML, and pays for a process each time; \`@boxyhq/saml20\` and \`saml2-js\` look at one of two
signatures; \`samlify\` validates no schema here and no audience. python3-saml validates against the schema.

${tables.join('\n\n')}

With five certificates of which the last one signed, a Response costs ${times(validation.fiveCertificates)} of what it costs with one.`;
}

function servicePart({ service }) {
  const states = [
    ['file store', 'ours', 'ofFloor', 'ofNodeSaml'],
    ['Redis', 'withRedis', 'withRedisOfFloor', 'withRedisOfNodeSaml'],
    ['in memory', 'inMemory', 'inMemoryOfFloor', 'inMemoryOfNodeSaml'],
  ];
  return `## The running service, by request

The *floor* is Express doing only what no service can leave out: for a login one deflate and one RSA signature; for the ACS the
same form, base64 and a page; for a redemption JSON, one ES256 signature and one call. It verifies nothing and remembers
nothing. node-saml remembers in memory; the file store flushes to the disk before it replies; what Redis itself uses is not counted.

${table(
  ['request', 'state', 'wix-saml', 'floor', 'node-saml', 'of the floor', 'of node-saml'],
  service.phases.flatMap((each) =>
    states
      .filter(([, key]) => each[key] !== undefined)
      .map(([state, key, ofFloor, ofNodeSaml]) => [
        each.phase,
        state,
        number(each[key].median),
        number(each.floor.median),
        number(each.nodeSaml?.median),
        times(each[ofFloor]),
        times(each[ofNodeSaml]),
      ]),
  ),
)}

A whole sign-in costs ${number(service.whole)} ms with the file store.`;
}

const startPart = ({ start }) =>
  `## Start

From the start of the process to a ready service: ${number(start.service.min)} ms, ${times(start.ratio)} of what importing Express and winston alone costs.`;

function memoryPart({ memory }, plot) {
  const title = 'Memory of the service';
  const of = (key) => memory.rows.map((row) => [row.signIns, row[key]]);
  const series = [
    { name: 'resident', points: of('now') },
    { name: 'its own', points: of('own') },
  ];
  const last = memory.rows.at(-1);
  const drift =
    memory.drift === undefined
      ? ''
      : ` From ten thousand sign-ins on, its own memory stays within ${(memory.drift.own * 100).toFixed(1)} % and the resident within ${(memory.drift.resident * 100).toFixed(1)} %.`;
  return `## Memory

${plot('memory', title, lines(title, { x: 'sign-ins', y: 'MB' }, series))}

Without a sign-in ${number(memory.fresh.now)} MB are resident, after ${String(last.signIns)} sign-ins ${number(last.now)} MB. Of these ${number(last.own)} MB are the process's own; the rest
is mapped files, the program's and the store's, which the system takes back when it needs the room.${drift}`;
}

function hostilePart({ hostile }, plot) {
  const title = 'A hostile message of 384 KB, CPU ms';
  const rows = hostile.rows.map((row) => ({ name: row.name, value: row['384'], own: true }));
  return `## Hostile messages

${plot('hostile', title, bars(title, 'ms', rows, { goal: 60 }))}

What anybody can post without a key, straight to the gate. The line is the budget of 60 ms. The dearest costs ${number(hostile.worst)} ms; twenty
in a row take ${number(hostile.memory)} MB beyond a warm process.`;
}

function floodPart({ flood }) {
  const people = Object.keys(flood.quiet);
  return `## Floods

Milliseconds of a whole sign-in as three honest people see it (not CPU), one sign-in after the other, beside a flood of
twenty connections, or 400 half-sent bodies.

${table(
  ['flood', ...people.map((who) => `${who}: p50 / p99`), 'refused', 'MB'],
  [
    ['none', ...people.map((who) => pair(flood.quiet[who])), '0', '–'],
    ...flood.rows.map(({ kind, beside, refused, memory }) => [
      kind,
      ...people.map((who) => pair(beside[who])),
      String(refused),
      number(memory.now),
    ]),
  ],
)}

One anonymous request to the running service costs ${number(flood.prices.worst.median)} ms at most (${flood.prices.worst.name}).`;
}

const pair = ({ p50, p99 }) => `${number(p50)} / ${number(p99)}`;

const aggregatePart = ({ aggregate }) =>
  `## A federation's aggregate

A signed aggregate of ${number(aggregate.megabytes)} MB is read in ${number(aggregate.seconds)} s and takes ${number(aggregate.memoryAboveRest)} MB above rest. The p99 of sign-ins meanwhile is
${number(aggregate.meanwhile.p99)} ms, against ${number(aggregate.quiet.p99)} ms in quiet (not CPU).`;

// node test/bench/page.mjs FROM INTO: the page anew, without measuring.
if (process.argv[1] === fileURLToPath(import.meta.url))
  writePerformancePage(process.argv[3], readFileSync(process.argv[2], 'utf8'));
