// What all request bodies together may hold in memory, being read or waiting to be judged. When there is no room, the client
// that holds most gives up its largest body: an answer of an IdP has kilobytes, so what honest people send is never the one.

import { SsoError } from '../core/errors';
import { ReadingTurns } from './reading-turns';

export interface BodyLimits {
  readonly totalBytes: number;
  /** Of one client. */
  readonly clientBytes: number;
}

/** The room of one body. */
export interface BodyRoom {
  /** False when there is no room for it, or it was taken away before; whoever listens has been told. */
  hold(bytes: number): boolean;
  /** Told once, when the room is taken away; at once when it was already. */
  onDropped: (listener: (refusal: SsoError) => void) => void;
  /** When more of it may be read. @param read called in a later turn of the event loop */
  awaitTurn(read: () => void): void;
  release(): void;
}

class Room implements BodyRoom {
  bytes = 0;
  #dropped: SsoError | undefined;
  #listeners: ((refusal: SsoError) => void)[] = [];

  constructor(
    readonly client: string,
    readonly bodies: Bodies,
  ) {}

  hold(bytes: number): boolean {
    if (this.#dropped === undefined) this.bodies.grow(this, bytes);
    return this.#dropped === undefined;
  }

  onDropped(listener: (refusal: SsoError) => void): void {
    if (this.#dropped === undefined) this.#listeners.push(listener);
    else listener(this.#dropped);
  }

  awaitTurn(read: () => void): void {
    this.bodies.reading.wait(this.client, read);
  }

  drop(): void {
    this.release();
    const refusal = new SsoError('HTTP_BUSY', { problem: 'too many bodies at once' });
    this.#dropped = refusal;
    for (const listener of this.#listeners) listener(refusal);
    this.#listeners = [];
  }

  release(): void {
    this.bodies.remove(this);
  }
}

interface Holder {
  bytes: number;
  readonly rooms: Set<Room>;
}

export class Bodies {
  readonly reading = new ReadingTurns();
  readonly #limits: BodyLimits;
  readonly #holders = new Map<string, Holder>();
  #bytes = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** Bytes that are held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param client whom it counts against (http/client) */
  room(client: string): BodyRoom {
    return new Room(client, this);
  }

  grow(room: Room, bytes: number): void {
    const holder = this.#holders.get(room.client) ?? { bytes: 0, rooms: new Set() };
    this.#holders.set(room.client, holder);
    holder.rooms.add(room);
    room.bytes += bytes;
    holder.bytes += bytes;
    this.#bytes += bytes;
    while (holder.bytes > this.#limits.clientBytes) largest(holder.rooms)?.drop();
    while (this.#bytes > this.#limits.totalBytes)
      largest(largest(this.#holders.values())?.rooms ?? [])?.drop();
  }

  remove(room: Room): void {
    const holder = this.#holders.get(room.client);
    if (!holder?.rooms.delete(room)) return;
    holder.bytes -= room.bytes;
    this.#bytes -= room.bytes;
    room.bytes = 0;
    if (holder.rooms.size === 0) this.#holders.delete(room.client);
  }
}

/** The first of several: it has been here longest. */
function largest<T extends { readonly bytes: number }>(of: Iterable<T>): T | undefined {
  let found: T | undefined;
  for (const one of of) if (found === undefined || one.bytes > found.bytes) found = one;
  return found;
}
