// By which ways one notice goes out: one mail to all who are meant, and each webhook by itself, so that none waits for another.

import type { Notice } from '../../admin/notices/notice';
import { mailOf, webhookBodyOf } from '../../admin/notices/notice-text';
import type { NoticeWays } from '../../admin/notices/ways';
import type { OutboundWay } from '../../core/outbound-way';
import type { Clock, Random } from '../../core/ports';
import type { Outcome } from './outcome';
import { postWebhook } from './post-webhook';
import { sendMail } from './send-mail';

export interface Channel {
  /** `mail`, or `webhook` with its place in the configuration. */
  readonly name: string;
  /** Within bounds; never rejects. */
  readonly send: () => Promise<Outcome>;
}

export interface ChannelPorts {
  readonly clock: Clock;
  readonly random: Random;
  /** Public address of the service: which of several installations speaks. */
  readonly baseUrl: () => string;
  readonly outbound: () => OutboundWay;
}

const ID_BYTES = 16;

/** @param at when it happened, in milliseconds since 1970 */
export function channelsOf(
  notice: Notice,
  { to, contacts, smtp, webhooks }: NoticeWays,
  { clock, random, baseUrl, outbound, at }: ChannelPorts & { readonly at: number },
): readonly Channel[] {
  const service = baseUrl();
  const contact = notice.forContact ? (contacts.get(notice.connection ?? '') ?? []) : [];
  // Nobody learns the other's address: a contact is a customer's.
  const recipients = [to, contact].filter((some) => some.length > 0);
  const mails =
    smtp === undefined
      ? []
      : recipients.map((some, index) => ({
          name: index === 0 && some === to ? 'mail' : 'mail to contact',
          send: () => sendMail(smtp, some, mailOf(notice, service)),
        }));
  const id = `msg_${random.bytes(ID_BYTES).toString('hex')}`;
  const body = webhookBodyOf(notice, service, at);
  return [
    ...mails,
    ...webhooks.map((hook, index) => ({
      name: `webhook notify.webhooks[${index}]`,
      send: () => postWebhook(hook, { id, at: clock.now(), body }, outbound()),
    })),
  ];
}
