// The line in front of one site as numbers: how many calls Wix would still take (a token bucket), how many numbers were
// given to people who wait, and up to which of them may go. Pure: one state, and what moves it on; where it lies is elsewhere.
//
// Who has been called and does not come leaves tokens over, and then calling goes faster; so a place that nobody asks for
// gives way without anybody looking for it. Tokens bound the calls, numbers only say whose turn it is.

export interface LineState {
  /** Calls that may be made now, in fractions. */
  readonly tokens: number;
  /** The last number that was given. */
  readonly issued: number;
  /** Numbers up to this may go, in fractions. */
  readonly called: number;
  /** When this was so, in milliseconds since 1970. */
  readonly at: number;
}

export interface Pace {
  /** What Wix takes from this site. */
  readonly perMinute: number;
  /** False while the site is left alone: then one a second is called, so that somebody finds out. */
  readonly isOpen: boolean;
}

/** Of Wix's minute: what may go at once and what flows in leave a twentieth for second attempts and other clocks. */
const AT_ONCE = 0.1;
const FLOW = 0.85;
/** After a time in which nobody looked, nobody was there to be called. */
const LONGEST_STEP_MS = 2000;

/** Calls a second, in the long run. */
export const flowOf = (perMinute: number): number => (perMinute * FLOW) / 60;

const roomOf = (perMinute: number): number => Math.max(1, perMinute * AT_ONCE);

export const newLine = (perMinute: number, at: number): LineState => ({
  tokens: roomOf(perMinute),
  issued: 0,
  called: 0,
  at,
});

/** The same line later. A clock that was set back moves nothing. */
export function lineAt(state: LineState, now: number, { perMinute, isOpen }: Pace): LineState {
  const passed = Math.max(0, now - state.at);
  const room = roomOf(perMinute);
  const flow = flowOf(perMinute);
  const tokens = Math.min(room, state.tokens + (passed / 1000) * flow);
  const share = tokens / room;
  // Steady where all come: a quarter of the room is free then. Full means that nobody comes at all.
  const speed = !isOpen ? 1 : share === 1 ? 20 * flow : flow * (0.5 + 2 * share);
  const step = (Math.min(passed, LONGEST_STEP_MS) / 1000) * speed;
  return { ...state, tokens, called: Math.min(state.issued, state.called + step), at: state.at + passed };
}

/** People who have a number and were not called. */
export const waitingIn = ({ issued, called }: LineState): number => issued - Math.floor(called);

export const isCalled = ({ called }: LineState, number: number): boolean => number <= Math.floor(called);

/** As it is stored. */
export const lineText = ({ tokens, issued, called, at }: LineState): string =>
  JSON.stringify([Math.round(tokens * 1000) / 1000, issued, Math.round(called * 1000) / 1000, at]);

/** Undefined for anything that is not a line of ours: then it begins anew. */
export function readLine(text: string): LineState | undefined {
  const values = parsed(text);
  if (!Array.isArray(values) || values.length !== 4 || !values.every(isCount)) return undefined;
  const [tokens = 0, issued = 0, called = 0, at = 0] = values;
  return called > issued ? undefined : { tokens, issued, called, at };
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
