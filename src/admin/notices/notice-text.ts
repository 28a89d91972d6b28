// A notice as a plain, short mail and as the body of a webhook. Whatever an IdP may have written in it is one clean line with
// its addresses masked: it ends no header, moves no cursor and names no person.

import { cut } from '../../core/text';
import { maskedText } from '../setup/masked';
import type { Notice } from './notice';

const SUBJECT_CHARS = 150;
const LINE_CHARS = 500;

/** One line without addresses, whoever wrote it. */
const line = (text: string): string => cut(maskedText(text), LINE_CHARS);

export interface NoticeMail {
  readonly subject: string;
  readonly text: string;
}

/** @param baseUrl which of several installations speaks */
export function mailOf(notice: Notice, baseUrl: string): NoticeMail {
  const { subject, problem, remedy, command, connection, site } = notice;
  const about = [
    ...(connection === undefined ? [] : [`Connection: ${line(connection)}`]),
    ...(site === undefined ? [] : [`Site: ${line(site)}`]),
    `Service: ${baseUrl}`,
  ];
  const text = [
    line(problem),
    '',
    `What to do: ${line(remedy)}`,
    `On the machine of the service: ${command}`,
    '',
    ...about,
    '',
    'The same is told once a day at most; the log has every event.',
    '',
  ];
  return { subject: cut(`wix-saml: ${line(subject)}`, SUBJECT_CHARS), text: text.join('\n') };
}

/** @param at when it happened, in milliseconds since 1970 */
export function webhookBodyOf(notice: Notice, baseUrl: string, at: number): string {
  const { cause, subject, problem, remedy, command, connection, site } = notice;
  return JSON.stringify({
    type: cause,
    timestamp: new Date(at).toISOString(),
    data: {
      service: baseUrl,
      subject: line(subject),
      problem: line(problem),
      remedy: line(remedy),
      command,
      ...(connection === undefined ? {} : { connection: line(connection) }),
      ...(site === undefined ? {} : { site: line(site) }),
    },
  });
}
