// docs/scale.md: what one core, one machine and several machines carry, and where people wait.

import { model, tripsPerSignIn } from './model.mjs';
import { simulate } from './simulation.mjs';

/** What the bench cannot know. */
const assumed = {
  /** A trip to Redis within one data centre. */
  redisMs: 1,
  /** A call of a warm HTTP function. */
  callMs: 400,
  /** Calls of one site at once. */
  callsAtOnce: 64,
  /** What Wix allows a site in a minute: HTTP functions, and calls with an app's identity. */
  httpFunction: 7000,
  appIdentity: 200,
};
/** Part of a core that is left for everything else. */
const headroom = 0.7;
/** How far the end of the rush may lie apart in model and simulation: people also need their time at the IdP. */
const agreement = 0.15;
const idpSeconds = 120;

const rushes = [
  { name: '500 people in ten minutes', people: 500, seconds: 600 },
  { name: '5 000 people in ten minutes', people: 5000, seconds: 600 },
  { name: '20 000 people in ten minutes', people: 20_000, seconds: 600 },
  { name: '100 000 people in ten minutes', people: 100_000, seconds: 600 },
];

export function scalePage(result) {
  const cost = costsOf(result);
  const ways = [
    {
      name: 'one core, HTTP function',
      cores: 1,
      callsPerMinute: assumed.httpFunction,
      cpuMs: cost.file,
      stateMs: 0.5,
    },
    {
      name: 'one core, app identity',
      cores: 1,
      callsPerMinute: assumed.appIdentity,
      cpuMs: cost.file,
      stateMs: 0.5,
    },
    {
      name: 'two machines of two cores with Redis, HTTP function',
      cores: 4,
      callsPerMinute: assumed.httpFunction,
      cpuMs: cost.redis,
      stateMs: assumed.redisMs,
    },
    {
      name: 'the same, and twice the quota',
      cores: 4,
      callsPerMinute: 2 * assumed.httpFunction,
      cpuMs: cost.redis,
      stateMs: assumed.redisMs,
    },
  ].map((way) => ({ callMs: assumed.callMs, callsAtOnce: assumed.callsAtOnce, ...way }));
  const rows = rushes.flatMap((rush) => ways.map((way) => compared(rush, way)));
  return { page: pageOf({ result, cost, rows }), lines: rows.map(({ line }) => line) };
}

function costsOf({ service }) {
  const sum = (key) => service.phases.reduce((all, phase) => all + phase[key].median, 0);
  const file = sum('ours');
  return { file, redis: service.phases[0].withRedis === undefined ? file : sum('withRedis') };
}

function compared(rush, way) {
  const calculated = model(rush, way);
  const simulated = simulate(rush, way);
  const apart = Math.abs(simulated.done - calculated.done);
  if (simulated.signedIn !== rush.people || apart > agreement * calculated.done + idpSeconds)
    throw new Error(`${rush.name}, ${way.name}: model ${calculated.done} s, simulation ${simulated.done} s`);
  const line = `${rush.name}, ${way.name}: narrow ${calculated.narrow}, waiting ${calculated.longest.toFixed(0)} / ${simulated.longestAtSite} people, ${calculated.longestWait.toFixed(0)} / ${simulated.longestWait.toFixed(0)} s`;
  return { rush, way, calculated, simulated, line };
}

const duration = (seconds) =>
  seconds < 1
    ? '< 1 s'
    : seconds < 120
      ? `${seconds.toFixed(0)} s`
      : seconds < 7200
        ? `${(seconds / 60).toFixed(0)} min`
        : `${(seconds / 3600).toFixed(1)} h`;
const whole = (value) => String(Math.round(value));
const share = (value) => `${(value * 100).toFixed(0)} %`;

function pageOf({ result, cost, rows }) {
  const perSecond = (ms) => (headroom * 1000) / ms;
  const table = (head, body) =>
    [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const lastRush = rushes.at(-1).name;
  const big = rows.filter(({ rush }) => rush.name === lastRush);
  return `# Scale

<!-- Made by \`npm run simulate\` from docs/performance.json. -->

How many people a set-up signs in, where they wait, and what to buy. The CPU of a sign-in was measured by \`npm run bench\`
(${result.date}, ${result.cpu}); the rest is calculated, and simulated person by person with a seeded generator. \`npm run simulate\` does
both again and writes nothing when they disagree.

## What one core carries

${table(
  ['state', 'CPU of a sign-in', `sign-ins a second at ${share(headroom)} load`, 'in an hour'],
  [
    [
      '`file:DIR`',
      `${cost.file.toFixed(2)} ms`,
      whole(perSecond(cost.file)),
      whole(perSecond(cost.file) * 3600),
    ],
    [
      'Redis',
      `${cost.redis.toFixed(2)} ms`,
      whole(perSecond(cost.redis)),
      whole(perSecond(cost.redis) * 3600),
    ],
  ],
)}

Cores add up: each worker has its own, and processes share nothing but the state. A sign-in makes ${String(tripsPerSignIn)} trips to the state, so
Redis at ${String(assumed.redisMs)} ms adds ${String(tripsPerSignIn * assumed.redisMs)} ms to a sign-in and nothing to its CPU.

## What the Wix site carries

Every sign-in is one call of the site. Wix allows a site ${String(assumed.httpFunction)} calls of HTTP functions a minute, ${whole(assumed.httpFunction / 60)} a second, and ${String(assumed.appIdentity)} with an
app's identity (\`via: invoke\`, \`via: signOn\`), ${(assumed.appIdentity / 60).toFixed(1)} a second. One core carries more than that: **in every large rush the site is the
narrow place, not this service.** A call is taken as ${String(assumed.callMs)} ms, at most ${String(assumed.callsAtOnce)} at once; both are assumptions, and a cold site is
slower.

## Rushes

People waiting at the worst moment, and how long the last of them waits; calculated / simulated.

${table(
  ['rush', 'set-up', 'load of the cores', 'narrow', 'waiting', 'longest wait', 'all in after'],
  rows.map(({ rush, way, calculated, simulated }) => [
    rush.name,
    way.name,
    share(calculated.load),
    calculated.narrow,
    `${whole(calculated.longest)} / ${whole(simulated.longestAtSite)}`,
    `${duration(calculated.longestWait)} / ${duration(simulated.longestWait)}`,
    `${duration(calculated.done)} / ${duration(simulated.done)}`,
  ]),
)}

## What to buy

- Under ${whole((assumed.appIdentity / 60) * 600)} people in ten minutes: nothing; one core and either way will do.
- Above that: \`via: httpFunction\`. It costs nothing and carries ${whole(assumed.httpFunction / assumed.appIdentity)} times as much.
- Above ${whole((assumed.httpFunction / 60) * 600)} people in ten minutes: a higher quota from Wix, or a line. With ${lastRush} the line holds ${whole(big[0].calculated.longest)} people and the
  last of them waits ${duration(big[0].calculated.longestWait)}. More machines change nothing about that.
- More cores only above ${whole(perSecond(cost.file))} sign-ins a second; a second machine with Redis first of all because machines fail.
`;
}
