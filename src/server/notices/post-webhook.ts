// One try to deliver a webhook, by the bounded client: no redirect is followed, and what is answered is not read beyond a bound.

import { webhookHeaders } from '../../admin/notices/standard-webhooks';
import type { WebhookWay } from '../../admin/notices/ways';
import { outboundPost } from '../../core/outbound';
import { OutboundError } from '../../core/outbound-reasons';
import type { OutboundWay } from '../../core/outbound-way';
import type { Outcome } from './outcome';

interface WebhookMessage {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly body: string;
}

const timeoutMs = 15_000;
const answerBytes = 64 * 1024;
const hint = 'Look at the receiver; `wix-saml check --notify` tries it again.';

/** Never rejects. */
export async function postWebhook(
  { url, secrets }: WebhookWay,
  message: WebhookMessage,
  way: OutboundWay,
): Promise<Outcome> {
  const headers = { 'content-type': 'application/json', ...webhookHeaders(secrets, message) };
  try {
    const { status } = await outboundPost(url, { timeoutMs, answerBytes, headers, body: message.body, way });
    if (status >= 200 && status < 300) return { kind: 'sent' };
    // Standard Webhooks: 410 says that nobody wants them any more.
    const kind = status === 410 ? 'refused' : 'failed';
    return { kind, problem: `the receiver answered ${status}`, hint };
  } catch (cause) {
    if (!(cause instanceof OutboundError)) throw cause;
    return { kind: 'failed', problem: cause.message, hint };
  }
}
