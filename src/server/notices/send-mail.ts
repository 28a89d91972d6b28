// One try to hand a mail to the mail server; the one door to nodemailer, which is loaded when there is a mail to send. TLS is
// demanded, unless the server is this very machine. Everything has a bound, and nothing is read from files or addresses.

import type { NoticeMail } from '../../admin/notices/notice-text';
import type { MailWay } from '../../admin/notices/ways';
import { authoritiesOf } from '../../core/outbound-way';
import { cleanLine } from '../../core/text';
import type { Outcome } from './outcome';

/** For names, the connection, the greeting and each answer. */
const stepMs = 10_000;
/** For all of it, however slowly a server answers. */
const wholeMs = 45_000;
const responseBytes = 64 * 1024;

/** Never rejects. @param to plain addresses @param withinMs for all of it */
export async function sendMail(
  way: MailWay,
  to: readonly string[],
  mail: NoticeMail,
  withinMs = wholeMs,
): Promise<Outcome> {
  try {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport(await transportOptions(way));
    await transport.sendMail({
      // As objects: no list and no name is read out of an address.
      from: { name: 'wix-saml', address: way.from },
      to: to.map((address) => ({ name: '', address })),
      subject: mail.subject,
      text: mail.text,
      // RFC 3834 §5: nobody's holiday notice answers it.
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: AbortSignal.timeout(withinMs),
    });
    return { kind: 'sent' };
  } catch (cause) {
    return failureOf(cause, way);
  }
}

async function transportOptions({ host, port, tls, user, password, ca }: MailWay) {
  const authorities = await authoritiesOf(ca === undefined ? {} : { ca });
  return {
    ...{ host, port },
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    // A server on this machine is asked as well.
    allowInternalNetworkInterfaces: true,
    tls: { minVersion: 'TLSv1.2' as const, ...(authorities === undefined ? {} : { ca: authorities }) },
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password.reveal() } }),
    ...{ connectionTimeout: stepMs, greetingTimeout: stepMs, socketTimeout: stepMs, dnsTimeout: stepMs },
    maxResponseSize: responseBytes,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const remedies: Readonly<Record<string, string>> = {
  EAUTH: 'The mail server does not accept `notify.smtp.user` with its password.',
  ENOAUTH: 'The mail server wants a user and a password: set `notify.smtp.user` and `passwordFile`.',
  ETLS: 'The mail server offers no TLS that is believed. Check `notify.smtp.tls`, the port and `notify.smtp.ca`.',
  EENVELOPE: 'The mail server refuses an address: look at `notify.smtp.from`, `notify.to` and the contacts.',
  EDNS: 'The name of the mail server is not known: check `notify.smtp.host`.',
};
const elsewhere =
  'Check `notify.smtp`, and the way to the mail server; `wix-saml check --notify` tries it again.';

/** Text of the server is not passed on: it may quote an address. Its number and nodemailer's code say enough. */
function failureOf(cause: unknown, { host, port }: MailWay): Outcome {
  const of = (name: string): unknown =>
    typeof cause === 'object' && cause !== null ? Reflect.get(cause, name) : undefined;
  const code = typeof of('code') === 'string' ? String(of('code')) : 'unknown';
  const status = of('responseCode');
  const reply = typeof status === 'number' ? `, reply ${status}` : '';
  const problem = cleanLine(`${host}:${port} took no mail (${code}${reply})`, 200);
  return { kind: 'failed', problem, hint: remedies[code] ?? elsewhere };
}
