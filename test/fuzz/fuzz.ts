/**
 * The loop: hostile fields go through a gate, and three promises are watched. What comes out is an SsoError or exactly what
 * was signed; no field costs more than its budget of CPU; memory does not grow.
 */
import { SsoError } from '../../src/core/errors';
import { NOW, pass, type Accepted, type Parties } from '../properties/gate';
import { essence, type Corpus } from './corpus';
import { mutate } from './mutations';
import { Dice } from './random';

export type Gate = (field: string, parties: Parties, now: number) => Accepted;

export interface Finding {
  readonly problem: string;
  readonly seed: number;
  readonly run: number;
  readonly source: string;
  readonly field: string;
}

export interface Report {
  readonly runs: number;
  readonly accepted: number;
  /** How often each code refused. */
  readonly refused: ReadonlyMap<string, number>;
  readonly slowestMs: number;
  /** Fields above the budget of 60 ms, measured again. */
  readonly overBudget: number;
  readonly heapGrowthMb: number;
  readonly finding: Finding | undefined;
}

export interface FuzzOptions {
  readonly corpus: Corpus;
  readonly seed: number;
  /** Asked before every run with the number of runs so far. */
  readonly goOn: (runs: number) => boolean;
  readonly gate?: Gate;
}

const BUDGET_MS = 60;
/** A shared machine may be slow; ten times the budget is no excuse any more. */
const HARD_LIMIT_MS = 600;
const HEAP_LIMIT_MB = 40;
/** Until the compiler has seen everything. */
const WARM_UP_RUNS = 500;

export function fuzz({ corpus, seed, goOn, gate = pass }: FuzzOptions): Report {
  const refused = new Map<string, number>();
  let runs = 0;
  let accepted = 0;
  let slowestMs = 0;
  let overBudget = 0;
  let finding: Finding | undefined;
  let heapBefore = 0;
  while (finding === undefined && goOn(runs)) {
    if (runs === WARM_UP_RUNS) heapBefore = heapMb();
    const { seed: source, field } = mutate(corpus, new Dice(mix(seed, runs)));
    const { verdict, ms } = timed(() => run(gate, field, corpus));
    const honestMs = ms > BUDGET_MS ? Math.min(ms, timed(() => run(gate, field, corpus)).ms) : ms;
    if (runs >= WARM_UP_RUNS) {
      slowestMs = Math.max(slowestMs, honestMs);
      if (honestMs > BUDGET_MS) overBudget++;
    }
    const problem =
      verdict.problem ?? (honestMs > HARD_LIMIT_MS ? `took ${honestMs.toFixed(0)} ms` : undefined);
    if (problem !== undefined) finding = { problem, seed, run: runs, source, field };
    if (verdict.code === undefined) accepted++;
    else refused.set(verdict.code, (refused.get(verdict.code) ?? 0) + 1);
    runs++;
  }
  const heapGrowthMb = runs > WARM_UP_RUNS ? heapMb() - heapBefore : 0;
  if (finding === undefined && heapGrowthMb > HEAP_LIMIT_MB && globalThis.gc !== undefined) {
    finding = {
      problem: `memory grew by ${heapGrowthMb.toFixed(0)} MB`,
      seed,
      run: runs,
      source: '',
      field: '',
    };
  }
  return { runs, accepted, refused, slowestMs, overBudget, heapGrowthMb, finding };
}

interface Verdict {
  /** Of the refusal; undefined when accepted. */
  readonly code?: string;
  readonly problem?: string;
}

function run(gate: Gate, field: string, { parties, signed }: Corpus): Verdict {
  try {
    const accepted = gate(field, parties, NOW);
    const what = essence(accepted);
    return signed.has(what) ? {} : { problem: `accepted what nobody signed: ${what}` };
  } catch (error) {
    if (error instanceof SsoError) return { code: error.code };
    return { code: 'none', problem: `threw ${error instanceof Error ? String(error.stack) : String(error)}` };
  }
}

function timed(work: () => Verdict): { readonly verdict: Verdict; readonly ms: number } {
  const before = process.cpuUsage();
  const verdict = work();
  const { user, system } = process.cpuUsage(before);
  return { verdict, ms: (user + system) / 1000 };
}

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Every run can be repeated on its own. */
const mix = (seed: number, run: number): number =>
  Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(run + 1, 0xc2b2ae35);
