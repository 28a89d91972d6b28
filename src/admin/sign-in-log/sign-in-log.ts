// The sign-in log of a running service. It hears of what happens, keeps a small row for it in memory, and writes all that
// waits every few seconds: no visitor waits for it, and a process that is killed loses the last seconds of it and no more.
// Trouble with the store is the store's to tell; the log then goes without those rows.

import { SsoError } from '../../core/errors';
import type { SsoEvent, Subscriber } from '../../core/events';
import type { Clock, Timers } from '../../core/ports';
import type { SsoContext } from '../../sso/context';
import type { AcceptedSignIn, RefusedSignIn, SignInWatch } from '../../sso/sign-in-watch';
import type { SealedDocuments } from '../../stores/sealed-documents';
import { SegmentedRows } from '../../stores/segmented-rows';
import { maskedAddress } from '../../policy/masked-address';
import { entryOf, LOGS_PREFIX, seriesNames, seriesOf } from './entries';
import { forgetOld } from './forget-old';
import { fingerprintOf } from './fingerprint';
import { VerdictsToWrite } from './verdicts-to-write';
import { WaitingRows, type Rows } from './waiting-rows';

export interface SignInLogPorts {
  readonly clock: Clock;
  readonly timers: Timers;
}

/** What the log works with once the service is put together. */
export interface SignInLogGround {
  readonly documents: SealedDocuments;
  /** The one in use now. */
  readonly context: () => SsoContext;
  /** How long rows are kept; 0: there is no log. */
  readonly days: () => number;
}

/** How long a row waits in memory. */
export const writeEveryMs = 5000;
const FORGET_EVERY_MS = 6 * 60 * 60_000;
const FORGET_FIRST_MS = 60_000;
const KEY_CHARS = 16;

export class SignInLog {
  private readonly waiting = new WaitingRows();
  private readonly verdicts: VerdictsToWrite;
  private ground: SignInLogGround | undefined;
  private rows: SegmentedRows | undefined;
  private cancelWrite: (() => void) | undefined;
  private cancelForget: (() => void) | undefined;
  private writing: Promise<void> = Promise.resolve();
  private readonly marked = new Set<string>();
  private closed = false;

  constructor(private readonly ports: SignInLogPorts) {
    this.verdicts = new VerdictsToWrite(ports, (connection, verdicts) => {
      this.waiting.addVerdicts(connection, verdicts);
      this.writeSoon();
    });
  }

  /** From now on there is something to write to. */
  open(ground: SignInLogGround): void {
    this.ground = ground;
    this.rows = new SegmentedRows(ground.documents);
    this.forgetLater(FORGET_FIRST_MS);
  }

  readonly subscriber: Subscriber = (event: SsoEvent) => {
    const found = this.isOn() ? entryOf(event, this.ports.clock.now()) : undefined;
    if (found === undefined || !this.isKnown(found.connection)) return;
    this.waiting.add(found.connection, found.entry);
    this.writeSoon();
  };

  readonly watch: SignInWatch = Object.freeze({
    accepted: (signIn: AcceptedSignIn) => this.noteAccepted(signIn),
    refused: (signIn: RefusedSignIn) => {
      if (this.isOn() && this.ground !== undefined) this.verdicts.add(signIn, this.ground.context);
    },
  });

  /** Writes all that waits. */
  async write(): Promise<void> {
    this.cancelWrite?.();
    this.cancelWrite = undefined;
    const { rows } = this;
    if (rows === undefined || this.waiting.isEmpty) return this.writing;
    const taken = this.waiting.take(this.ports.clock.now());
    const before = this.writing;
    this.writing = before.then(() => this.writeAll(rows, taken));
    return this.writing;
  }

  async close(): Promise<void> {
    this.verdicts.close();
    await this.write();
    this.closed = true;
    this.cancelWrite?.();
    this.cancelForget?.();
  }

  private isOn(): boolean {
    return !this.closed && (this.ground?.days() ?? 0) > 0;
  }

  /** A refusal names the connection that a stranger names. */
  private isKnown(connection: string): boolean {
    return this.ground?.context().connections.byName(connection) !== undefined;
  }

  private noteAccepted(signIn: AcceptedSignIn): void {
    if (!this.isOn() || this.ground === undefined) return;
    const { connection, member, assertion, signIn: name, reference } = signIn;
    const at = this.ports.clock.now();
    this.waiting.add(connection.name, {
      ...{ step: 'accepted', at, signIn: name, reference },
      person: this.ground.context().pseudonym(member.email),
      address: maskedAddress(member.email),
      keys: [...new Set(assertion.facts.thumbprints)].map((thumbprint) => thumbprint.slice(0, KEY_CHARS)),
    });
    this.waiting.addPrint(connection.name, () => fingerprintOf(signIn, at));
    this.writeSoon();
  }

  private writeSoon(): void {
    if (this.closed) return;
    this.cancelWrite ??= this.ports.timers.after(writeEveryMs, () => void this.write());
  }

  private async writeAll(rows: SegmentedRows, taken: ReadonlyMap<string, Rows>): Promise<void> {
    for (const [connection, kept] of taken) {
      try {
        await this.mark(connection);
        for (const name of seriesNames) await rows.append(seriesOf(connection, name), kept[name]);
      } catch (error) {
        if (!(error instanceof SsoError)) throw error;
      }
    }
  }

  private async mark(connection: string): Promise<void> {
    if (this.marked.has(connection)) return;
    await this.ground?.documents.putIf(LOGS_PREFIX + connection, true, undefined);
    this.marked.add(connection);
  }

  private forgetLater(afterMs: number): void {
    this.cancelForget = this.ports.timers.after(afterMs, () => {
      void this.forget().finally(() => {
        if (!this.closed) this.forgetLater(FORGET_EVERY_MS);
      });
    });
  }

  /** Rows that are older than the configuration allows. */
  async forget(): Promise<void> {
    const { ground } = this;
    if (ground === undefined) return;
    try {
      await forgetOld(ground.documents, this.ports.clock.now() - ground.days() * 86_400_000);
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
    }
  }
}
