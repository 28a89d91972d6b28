// The public API: read a configuration, make an app of it, mount it or listen. Everything else is internal.

import { Config, sealConfig } from './config/config';
import type { ConfigInput } from './config/config-input';
import { loadConfig as loadParts, parseConfig as parseParts } from './config/load';
import type { Environment } from './config/environment';
import type { Clock } from './core/ports';
import { openApp } from './server/app';
import type { App, AppOptions, Running } from './server/app-types';
import { checkedClock } from './server/given-ports';
import { start as startParts } from './server/process';
import { systemClock } from './server/system';

export type { App, AppOptions, Log, RequestHandler, Running, SignInNotice } from './server/app-types';
export type { Config } from './config/config';
export type { ConfigInput, ConnectionInput, KeyPairInput, SiteInput } from './config/config-input';
export type { Environment } from './config/environment';
export { ConfigError } from './config/problem';
export type { Problem } from './core/problem';
export type { ErrorCode } from './core/errors';
export type { Clock, LogLevel, LogValue, Random } from './core/ports';

export interface LoadOptions {
  /** Variables for `${NAME}` in values. Default: those of the process. */
  readonly env?: Environment;
  /** For the validity of metadata and certificates. Default: the clock of this machine. */
  readonly clock?: Clock;
}

export interface ParseOptions extends LoadOptions {
  /** Directory that relative paths start at. Default: the working directory. */
  readonly baseDirectory?: string;
}

const surroundings = ({ env = process.env, clock = systemClock }: LoadOptions) => ({
  env,
  now: checkedClock(clock).now(),
});

/**
 * Reads a YAML configuration file. Relative paths in it are relative to the file.
 * @throws ConfigError with every problem at once
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<Config> {
  return sealConfig(await loadParts(file, surroundings(options)));
}

/**
 * The same for a configuration that is an object already. It is checked no less: the type is for whoever writes it.
 * @throws ConfigError with every problem at once
 */
export async function parseConfig(input: ConfigInput, options: ParseOptions = {}): Promise<Config> {
  return sealConfig(await parseParts(input, options.baseDirectory ?? '.', surroundings(options)));
}

/**
 * An app to mount (`router`) or to listen with (`handler`). It opens the store and has to be closed.
 * @throws ConfigError when a shared store has no state key and none can be made
 */
export function createApp(config: Config, options: AppOptions = {}): App {
  return openApp(Config.partsOf(config), options).app;
}

/**
 * Starts listening; resolves when the self-test has passed. `/readyz` asks the state store besides, at every call: a Redis
 * that is away for a moment must not keep the service from starting. Rejects when the address is taken or the self-test fails.
 */
export function start(config: Config, options: AppOptions = {}): Promise<Running> {
  return startParts(Config.partsOf(config), options);
}
