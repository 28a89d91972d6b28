// The public API: read a configuration, make an app of it, mount it or listen. Everything else is internal.

import { createApp, type App, type AppOptions, type RequestHandler } from './server/app';
import { systemClock } from './server/system';
import type { Config } from './config/config';
import { loadConfig as loadConfigAt, parseConfig as parseConfigAt } from './config/load';
import type { Environment } from './config/reading';

export { createApp, type App, type AppOptions, type RequestHandler } from './server/app';
export type { Log } from './server/event-lines';
export { start, type Running } from './server/process';
export type { Config, ExchangeConfig, SiteConfig } from './config/config';
export { ConfigError } from './config/problem';
export type { Problem } from './core/problem';
export type { ErrorCode } from './core/errors';
export type { LogLevel, LogValue } from './core/ports';

/**
 * Reads a YAML configuration file. Relative paths in it are relative to the file.
 * @param env variables for `${NAME}` in values
 * @throws ConfigError with every problem at once
 */
export const loadConfig = (file: string, env: Environment = process.env): Promise<Config> =>
  loadConfigAt(file, { env, now: systemClock.now() });

/**
 * The same for a configuration that is an object already.
 * @param baseDir directory that relative paths start at
 * @throws ConfigError with every problem at once
 */
export const parseConfig = (
  value: unknown,
  baseDir: string,
  env: Environment = process.env,
): Promise<Config> => parseConfigAt(value, baseDir, { env, now: systemClock.now() });

/**
 * A router to mount in an existing Express or Connect application, under the path of `serviceProvider.baseUrl`
 * and before body parsers. It comes with its app, which has to be closed.
 */
export function createRouter(
  config: Config,
  options: AppOptions = {},
): { readonly router: RequestHandler; readonly app: App } {
  const app = createApp(config, options);
  return { router: app.router, app };
}
