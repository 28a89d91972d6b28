// A host's hook as one of those who hear of events: what became of each sign-in, and nothing else. The hook decides nothing.
// A sign-in neither waits for it nor fails with it.

import type { SsoEvent, Subscriber } from '../core/events';
import { assertionConsumerPath } from '../http/routes/assertion-consumer';
import { loginRoute } from '../http/routes/login';
import { sessionTokenRoute } from '../http/routes/session-token';
import type { AppOptions, SignInNotice } from './app-types';

type Hook = NonNullable<AppOptions['onSignIn']>;

const paths = new Set<string>([loginRoute.path, assertionConsumerPath, sessionTokenRoute.path]);

/** @param failed told of what the hook throws or rejects with */
export function tellHook(hook: Hook, failed: (reference: string, cause: unknown) => void): Subscriber {
  return (event) => {
    const notice = noticeOf(event);
    if (notice === undefined) return;
    // A promise that rejects later has nobody to meet it but us; what the log throws then is lost with it.
    void call(hook, notice)
      .catch((cause: unknown) => failed(notice.reference, cause))
      .catch(() => undefined);
  };
}

/** Runs now: what is asynchronous begins after the hook's first `await`. */
async function call(hook: Hook, notice: SignInNotice): Promise<void> {
  await hook(notice);
}

function noticeOf(event: SsoEvent): SignInNotice | undefined {
  switch (event.type) {
    case 'login.accepted':
      return notice<'accepted'>(event, 'accepted');
    case 'ticket.redeemed':
      return notice<'completed'>(event, 'completed');
    case 'refused':
      // Whoever asks with another method looks around, and signs nobody in.
      if (!paths.has(event.path) || event.code === 'HTTP_METHOD_NOT_ALLOWED') return undefined;
      return notice<'refused'>(event, 'refused');
    case 'failed': {
      const { reference, code, path, connection, site, signIn } = event;
      if (!paths.has(path)) return undefined;
      return notice<'refused'>({ reference, code, path, connection, site, signIn }, 'refused');
    }
    default:
      return undefined;
  }
}

type NoticeOf<O extends SignInNotice['outcome']> = Extract<SignInNotice, { readonly outcome: O }>;

/** A frozen copy: the log and the metrics hear of the same event, and nothing that a hook does may reach them. */
function notice<O extends SignInNotice['outcome']>(
  fields: Omit<NoticeOf<O>, 'outcome'>,
  outcome: O,
): NoticeOf<O> {
  const copied = Object.entries(fields)
    .filter(([name]) => name !== 'type')
    .map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? Object.freeze([...(value as unknown[])]) : value,
    ]);
  const copy = { ...Object.fromEntries(copied), outcome } as NoticeOf<O>;
  Object.freeze(copy);
  return copy;
}
