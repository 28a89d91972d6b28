// Options of whom the service tells something by mail or webhook, and how.

import { emailAddress, secureAddress } from './addresses';
import { certificateSource, choice, environmentSecret, integer, text, namedSecretFile } from './kinds';
import { listOf, oneOrMore, optional, required, section, type Kind } from './option';
import { textSchema } from './json-schema';
import { readText } from './kinds';
import { isLoopbackHost } from '../core/loopback';
import { report, shown } from './reading';

const mailbox = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+";

/** An address that goes into a mail: one, bare, and nothing in it that an address list or a header would read otherwise. */
export const noticeAddress: Kind<string> = {
  ...emailAddress,
  schema: textSchema({ pattern: `^\\s*(mailto:)?${mailbox}\\s*$` }),
  read: (raw, at) => {
    const value = emailAddress.read(raw, at);
    if (value === undefined || new RegExp(`^${mailbox}$`).test(value)) return value;
    return report(
      at,
      `is no address that a mail can go to: ${shown(value)}`,
      'Write it as name@example.com.',
    );
  },
};

const webhookUrl: Kind<string> = {
  label: 'https URL',
  schema: textSchema({ pattern: secureAddress }),
  read: (raw, at) => {
    const value = readText(raw, at)?.trim();
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const isSecure =
      url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
    return url !== undefined && isSecure && url.username === '' && url.password === ''
      ? url.href
      : report(
          at,
          'is not the https address of a receiver',
          'Write it as https://hooks.example.com/wix-saml; http is for localhost only.',
        );
  },
};

const smtp = section({
  host: required(text(255), { meaning: 'Name of the mail server.', example: 'smtp.example.com' }),
  port: optional(integer(1, 65_535), {
    meaning: 'Its port.',
    defaultWords: '587; 465 with `tls: implicit`; 25 with `tls: none`',
  }),
  tls: optional(choice(['starttls', 'implicit', 'none']), {
    meaning:
      'How the connection is protected; a certificate that is not believed ends it. `none` is for a server on this very machine.',
    defaultWords: '`implicit` with port 465, `none` on this machine, else `starttls`',
  }),
  user: optional(text(255), { meaning: 'Name to log in with.', defaultWords: 'no login' }),
  passwordFile: optional(namedSecretFile, { meaning: 'File with its password, on one line.' }),
  password: optional(environmentSecret, { meaning: 'The same from the environment, instead of a file.' }),
  from: required(noticeAddress, {
    meaning: 'Address that the mails come from.',
    example: 'wix-saml@example.com',
  }),
  ca: optional(oneOrMore(certificateSource), {
    meaning: 'Certification authorities of your own (PEM), believed beside the well-known ones.',
  }),
});

const webhook = section({
  url: required(webhookUrl, {
    meaning: 'Where each notice is posted, signed as Standard Webhooks; redirects are not followed.',
    example: 'https://hooks.example.com/wix-saml',
  }),
  secretFile: optional(namedSecretFile, {
    meaning:
      'File with the secret, `whsec_…`. One on each line, and each signs: so it is changed without a gap.',
  }),
  secret: optional(environmentSecret, {
    meaning: 'The same from the environment, instead of a file; several with blanks between them.',
  }),
});

export const notify = section({
  to: optional(oneOrMore(noticeAddress), {
    meaning:
      'Whom mails go to: you. The `technicalContact` of a connection is told besides of what is about the connection.',
    example: 'ops@example.com',
    defaultWords: 'nobody',
  }),
  smtp: optional(smtp, { meaning: 'The mail server.', defaultWords: 'no mail' }),
  webhooks: optional(listOf(webhook, { label: 'list of webhooks' }), {
    meaning: 'Receivers of the same as JSON.',
    defaultWords: 'none',
  }),
});

/** Of a connection. */
export const technicalContact = optional(oneOrMore(noticeAddress), {
  meaning:
    'Who looks after the IdP: told by mail (`notify`) of ends, failures and changes of this connection. Never shown to anybody.',
  defaultWords: 'nobody',
});
