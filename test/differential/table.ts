/** Asks every judge about every case. Pairs of verdicts that differ are disagreements; what they mean is said elsewhere. */
import { cases, type Case } from './cases';
import { gateOnMessage, gateOnSignatures } from './gate-opinion';
import { askNodeSaml } from './node-saml';
import type { JudgeName, Opinion } from './opinion';
import { askPythonSaml, hasPythonSaml } from './python-saml';
import { askXmlsec, hasXmlsec } from './xmlsec';

export interface Row {
  readonly id: string;
  readonly source: Case['source'];
  readonly gate: Opinion;
  readonly gateOnSignatures: Opinion;
  readonly others: ReadonlyMap<JudgeName, Opinion>;
}

export interface Disagreement {
  readonly id: string;
  readonly source: Case['source'];
  readonly judge: JudgeName;
  /** What the judge does that the gate does not. */
  readonly kind: 'accepts' | 'refuses' | 'reads another name';
  /** The gate's code, when it is the gate that refuses. */
  readonly code: string;
  /** The judge's words, when it is the judge that refuses. */
  readonly why: string;
}

/** Sets the clock that node-saml reads, runs, and sets it back. */
export type At = <T>(now: number, run: () => Promise<T>) => Promise<T>;

export async function table(at: At): Promise<{ rows: Row[]; missing: string[] }> {
  const all = cases();
  const missing = [
    ...(hasXmlsec() ? [] : ['xmlsec1']),
    ...(hasPythonSaml() ? [] : ['python3-onelogin-saml2']),
  ];
  const python = hasPythonSaml() ? askPythonSaml(all) : [];
  const xmlsec = hasXmlsec() ? await inParallel(all, askXmlsec) : [];
  const rows: Row[] = [];
  for (const [index, one] of all.entries()) {
    const others = new Map<JudgeName, Opinion>([['node-saml', await at(one.now, () => askNodeSaml(one))]]);
    if (xmlsec[index] !== undefined) others.set('xmlsec1', xmlsec[index]);
    if (python[index] !== undefined) others.set('python3-saml', python[index]);
    rows.push({
      id: one.id,
      source: one.source,
      gate: gateOnMessage(one),
      gateOnSignatures: gateOnSignatures(one),
      others,
    });
  }
  return { rows, missing };
}

/** Two at a time: each is a process of its own. */
async function inParallel<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < values.length; index = next++)
      results[index] = await work(values[index] as T);
  };
  await Promise.all([worker(), worker()]);
  return results;
}

export function disagreements(rows: readonly Row[]): Disagreement[] {
  return rows.flatMap((row) =>
    [...row.others].flatMap(([judge, opinion]): Disagreement[] => {
      const gate = judge === 'xmlsec1' ? row.gateOnSignatures : row.gate;
      const kind = kindOf(gate, opinion, judge);
      if (kind === undefined) return [];
      const code = gate.verdict === 'refuses' ? gate.why : '';
      const why = opinion.verdict === 'refuses' ? opinion.why : '';
      return [{ id: row.id, source: row.source, judge, kind, code, why }];
    }),
  );
}

function kindOf(gate: Opinion, other: Opinion, judge: JudgeName): Disagreement['kind'] | undefined {
  if (other.verdict === 'silent') return gate.verdict === 'accepts' ? 'refuses' : undefined;
  if (gate.verdict !== other.verdict) return other.verdict;
  if (judge === 'xmlsec1' || gate.verdict !== 'accepts' || other.verdict !== 'accepts') return undefined;
  return (gate.nameId ?? '') === (other.nameId ?? '') ? undefined : 'reads another name';
}
