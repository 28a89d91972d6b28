// An attempt to sign in as lines of a terminal.

import type { Attempt } from '../admin/sign-in-log/attempts';
import type { Entry } from '../admin/sign-in-log/entries';
import { nameLine } from '../core/text';
import { remedyOf } from '../core/remedies';

const LINE_CHARS = 400;

const states = {
  inProgress: 'in progress',
  signedIn: 'signed in',
  refused: 'refused',
  timedOut: 'nothing came back',
  notCollected: 'accepted, not fetched by the page',
  notSignedIn: 'not signed in at the IdP',
} as const;

const stepWords = {
  started: 'sent to the identity provider',
  accepted: 'its answer was accepted',
  waits: 'waits in line for the site',
  redeemed: 'signed in at the site',
  refused: 'refused',
  notSignedIn: 'nobody is signed in there',
  manyRefused: 'refused, counted only',
} as const;

const instant = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;

export function attemptLine({ id, at, state, code, count, address }: Attempt): string {
  const many = count === undefined ? '' : ` (${String(count)} times)`;
  const facts = [states[state] + many, code, address, id].filter((fact) => fact !== undefined);
  return `${instant(at)}  ${nameLine(facts.join(', '), LINE_CHARS)}`;
}

export function attemptLines(attempt: Attempt): readonly string[] {
  const { steps, person, verdicts, code } = attempt;
  const rows = (verdicts?.findings.rows ?? []).filter(
    ({ verdict }) => verdict === 'fail' || verdict === 'amber',
  );
  const remedy = code === undefined ? undefined : remedyOf(code, {});
  return [
    attemptLine(attempt),
    ...(person === undefined ? [] : [`  person       ${person}`]),
    ...steps.map((step) => `  ${stepLine(step)}`),
    ...(remedy === undefined ? [] : [`  what to do   ${nameLine(remedy, LINE_CHARS)}`]),
    ...rows.flatMap(({ title, expected, received, field }) => [
      `  wrong        ${nameLine(title, LINE_CHARS)}`,
      ...detail('expected', expected),
      ...detail('received', received),
      ...detail('change', field),
    ]),
  ];
}

function stepLine(step: Entry): string {
  const facts = [
    stepWords[step.step],
    ...(step.step === 'refused' || step.step === 'manyRefused' ? [step.code] : []),
    ...(step.step === 'manyRefused' ? [`${String(step.count)} times`] : [step.reference]),
    ...(step.step === 'refused' && step.expected !== undefined ? [`expected ${step.expected}`] : []),
    ...(step.step === 'refused' && step.received !== undefined ? [`received ${step.received}`] : []),
  ];
  return `${instant(step.at)}  ${nameLine(facts.join(', '), LINE_CHARS)}`;
}

const detail = (label: string, text: string | undefined): readonly string[] =>
  text === undefined ? [] : [`    ${label.padEnd(11)}${nameLine(text, LINE_CHARS)}`];
