// Where the keys that follow the configured ones lie: beside them, so that whoever copies a key directory to another machine
// brings them along.

import { dirname } from 'node:path';
import type { KeyPlace } from '../admin/own-keys/key-place';
import type { Source } from './kinds';
import type { Draft } from './options';

export interface KeyPlaces {
  readonly signing: KeyPlace;
  readonly encryption: KeyPlace;
  /** By the site's name. */
  readonly exchange: ReadonlyMap<string, KeyPlace>;
}

/** A key that comes from the environment has no place: the signing key's, else that of the configuration, is taken. */
export function keyPlacesOf({ serviceProvider, sites }: Draft, baseDir: string): KeyPlaces {
  const beside = (source: Source | undefined, directory: string): KeyPlace =>
    source !== undefined && 'file' in source
      ? { directory: dirname(source.file), like: source.file }
      : { directory };
  const signing = beside(serviceProvider?.signing?.[0]?.key, baseDir);
  return Object.freeze({
    signing,
    encryption: beside(serviceProvider?.decryption[0]?.key, signing.directory),
    exchange: new Map(
      [...(sites ?? [])].map(([name, { exchange }]) => [name, beside(exchange?.key, signing.directory)]),
    ),
  });
}
