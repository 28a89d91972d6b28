// The document of a set-up link, as it lies in the store.

/** What a link opens: the pages on which a connection is set up, its log among them; or the log alone. */
export const linkScopes = ['setup', 'log'] as const;
export type LinkScope = (typeof linkScopes)[number];

export interface LinkRecord {
  readonly scope: LinkScope;
  readonly connection: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly endsAt: number;
  readonly redeemedAt?: number;
  readonly revokedAt?: number;
  /** SHA-256 of the session's secret, in hexadecimal. */
  readonly session?: string;
}

/** Its seal says that we wrote it; this catches one of another version of ourselves, which opens nothing. */
export function readLinkRecord(value: unknown): LinkRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const record = new Map<string, unknown>(Object.entries(value));
  const isNumber = (name: string): boolean => typeof record.get(name) === 'number';
  const isAbsentOr = (name: string, check: () => boolean): boolean => !record.has(name) || check();
  const session = record.get('session');
  const isRight =
    linkScopes.some((scope) => scope === record.get('scope')) &&
    typeof record.get('connection') === 'string' &&
    isNumber('createdAt') &&
    isNumber('endsAt') &&
    isAbsentOr('redeemedAt', () => isNumber('redeemedAt')) &&
    isAbsentOr('revokedAt', () => isNumber('revokedAt')) &&
    isAbsentOr('session', () => typeof session === 'string' && /^[0-9a-f]{64}$/.test(session));
  return isRight ? (value as LinkRecord) : undefined;
}
