// How long a session may last, as the deployer wants it. It bounds the handle that the site's guard asks about; Wix's own
// session goes on for two weeks, whatever we say.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface SessionRules {
  /** From the sign-in; the IdP's SessionNotOnOrAfter may end it earlier. */
  readonly maxMs: number;
  /** Since somebody last had a page of the site open. Absent: it may rest. */
  readonly idleMs?: number;
  /** How long the guard lets a session go on while it cannot ask us. */
  readonly graceMs: number;
}

/** A working day; the guard's look at us is repeated this often. */
export const sessionDefaults = Object.freeze({ maxHours: 12, graceMinutes: 60, checkEveryMs: 5 * MINUTE });

export const defaultSessionRules: SessionRules = Object.freeze({
  maxMs: sessionDefaults.maxHours * HOUR,
  graceMs: sessionDefaults.graceMinutes * MINUTE,
});
