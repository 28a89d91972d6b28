// A configuration as the public API shows it: something that was read and found good, with nothing in it to look at or to
// change. What is in it, keys among them, is for our own code (config-parts).

import type { ConfigParts } from './config-parts';

let mint: (parts: ConfigParts) => Config;

/** Made by `loadConfig` and `parseConfig` only. */
export class Config {
  readonly #parts: ConfigParts;

  private constructor(parts: ConfigParts) {
    this.#parts = parts;
    Object.freeze(this);
  }

  static {
    mint = (parts) => new Config(parts);
  }

  /** Public address of the service, without a trailing slash: the router is mounted at its path. */
  get baseUrl(): string {
    return this.#parts.serviceProvider.baseUrl;
  }

  /**
   * @internal
   * @throws TypeError for whatever looks like a Config
   */
  static partsOf(config: Config): ConfigParts {
    if (Object(config) === config && #parts in config) return config.#parts;
    throw new TypeError('not a Config: loadConfig and parseConfig give one');
  }
}

/** @internal */
export const sealConfig = (parts: ConfigParts): Config => mint(parts);
