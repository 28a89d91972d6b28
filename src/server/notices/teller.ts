// Tells people by mail and webhook what the log says: one of those who hear of events. It works beside the sign-ins: nothing
// waits for it, what waits in it is bounded, and a mail server that is dead costs some lines in the log.
//
// One notice per cause and day in all processes: whoever claims it in the state store sends it. While the store is away each
// process has its own memory alone, and each tells. A process that dies while it sends tells nobody; a lost notice is better
// than one that comes a hundred times.

import { createHash } from 'node:crypto';
import { noticeReader } from '../../admin/notices/read-notice';
import type { Notice } from '../../admin/notices/notice';
import type { NoticeWays } from '../../admin/notices/ways';
import type { Events, SsoEvent, Subscriber } from '../../core/events';
import type { Clock, Timers } from '../../core/ports';
import type { LastSeen } from '../../sso/last-seen';
import type { StateStore } from '../../stores/state-store';
import { channelsOf, type Channel, type ChannelPorts } from './channels';

export interface TellerPorts extends ChannelPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly events: Events;
  readonly store: Pick<StateStore, 'claim'>;
  /** As they are configured now; absent: nobody is told. */
  readonly ways: () => NoticeWays | undefined;
  /** Whether a connection of this name is configured: a link may claim any. */
  readonly isConnection: (name: string) => boolean;
  /** When somebody last signed in by a connection. */
  readonly signIns: LastSeen;
}

export interface Teller {
  readonly subscriber: Subscriber;
  /** Forgets what waits for another try, and gives what is being sent a moment. */
  readonly close: () => Promise<void>;
}

/** After each failure; then it is given up. */
const retryMs = [10_000, 60_000, 300_000, 1_800_000];
/** How long a stop waits for what is being sent. */
const closeMs = 3000;
/** Notices on their way at once, with those that wait for another try. */
const mostUnderWay = 100;
/** Causes that are remembered beside the store. */
const mostRemembered = 10_000;
/** A connection works when somebody signed in by it within a long weekend. */
const workingMs = 4 * 86_400_000;

/** Hears from the start; what happens before its parts are there waits for them. */
export class TellerToBe {
  private readonly early: SsoEvent[] = [];
  private teller: NoticeTeller | undefined;

  readonly subscriber: Subscriber = (event) => {
    if (this.teller !== undefined) this.teller.subscriber(event);
    else this.early.push(event);
  };

  open(ports: TellerPorts): Teller {
    const teller = new NoticeTeller(ports);
    this.teller = teller;
    for (const event of this.early.splice(0)) teller.subscriber(event);
    return teller;
  }
}

class NoticeTeller implements Teller {
  private readonly read = noticeReader();
  /** Until when a cause is not told again, as far as this process knows. */
  private readonly told = new Map<string, number>();
  private readonly sending = new Set<Promise<void>>();
  private readonly waiting = new Set<() => void>();
  /** The last delivery of each channel: a mail server is asked by one connection at a time. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private closed = false;

  constructor(private readonly ports: TellerPorts) {}

  readonly subscriber: Subscriber = (event) => {
    if (event.type === 'login.accepted') this.ports.signIns.note(event.connection);
    if (this.closed) return;
    const notice = this.read(event);
    const ways = this.ports.ways();
    if (notice === undefined || ways === undefined || !this.isNew(notice)) return;
    if (this.sending.size + this.waiting.size >= mostUnderWay) return;
    this.run(this.tell(notice, ways));
  };

  async close(): Promise<void> {
    this.closed = true;
    for (const cancel of this.waiting) cancel();
    this.waiting.clear();
    if (this.sending.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.ports.timers.after(closeMs, resolve);
      void Promise.all(this.sending).then(() => {
        cancel();
        resolve();
      });
    });
  }

  private run(work: Promise<void>): void {
    // What the log throws is lost with it.
    const done = work.catch(() => undefined).finally(() => this.sending.delete(done));
    this.sending.add(done);
  }

  /** Cheap: asked at every refusal. */
  private isNew({ cause, about, connection }: Notice): boolean {
    if (connection !== undefined && !this.ports.isConnection(connection)) return false;
    return this.ports.clock.now() >= (this.told.get(keyOf({ cause, about })) ?? 0);
  }

  private async tell(notice: Notice, ways: NoticeWays): Promise<void> {
    const { cause, connection } = notice;
    if (cause === 'connection.failing' && !(await this.worked(connection))) return;
    if (!(await this.claimed(notice))) return;
    const at = this.ports.clock.now();
    for (const channel of channelsOf(notice, ways, { ...this.ports, at })) this.deliver(channel, notice, 0);
  }

  /** When the store cannot say, nobody is told of a failure: they are told that the store is away. */
  private async worked(connection = ''): Promise<boolean> {
    const seen = await this.ports.signIns.lastSeen(connection).catch(() => undefined);
    return seen !== undefined && this.ports.clock.now() - seen < workingMs;
  }

  private async claimed(notice: Notice): Promise<boolean> {
    const key = keyOf(notice);
    const now = this.ports.clock.now();
    if (now < (this.told.get(key) ?? 0)) return false;
    this.remember(key, now + notice.onceMs);
    return this.ports.store.claim(key, notice.onceMs).catch(() => true);
  }

  private remember(key: string, until: number): void {
    this.told.delete(key);
    this.told.set(key, until);
    const [oldest] = this.told.keys();
    if (this.told.size > mostRemembered && oldest !== undefined) this.told.delete(oldest);
  }

  private deliver(channel: Channel, notice: Notice, failures: number): void {
    const before = this.turns.get(channel.name) ?? Promise.resolve();
    const turn = before.then(() => this.attempt(channel, notice, failures));
    this.turns.set(
      channel.name,
      turn.catch(() => undefined),
    );
    this.run(turn);
  }

  private async attempt(channel: Channel, notice: Notice, failures: number): Promise<void> {
    if (this.closed) return;
    const { events, timers } = this.ports;
    const { cause } = notice;
    const outcome = await channel.send();
    if (outcome.kind === 'sent') {
      events.emit({ type: 'notice.sent', cause, channel: channel.name });
      return;
    }
    const wait = outcome.kind === 'failed' ? retryMs[failures] : undefined;
    if (wait === undefined) {
      const { problem, hint } = outcome;
      events.emit({ type: 'notice.failed', cause, channel: channel.name, problem, hint });
      return;
    }
    const cancel = timers.after(wait, () => {
      this.waiting.delete(cancel);
      this.deliver(channel, notice, failures + 1);
    });
    this.waiting.add(cancel);
  }
}

/** Hashed: what it is about may be a stranger's text, and the store learns nothing of it. */
const keyOf = ({ cause, about }: Pick<Notice, 'cause' | 'about'>): string =>
  `notice:${createHash('sha256')
    .update(JSON.stringify([cause, about]))
    .digest('base64url')}`;
