// A value that must not reach a log, an error page or a serialised object by accident.
// Template strings, JSON and util.inspect all see "[secret]"; reading it takes an explicit reveal().

import { inspect } from 'node:util';

/** Holds a bearer secret (session token, ticket, verifier, API key). */
export class Secret<T extends string | Buffer = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
    Object.freeze(this);
  }

  /** The value itself. Every call site is a place where the secret leaves our care. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
