// A part of metadata that is of no use, in words for an administrator.

export interface SkippedPart {
  readonly problem: string;
  readonly hint: string;
}
