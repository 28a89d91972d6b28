// Follows the state of our keys while the service runs: looks at its documents every few seconds, takes up what changed, and
// confirms it, so that a rotation knows when all processes have.

import { setTimeout as pause } from 'node:timers/promises';
import { OwnConfirmation } from '../admin/own-keys/key-processes';
import { KEYS, type KeyState } from '../admin/own-keys/key-state';
import { readKeyStates } from '../admin/own-keys/read-key-states';
import type { ConfigParts } from '../config/config-parts';
import { takeUpKeys, type TakenUp } from '../config/own-side';
import { SsoError } from '../core/errors';
import type { Clock, Timers } from '../core/ports';
import type { Problem } from '../core/problem';
import type { SealedDocuments } from '../stores/sealed-documents';
import type { Living } from './living';

export interface OwnKeysPorts {
  readonly documents: SealedDocuments;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Of this process; random. */
  readonly id: string;
  readonly host: string;
}

/** One list of a handful of names; a rotation waits as long for us. */
const lookMs = 3000;
/** Until it has worked once. */
const firstTriesMs = 100;
/** Well within the lease. */
const confirmMs = 20_000;
/** A start does not wait longer for a store that is away: sign-ins are refused without it anyway. */
const firstLookMs = 2000;

export class OwnKeys {
  private states: ReadonlyMap<string, KeyState> = new Map();
  private versions = '';
  private takenUp: TakenUp | undefined;
  private lookedAt = 0;
  private confirmedAt = 0;
  private told = '';
  private cancel: () => void = () => undefined;
  private looking: Promise<void> = Promise.resolve();
  private closed = false;
  private readonly confirmation: OwnConfirmation;

  constructor(
    private readonly living: Living,
    private readonly ports: OwnKeysPorts,
  ) {
    this.confirmation = new OwnConfirmation(ports.documents, ports.id, ports.clock);
  }

  /** Whether it is known which keys are in use, and all of them are at hand. */
  get known(): boolean {
    return this.takenUp?.problems.size === 0;
  }

  /** Resolves when it is known which keys are in use, or when that takes too long: a connection to a store takes a moment. */
  async start(): Promise<void> {
    // By a timer: a host's clock need not move.
    const wait = { over: false };
    const over = pause(firstLookMs, undefined, { ref: false }).then(() => (wait.over = true));
    await Promise.race([this.look(), over]);
    while (!this.known && !wait.over) await pause(firstTriesMs, undefined, { ref: false });
  }

  /** What the keys in use are under another configuration. */
  keysFor(config: ConfigParts): TakenUp {
    return takeUpKeys(config, this.states, this.ports.clock.now(), this.living.ours);
  }

  /** Looks again at once, also at files. One look at a time; a store that is away is asked again later. */
  look(anew = false): Promise<void> {
    this.looking = this.looking
      .then(() => (this.closed ? undefined : this.lookOnce(anew)))
      .catch((error: unknown) => this.tell(problemOf(error)))
      .then(() => {
        this.cancel();
        if (this.closed) return;
        // A service that signs people in without having said so would not be waited for.
        const next = this.takenUp === undefined ? firstTriesMs : lookMs;
        this.cancel = this.ports.timers.after(next, () => void this.look());
      });
    return this.looking;
  }

  /** Says that this process is gone. */
  async close(): Promise<void> {
    this.closed = true;
    this.cancel();
    await this.looking;
    await this.confirmation.remove().catch(() => undefined); // Its lease ends by itself.
  }

  /** What cannot be followed is confirmed, too: a process that fell silent would not be waited for. */
  private async lookOnce(anew: boolean): Promise<void> {
    const now = this.ports.clock.now();
    try {
      await this.follow(anew, now);
    } finally {
      await this.confirm(now);
    }
  }

  private async follow(anew: boolean, now: number): Promise<void> {
    const { documents } = this.ports;
    const list = await documents.list(KEYS);
    const versions = list.map(({ name, version }) => `${name} ${version}`).join('\n');
    if (anew || versions !== this.versions || !this.known || this.timeChangesSomething(now)) {
      const states = await readKeyStates(documents);
      for (const name of this.states.keys()) if (!states.has(name)) throw goneState(name);
      this.take(states, now);
      this.versions = versions;
    }
    this.lookedAt = now;
  }

  private take(states: ReadonlyMap<string, KeyState>, now: number): void {
    const before = this.states;
    this.states = states;
    const takenUp = takeUpKeys(this.living.config, states, now, this.living.ours);
    const [problem] = takenUp.problems.values();
    this.takenUp = takenUp;
    this.confirmedAt = 0;
    if (states.size > 0) this.living.changeKeys(takenUp.ours);
    this.tell(problem);
    for (const [name, { generation, keys }] of states) {
      if (before.get(name)?.generation === generation || takenUp.problems.has(name)) continue;
      const [purpose = '', site] = name.slice(KEYS.length).split(':');
      const activeKey = keys.find(({ stage }) => stage === 'active')?.id ?? '';
      const about = site === undefined ? { purpose } : { purpose, site };
      this.living.events.emit({ type: 'keys.changed', ...about, generation, activeKey });
    }
  }

  /** A next encryption key becomes visible, a retired one ends. */
  private timeChangesSomething(now: number): boolean {
    const times = [...this.states.values()].flatMap(({ keys }) =>
      keys.flatMap(({ until, visibleFrom }) => [until ?? 0, visibleFrom ?? 0]),
    );
    return times.some((time) => time > this.lookedAt && time <= now);
  }

  private async confirm(now: number): Promise<void> {
    if (now < this.confirmedAt + confirmMs) return;
    const { generations = {}, problems = new Map<string, Problem>() } = this.takenUp ?? {};
    await this.confirmation.write({
      host: this.ports.host,
      pid: process.pid,
      generations,
      problems: Object.fromEntries([...problems].map(([name, { problem }]) => [name, problem])),
    });
    this.confirmedAt = now;
  }

  /** Once, until it is another problem. */
  private tell(problem: Problem | undefined): void {
    const said = problem === undefined ? '' : `${problem.path} ${problem.problem}`;
    if (said !== this.told && problem !== undefined) {
      const { path, problem: what, hint } = problem;
      this.living.events.emit({ type: 'keys.unusable', path, problem: what, hint });
    }
    this.told = said;
  }
}

/** A store that is away says so itself. */
function problemOf(error: unknown): Problem | undefined {
  const hint = 'The keys that are in use stay in use. Restore the document, or the store, from a copy.';
  if (!(error instanceof SsoError)) {
    const name = error instanceof Error ? error.name : 'unknown';
    return { path: KEYS, problem: `looking at the state of the keys failed (${name})`, hint };
  }
  if (error.code === 'STATE_UNAVAILABLE') return undefined;
  const { document = '', problem = error.code } = error.detail;
  return { path: document, problem, hint };
}

const goneState = (document: string): SsoError =>
  new SsoError('STATE_DOCUMENT_UNREADABLE', { document, problem: 'it was there and is gone' });
