// Events of several processes on one port; a part of the table in core/events.

import { row } from './event-row';

export const workerEvents = {
  'worker.ended': row(
    'error',
    'One of several workers has died, or did not answer and was ended; after the pause another takes its place.',
    ['worker', 'pid', 'problem', 'pauseMs'],
  ),
  'workers.differ': row('error', 'A reload by signal was taken up by some workers and refused by others.', [
    'problem',
    'hint',
  ]),
  'workers.gaveUp': row(
    'error',
    'Workers died one after the other and none is left: the service ends with exit code 1.',
    ['problem', 'hint'],
  ),
  'workers.ready': row('info', 'All workers listen and have passed their self-test.', ['workers']),
} as const;
