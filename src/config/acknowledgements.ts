// Warnings that somebody has looked at and decided to live with, with a reason and a date. An acknowledgement covers one kind of
// warning, of one connection where the warning is about one, so that the same weakness of another customer is told all the
// same. What has expired, or fits nothing any more, is itself a warning: a list that nobody prunes hides things.

import { warningTable, type Warning, type WarningCode, type WarningSource } from '../core/warnings';

export interface Acknowledgement {
  readonly warning: WarningCode;
  readonly connection?: string;
  readonly reason: string;
  /** Milliseconds since 1970; the acknowledgement ends there. */
  readonly until: number;
  /** Option path, for what there is to say about the acknowledgement itself. */
  readonly path: string;
}

export interface AcknowledgedWarning extends Warning {
  readonly reason: string;
  /** Its last day, as in the configuration. */
  readonly until: string;
  /** Days that are left, when they are 30 or fewer. */
  readonly daysLeft?: number;
}

export interface SortedWarnings {
  /** Not acknowledged, or not any more; with what is wrong with the acknowledgements. */
  readonly open: readonly Warning[];
  readonly acknowledged: readonly AcknowledgedWarning[];
}

const DAY = 86_400_000;
const SOON_DAYS = 30;

/** The last day that an end belongs to. */
const dayOf = (until: number): string => new Date(until - 1).toISOString().slice(0, 10);

/** `connections.NAME.option` is about the connection NAME. */
const connectionOf = ({ path }: Warning): string | undefined => /^connections\.([a-z0-9-]+)/.exec(path)?.[1];

const fits = ({ warning, connection }: Acknowledgement, found: Warning): boolean =>
  warning === found.code && connection === connectionOf(found);

export interface Asked {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What was looked at: nothing is said about an acknowledgement whose warning could not have come. */
  readonly sources: readonly WarningSource[];
  /** Connections whose metadata could be judged. */
  readonly ready: { has(connection: string): boolean };
}

export function sortWarnings(
  found: readonly Warning[],
  acknowledgements: readonly Acknowledgement[],
  asked: Asked,
): SortedWarnings {
  const valid = acknowledgements.filter(({ until }) => asked.now < until);
  const open = found.filter((warning) => !valid.some((one) => fits(one, warning)));
  const acknowledged = found.flatMap((warning) => {
    const one = valid.find((each) => fits(each, warning));
    return one === undefined ? [] : [Object.freeze({ ...warning, ...endOf(one, asked.now) })];
  });
  return { open: [...open, ...acknowledgements.flatMap((one) => faultOf(one, found, asked))], acknowledged };
}

function endOf({ reason, until }: Acknowledgement, now: number): Omit<AcknowledgedWarning, keyof Warning> {
  const daysLeft = Math.ceil((until - now) / DAY);
  return { reason, until: dayOf(until), ...(daysLeft <= SOON_DAYS ? { daysLeft } : {}) };
}

function faultOf(one: Acknowledgement, found: readonly Warning[], asked: Asked): Warning[] {
  const { path, warning, connection, until } = one;
  const what = connection === undefined ? warning : `${warning} of the connection ${connection}`;
  const isAsked = asked.sources.includes(warningTable[warning].source);
  if (!found.some((each) => fits(one, each))) {
    if (!isAsked || (connection !== undefined && !asked.ready.has(connection))) return [];
    return [
      {
        code: 'ACKNOWLEDGEMENT_UNUSED',
        path,
        problem: `acknowledges ${what}, and there is no such warning`,
        hint: hintFor(one, found),
      },
    ];
  }
  if (asked.now < until) return [];
  return [
    {
      code: 'ACKNOWLEDGEMENT_EXPIRED',
      path,
      problem: `acknowledged ${what} until ${dayOf(until)}`,
      hint: 'Remove the cause of the warning, or decide anew and write a later date into `until`.',
    },
  ];
}

function hintFor({ warning, connection }: Acknowledgement, found: readonly Warning[]): string {
  const names = found.filter(({ code }) => code === warning).map(connectionOf);
  const named = names.filter((name) => name !== undefined);
  if (connection === undefined && named.length > 0)
    return `Write \`connection: ${named[0] ?? ''}\`: an acknowledgement of this warning is about one connection.`;
  if (connection !== undefined && names.includes(undefined))
    return 'Remove `connection`: this warning is not about one connection.';
  return 'Remove this entry.';
}
