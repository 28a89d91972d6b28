// `wix-saml why REFERENCE [FILE]`: what is behind the reference that a visitor quotes.

import type { LogFields } from '../admin/log-lines';
import { findReason, referenceIn, type Reason } from '../admin/why';
import { command } from './command';
import { linesOf } from './lines-of';
import { jsonOption, textOr } from './options';
import { exit, json } from './terminal';
import { NotDoneError, UsageError } from './usage';

export const whyCommand = command({
  name: 'why',
  description: 'find the log line behind a reference, and what to do about it',
  arguments: [
    { name: '<reference>', description: 'ten letters and digits, from the page that the visitor saw' },
    { name: '[file]', description: 'the service’s log, the same as --log' },
  ],
  options: {
    log: textOr('--log <file>', 'the service’s log; - for standard input', '-'),
    json: jsonOption,
  },
  run: async (options, terminal, said = '', file = options.log) => {
    const wanted = referenceIn(said);
    if (wanted === undefined)
      throw new UsageError('A reference has letters and digits only, such as KPVGWD49N6.');
    if (file === '-' && process.stdin.isTTY)
      throw new UsageError(
        'Name the log with --log FILE, or pipe it in: journalctl -u wix-saml | wix-saml why REFERENCE',
      );
    const reason = await findReason(linesOf(file), wanted);
    if (reason === undefined) {
      throw new NotDoneError(
        `There is no line with the reference ${wanted} in this log. Take the log of the day that the page names; older ` +
          'ones may be compressed (zcat FILE | wix-saml why …).',
      );
    }
    if (options.json) terminal.out(json({ ok: true, reference: wanted, ...reason }));
    else for (const line of reasonLines(reason)) terminal.out(line);
    return exit.fine;
  },
});

function reasonLines({ lines, code, cause, evidence, remedy, turn, field, mail }: Reason): string[] {
  return [
    ...lines.map(eventLine),
    '',
    ...(code === undefined ? ['Nothing was refused in this request.'] : [`Code:     ${code}`]),
    ...(cause === undefined ? [] : [`Cause:    ${cause}`]),
    ...(evidence === undefined ? [] : [`Seen:     ${evidence}`]),
    ...(remedy === undefined ? [] : [`Remedy:   ${remedy}`]),
    ...(field === undefined ? [] : [`Where:    ${field}`]),
    ...(code === undefined ? [] : [`Who:      ${turn}`]),
    ...(mail === undefined
      ? []
      : [
          '',
          `Mail to the IT admin: ${mail.subject}`,
          '',
          ...mail.body.split('\n').map((line) => `  ${line}`),
        ]),
  ];
}

const eventLine = (fields: LogFields): string => {
  const { time, level, event, ...rest } = fields;
  const said = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [time, level, event]
    .filter((part) => part !== undefined)
    .map(String)
    .concat(said)
    .join(' ');
};
