// A test notice by every way that is configured, for whoever has just configured them: each once, and what became of it.

import type { NoticeWays } from '../../admin/notices/ways';
import { testNotice } from '../../admin/notices/read-notice';
import type { Problem } from '../../core/problem';
import { channelsOf, type ChannelPorts } from './channels';

export interface TriedWays {
  /** By which a notice went out. */
  readonly sent: readonly string[];
  readonly problems: readonly Problem[];
}

/** To the operator, the webhooks and nobody else: a customer gets no tests. */
export async function tryWays(ways: NoticeWays | undefined, ports: ChannelPorts): Promise<TriedWays> {
  const none = {
    path: 'notify',
    problem: 'tells nobody',
    hint: 'Configure `to` with `smtp`, or `webhooks`.',
  };
  if (ways === undefined) return { sent: [], problems: [none] };
  const channels = channelsOf(testNotice(), ways, { ...ports, at: ports.clock.now() });
  if (channels.length === 0) return { sent: [], problems: [none] };
  const tried = await Promise.all(channels.map(async ({ name, send }) => ({ name, outcome: await send() })));
  return {
    sent: tried.filter(({ outcome }) => outcome.kind === 'sent').map(({ name }) => name),
    problems: tried.flatMap(({ name, outcome }) =>
      outcome.kind === 'sent'
        ? []
        : [{ path: name === 'mail' ? 'notify.smtp' : name.replace('webhook ', ''), ...wordsOf(outcome) }],
    ),
  };
}

const wordsOf = ({ problem, hint }: Omit<Problem, 'path'>): Omit<Problem, 'path'> => ({ problem, hint });
