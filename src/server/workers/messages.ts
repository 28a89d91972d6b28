// What the primary and a worker say to each other. Both are this program in the same version; what another library sends over
// the same channel is no message of ours.

import type { AdminAddress } from '../admin-listener';
import type { LogLook } from '../log';
import type { LogLevel } from '../../core/ports';

/** What a worker knows of the configuration that the primary, which does not read it, needs. */
export interface ReadyFacts {
  readonly admin: AdminAddress | undefined;
  readonly logLevel: LogLevel;
  readonly logLook: LogLook;
}

export const questions = ['alive', 'metrics', 'reload'] as const;
export type Question = (typeof questions)[number];

export type FromPrimary =
  | { readonly wixSaml: 'asked'; readonly id: number; readonly question: Question }
  | { readonly wixSaml: 'stop' };

export type FromWorker =
  | { readonly wixSaml: 'ready'; readonly facts: ReadyFacts }
  /** `value` is absent when the worker could not answer. */
  | { readonly wixSaml: 'answer'; readonly id: number; readonly value?: unknown };

const isOurs = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'wixSaml' in message;

export const fromPrimary = (message: unknown): FromPrimary | undefined =>
  isOurs(message) ? (message as FromPrimary) : undefined;

export const fromWorker = (message: unknown): FromWorker | undefined =>
  isOurs(message) ? (message as FromWorker) : undefined;
