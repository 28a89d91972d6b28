// Events of telling people by mail and webhook; a part of the table in core/events.

import { row } from './event-row';

export const noticeEvents = {
  'notice.failed': row('error', 'A mail or webhook could not be sent, and is not tried again.', [
    'cause',
    'channel',
    'problem',
    'hint',
  ]),
  'notice.sent': row('info', 'Somebody was told of something by mail or webhook.', ['cause', 'channel']),
} as const;
