import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createFileStore } from '../../../src/stores/file-store';
import { systemClock, systemRandom } from '../../../src/server/system';
import type { StateStore } from '../../../src/stores/state-store';
import { describeStateStore } from './state-store.contract';
import { describeTwoProcesses } from './two-processes.contract';

describe('the file store', () => {
  let directory: string;
  let store: StateStore;
  let other: StateStore;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'wix-saml-store-'));
    const open = () => createFileStore({ directory, clock: systemClock, random: systemRandom });
    store = open();
    other = open();
  });

  afterAll(async () => {
    await store.close();
    await other.close();
    rmSync(directory, { recursive: true, force: true });
  });

  describeStateStore(() => Promise.resolve({ store, other, advance: (ms) => wait(ms + 5) }), {
    tick: 30,
    runs: 5,
  });

  describeTwoProcesses(() => ({ place: { directory }, store }));
});
