// Whom notices go to: files of secrets read, and what does not fit together said.

import { readWebhookSecret } from '../admin/notices/standard-webhooks';
import type { MailWay, NoticeWays, WebhookWay } from '../admin/notices/ways';
import { isLoopbackHost } from '../core/loopback';
import { Secret } from '../core/secret';
import { present } from './build';
import { certificatesIn } from './build-outbound';
import { noteExposedFile, readSource } from './key-files';
import type { Source } from './kinds';
import type { Draft } from './options';
import { below, report, type At } from './reading';

type NotifyDraft = NonNullable<Draft['notify']>;
type SmtpDraft = NonNullable<NotifyDraft['smtp']>;
type WebhookDraft = NonNullable<NotifyDraft['webhooks']>[number];

/** Undefined where nobody is told of anything. */
export function buildNotify({ notify, connections }: Draft, at: At): NoticeWays | undefined {
  const contacts = [...(connections ?? [])].flatMap(([name, { technicalContact }]) =>
    technicalContact === undefined ? [] : [[name, technicalContact] as const],
  );
  if (notify?.smtp === undefined && (notify?.to !== undefined || contacts.length > 0))
    report(
      below(at, 'smtp'),
      'is needed where mails have recipients',
      'Name a mail server; or remove `to` and `technicalContact`.',
    );
  if (notify === undefined) return undefined;
  const smtp = notify.smtp === undefined ? undefined : buildSmtp(notify.smtp, below(at, 'smtp'));
  const webhooks = (notify.webhooks ?? []).map((draft, index) =>
    buildWebhook(draft, below(below(at, 'webhooks'), index)),
  );
  return Object.freeze({
    to: notify.to ?? [],
    contacts: new Map(contacts),
    ...present({ smtp }),
    webhooks: webhooks.filter((one) => one !== undefined),
  });
}

function buildSmtp(draft: SmtpDraft, at: At): MailWay | undefined {
  const { host, user, from, ca } = draft;
  const password = secretOf({ value: draft.password, file: draft.passwordFile }, 'password', at);
  if (
    (user === undefined) !== (password === undefined) &&
    at.problems.every(({ path }) => !path.startsWith(at.path))
  )
    report(at, 'has one of user and password', 'Give both, or none.');
  const authorities = ca?.flatMap((source, index) => {
    const place = below(below(at, 'ca'), index);
    return certificatesIn(readSource(source, place)?.toString('latin1'), place);
  });
  if (host === undefined || from === undefined) return undefined;
  const isHere = isLoopbackHost(host);
  const tls = draft.tls ?? (draft.port === 465 ? 'implicit' : isHere ? 'none' : 'starttls');
  if (tls === 'none' && !isHere)
    report(below(at, 'tls'), 'is none for another machine', 'Write starttls or implicit.');
  const port = draft.port ?? { starttls: 587, implicit: 465, none: 25 }[tls];
  const secret = password === undefined ? undefined : new Secret(password);
  return Object.freeze({ host, port, tls, from, ...present({ user, password: secret, ca: authorities }) });
}

function buildWebhook(draft: WebhookDraft, at: At): WebhookWay | undefined {
  const text = secretOf({ value: draft.secret, file: draft.secretFile }, 'secret', at);
  if (text === undefined) {
    if (draft.secret === undefined && draft.secretFile === undefined)
      report(
        below(at, 'secretFile'),
        'is needed: a receiver has to know that a webhook is ours',
        'Make one as docs/notices.md says.',
      );
    return undefined;
  }
  const secrets = text.split(/\s+/).map(readWebhookSecret);
  const whole = secrets.filter((secret) => secret !== undefined);
  const place = draft.secret === undefined ? 'secretFile' : 'secret';
  if (whole.length < secrets.length || whole.length > MOST_SECRETS)
    return report(
      below(at, place),
      'holds no secret of Standard Webhooks',
      `Write whsec_ and 24 to 64 random bytes in base64: printf 'whsec_%s\\n' "$(openssl rand -base64 32)". Up to ${MOST_SECRETS} of them.`,
    );
  if (draft.url === undefined) return undefined;
  return Object.freeze({ url: draft.url, secrets: whole.map((secret) => new Secret(secret)) });
}

const MOST_SECRETS = 3;

interface Written {
  readonly value: string | undefined;
  readonly file: Source | undefined;
}

/** From the environment or a file; trimmed. Undefined: not given, or there is a problem that says so. */
function secretOf({ value, file }: Written, name: string, at: At): string | undefined {
  const place = below(at, `${name}File`);
  if (file === undefined) return value;
  if (value !== undefined) return report(place, 'is given twice', `Keep either ${name} or ${name}File.`);
  noteExposedFile(file, place);
  const text = readSource(file, place)?.toString('utf8').trim();
  return text === '' ? report(place, 'holds nothing', 'The file holds the secret alone.') : text;
}
