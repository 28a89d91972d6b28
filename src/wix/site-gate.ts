// In front of one site's exchange, in one process: asks again at once where that may help, waits where Wix asks for it, and
// leaves a site alone that is away. Knows nothing of tickets; what is refused here was not asked, or may be asked again.

import { SsoError, type ErrorCode } from '../core/errors';
import type { Events } from '../core/events';
import type { Clock, Random, Timers } from '../core/ports';
import { Breaker, type BreakerState } from './breaker';

export interface GatePorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: Timers;
  readonly events: Events;
}

const ATTEMPTS = 3;
/** A person waits, and a ticket lives 60 s: what took longer than this is not tried again within one request. */
const RETRY_WITHIN_MS = 5000;
const FIRST_PAUSE_MS = 250;
/** The longest pause that one request sits out. */
const PAUSE_MS = 2000;
/** After a 429 that names no time; doubled while they go on. */
const RATE_PAUSE_MS = 1000;
const LONGEST_RATE_PAUSE_MS = 30_000;
/** The site did not answer, or not in person: both count against it. */
const FAILURES: ReadonlySet<ErrorCode> = new Set(['WIX_TIMEOUT', 'WIX_UNAVAILABLE']);
const HINT =
  'Run `wix-saml check --site` and look at the site’s log. It is asked again by itself, at the latest after a minute; people are told to wait.';

export class SiteGate {
  readonly #site: string;
  readonly #ports: GatePorts;
  readonly #breaker: Breaker;
  #pausedUntil = 0;
  #ratePauses = 0;
  #problem = '';

  constructor(site: string, ports: GatePorts) {
    this.#site = site;
    this.#ports = ports;
    this.#breaker = new Breaker({ ...ports, changed: (to) => this.#tell(to) });
  }

  get state(): BreakerState {
    return this.#breaker.state;
  }

  /** False while nothing is asked, or one call only to find out. */
  get isOpen(): boolean {
    return this.#breaker.state === 'closed' && this.#pausedUntil <= this.#ports.clock.now();
  }

  /**
   * Calls `attempt` up to three times, within about five seconds.
   * @throws what the last attempt threw, or WIX_UNAVAILABLE, WIX_RATE_LIMITED without one; `retryAfter` says when to come again
   */
  async run<T>(attempt: () => Promise<T>): Promise<T> {
    const { clock } = this.#ports;
    const begun = clock.now();
    for (let tries = 1; ; tries += 1) {
      this.#admit();
      try {
        const result = await attempt();
        this.#answered();
        return result;
      } catch (error) {
        this.#note(error);
        const pause = this.#pauseAfter(error, tries);
        const last = tries === ATTEMPTS || this.#breaker.state !== 'closed';
        if (pause === undefined || last || clock.now() + pause - begun > RETRY_WITHIN_MS) throw error;
        await this.#sleep(pause);
      }
    }
  }

  #admit(): void {
    const pause = this.#pausedUntil - this.#ports.clock.now();
    if (pause > 0) throw refusal('WIX_RATE_LIMITED', 'not asked: Wix wants a pause', pause);
    const rest = this.#breaker.enter();
    if (rest > 0) throw refusal('WIX_UNAVAILABLE', `not asked: ${this.#problem} time after time`, rest);
  }

  #answered(): void {
    this.#ratePauses = 0;
    this.#breaker.answered();
  }

  #note(error: unknown): void {
    const code = error instanceof SsoError ? error.code : undefined;
    if (code !== undefined && FAILURES.has(code)) {
      this.#problem = code;
      this.#breaker.failed();
      return;
    }
    // Whatever else it was, somebody was there; also after a mistake of ours, or a probe would never end.
    this.#breaker.answered();
    if (error instanceof SsoError && code === 'WIX_RATE_LIMITED') this.#pause(error);
  }

  #pause({ detail }: SsoError): void {
    const byItself = Math.min(RATE_PAUSE_MS * 2 ** this.#ratePauses, LONGEST_RATE_PAUSE_MS);
    const asked = detail.retryAfter === undefined ? byItself : detail.retryAfter * 1000;
    this.#ratePauses += 1;
    this.#pausedUntil = this.#ports.clock.now() + Math.min(asked, LONGEST_RATE_PAUSE_MS) * this.#jitter();
  }

  /** Undefined: another attempt would change nothing, or comes too late. */
  #pauseAfter(error: unknown, tries: number): number | undefined {
    if (!(error instanceof SsoError)) return undefined;
    if (error.code === 'WIX_RATE_LIMITED') {
      const pause = Math.max(1, this.#pausedUntil - this.#ports.clock.now());
      return pause <= PAUSE_MS ? pause : undefined;
    }
    if (!FAILURES.has(error.code)) return undefined;
    const asked = (error.detail.retryAfter ?? 0) * 1000;
    const pause = Math.max(asked, FIRST_PAUSE_MS * 2 ** (tries - 1)) * this.#jitter();
    return pause <= PAUSE_MS ? pause : undefined;
  }

  /** 1 to 1.5: those who failed together do not come back together, and nobody earlier than was asked for. */
  #jitter(): number {
    return 1 + this.#ports.random.bytes(1).readUInt8() / 512;
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.#ports.timers.after(milliseconds, resolve));
  }

  #tell(to: 'down' | 'back'): void {
    const { events } = this.#ports;
    const site = this.#site;
    if (to === 'back') events.emit({ type: 'site.back', site });
    else events.emit({ type: 'site.down', site, problem: this.#problem, hint: HINT });
  }
}

const refusal = (code: ErrorCode, problem: string, milliseconds: number): SsoError =>
  new SsoError(code, { problem, retryAfter: Math.ceil(milliseconds / 1000) });
