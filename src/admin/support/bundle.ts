// What whoever helps needs to see of an installation, and nothing that is anybody's.

import type { Problem } from '../../core/problem';
import type { Warning } from '../../core/warnings';
import { stepOf, type Ending } from '../../sso/endings';
import { stateAt, type ConnectionDirectory } from '../../sso/directory';
import { scrub } from './scrub';

const DAY_MS = 86_400_000;
const THUMBPRINT_CHARS = 16;
/** Counters of ours and of the process; a comment says what a counter is and is not needed. */
const metric = /^(wix_saml|process|nodejs)_[a-z_]+(\{[^}]*\})? [-+0-9.eENaInf]+$/;

/** Where something stands, as far as it is an option of ours. */
export type ShownPath = (path: string) => string;

/** A finding in our words, without what it is about. */
export const findingOf = ({ path, problem, hint }: Problem, shown: ShownPath) => ({
  path: shown(path),
  problem: scrub(problem),
  hint: scrub(hint),
});

export const warningOf = (warning: Warning, shown: ShownPath) => ({
  code: warning.code,
  ...findingOf(warning, shown),
});

export const connectionsOf = ({ entries }: ConnectionDirectory, now: number, shown: ShownPath) =>
  entries.map((entry) => {
    const { settings, metadata } = entry;
    const state = stateAt(entry, now);
    const [source] = Object.keys(metadata.from);
    const about = { name: settings.name, site: settings.site, source, state: state.kind };
    if (state.kind === 'down')
      return { ...about, ...findingOf(state.trouble, shown), since: new Date(state.since).toISOString() };
    if (state.kind === 'waiting') return { ...about, for: state.for };
    const { identityProvider, requestBinding } = state.connection;
    return {
      ...about,
      bindings: identityProvider.singleSignOnServices.map(({ binding }) => binding),
      requestBinding,
      keys: identityProvider.signingKeys.map(({ thumbprint, notAfter }) => ({
        thumbprint: thumbprint.slice(0, THUMBPRINT_CHARS),
        ends: new Date(notAfter).toISOString(),
      })),
      ...(state.validUntil === undefined ? {} : { validUntil: new Date(state.validUntil).toISOString() }),
      ...(state.fetchedAt === undefined ? {} : { fetchedAt: new Date(state.fetchedAt).toISOString() }),
      skipped: state.skipped.map((one) => findingOf(one, shown)),
    };
  });

export const endsOf = (endings: readonly Ending[], now: number, shown: ShownPath) =>
  endings.map((ending) => ({
    what: ending.warning,
    path: shown(ending.path),
    ends: new Date(ending.endsAt).toISOString(),
    days: Math.floor((ending.endsAt - now) / DAY_MS),
    told: stepOf(ending, now) !== undefined,
  }));

/** Lines of a page of metrics; a name of the configuration is a label, and nothing else can be one. */
export const metricsOf = (page: string): readonly string[] =>
  page.split('\n').filter((line) => metric.test(line));
