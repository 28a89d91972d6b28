/** The shape of a row of the conformance report, and how rows are written. */

export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY' | 'RECOMMENDED' | 'check';

export type Status =
  | {
      readonly kind: 'covered';
      /** `folder/file: part of a title`, or the id of a case of the attack or benign catalogue. */
      readonly by: readonly string[];
      readonly note?: string;
    }
  | { readonly kind: 'not applicable' | 'later'; readonly reason: string };

export interface Requirement {
  readonly id: string;
  readonly level: Level;
  /** One line, in our own words. */
  readonly demand: string;
  readonly status: Status;
}

export interface Chapter {
  readonly title: string;
  readonly source: string;
  readonly requirements: readonly Requirement[];
}

export const requirement = (id: string, level: Level, demand: string, status: Status): Requirement => ({
  id,
  level,
  demand,
  status,
});

export const covered = (...by: readonly string[]): Status => ({ kind: 'covered', by });

/** Covered, but not by the letter: the note says how. */
export const coveredBut = (note: string, ...by: readonly string[]): Status => ({ kind: 'covered', by, note });

export const notApplicable = (reason: string): Status => ({ kind: 'not applicable', reason });
export const later = (reason: string): Status => ({ kind: 'later', reason });

/** Reasons that several rows share. */
export const NO_LOGOUT = 'single logout is not part of this release; metadata claims none';
export const NO_REFRESH = 'metadata is read once, at start; a restart reads it again';
export const NO_METADATA_SIGNATURE = 'metadata is trusted by its file or its TLS address, not by a signature';
