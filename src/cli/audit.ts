// `wix-saml audit verify`: whether the audit log is as it was written.

import { Chain, type Head } from '../admin/audit/chain';
import { verifyAudit, type AuditVerdict } from '../admin/audit/verify-audit';
import { auditFilesOf } from '../admin/audit/worker-files';
import { loadConfig } from '../config/load';
import { openStateKeys } from '../config/state-key-files';
import { systemClock, systemRandom } from '../server/system';
import { command } from './command';
import { configOption, jsonOption, parsed, repeatedText } from './options';
import { configFile, exit, json, type Terminal } from './terminal';
import { UsageError } from './usage';

const readHead = (written: string): Head | undefined => {
  const [, seq, hash] = /^([1-9][0-9]{0,15}):([A-Za-z0-9_-]{43})$/.exec(written) ?? [];
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash };
};

export const auditCommand = command({
  name: 'audit',
  description: 'verify: prove that no line of the audit log was changed, moved, taken out or cut off',
  arguments: [{ name: '<action>', description: 'verify', words: ['verify'] }],
  options: {
    config: configOption,
    file: repeatedText(
      '--file <file>',
      'a file of the log; repeat it for files that were moved away, oldest first (default: audit.file)',
    ),
    head: parsed<Head | undefined>(
      '--head <number:hash>',
      'a head that an earlier run printed: its line must be there',
      {
        parse: readHead,
        wanted: 'Write it as it was printed: NUMBER:HASH.',
        standard: undefined,
        defaultWords: 'none',
      },
    ),
    json: jsonOption,
  },
  run: async (options, terminal, action) => {
    if (action !== 'verify') throw new UsageError('Write: wix-saml audit verify.');
    const surroundings = { env: terminal.env, now: systemClock.now(), fetchMetadata: false };
    const config = await loadConfig(configFile(options.config, terminal), surroundings);
    const configured = config.audit === undefined ? [] : auditFilesOf(config.audit.file);
    const chains = options.file === undefined ? configured.map((file) => [file]) : [options.file];
    if (chains.length === 0)
      throw new UsageError('No audit log is configured (audit.file). Name one with --file.');
    if (chains.length > 1 && options.head !== undefined)
      throw new UsageError(
        'Each worker has a file and a head of its own. Name the one of this head with --file.',
      );
    const chain = new Chain(openStateKeys(config.stateKeys, systemRandom));
    const verdicts: AuditVerdict[] = [];
    for (const files of chains) verdicts.push(await verifyAudit(files, chain, options.head));
    const ok = verdicts.every(({ fault }) => fault === undefined);
    const [only, ...others] = verdicts;
    if (options.json && only !== undefined && others.length === 0)
      terminal.out(json({ ok, ...asJson(only) }));
    else if (options.json)
      terminal.out(
        json({ ok, files: verdicts.map((one, at) => ({ file: chains[at]?.[0], ...asJson(one) })) }),
      );
    else
      verdicts.forEach((one, at) =>
        tell(one, others.length === 0 ? [] : [`${String(chains[at]?.[0])}:`], terminal),
      );
    return ok ? exit.fine : exit.findings;
  },
});

const asJson = (verdict: AuditVerdict) => ({ ...verdict, head: headOf(verdict) });

/** @param title where there are several */
function tell(verdict: AuditVerdict, title: readonly string[], terminal: Terminal): void {
  for (const line of [...title, ...linesOf(verdict)]) terminal.out(line);
}

const headOf = ({ head }: AuditVerdict): string => `${head.seq}:${head.hash}`;

function linesOf(verdict: AuditVerdict): string[] {
  const { lines, firstSeq, head, fault } = verdict;
  if (fault !== undefined) {
    const place = fault.line === undefined ? '' : `, line ${fault.line},`;
    return [`${fault.file}${place} ${fault.problem}.`, `The ${lines} lines before it hold.`];
  }
  if (lines === 0) return ['The log is empty.'];
  return [
    `${lines} lines, number ${firstSeq} to ${head.seq}: nothing was changed, moved, taken out or cut off.`,
    ...(firstSeq === 1 ? [] : ['Earlier files were not given, so the first line is not proved.']),
    `Head: ${headOf(verdict)} (note it elsewhere; --head proves later that this line is still there)`,
  ];
}
