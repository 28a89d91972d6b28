/** A running service follows the state of its keys, and goes on with what it has when it cannot. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { runningProcesses } from '../../../src/admin/own-keys/key-processes';
import type { KeyState } from '../../../src/admin/own-keys/key-state';
import { makeNextKey } from '../../../src/admin/own-keys/make-next-key';
import { publish, switchOver } from '../../../src/admin/own-keys/key-steps';
import { eventsTo, type SsoEvent } from '../../../src/core/events';
import { compose, type Composed } from '../../../src/server/compose';
import { OwnKeys } from '../../../src/server/own-keys';
import { pairId } from '../../../src/config/rotated-key-files';
import { sealedDocuments, type SealedDocuments } from '../../../src/stores/sealed-documents';
import { makeExample, type Example } from '../../support/makers/configuration';

let example: Example;
let composed: Composed;
let documents: SealedDocuments;
let ownKeys: OwnKeys;
const events: SsoEvent[] = [];
const system = {
  clock: { now: () => Date.now() },
  random: { bytes: (count: number) => randomBytes(count) },
};
const NAME = 'keys/signing';

beforeEach(async () => {
  events.length = 0;
  example = makeExample();
  composed = compose(
    await example.load(),
    eventsTo((event) => void events.push(event)),
    system,
  );
  const { store, stateKeys } = composed.context;
  documents = sealedDocuments({ store, stateKeys, random: system.random });
  const timers = { after: () => () => undefined };
  ownKeys = new OwnKeys(composed.living, { documents, timers, clock: system.clock, id: 'one', host: 'here' });
  await ownKeys.start();
});
afterEach(async () => {
  await ownKeys.close();
  await composed.close();
  example.remove();
});

const signs = (): string => pairId(composed.context.serviceProvider.signing[0]);
const put = async (state: KeyState): Promise<void> => {
  const before = await documents.get(NAME);
  await documents.putIf(NAME, state, before?.version);
};

async function next(): Promise<{ state: KeyState; id: string; file: string }> {
  const place = { directory: example.directory, like: join(example.directory, 'sp.key') };
  const made = await makeNextKey({ purpose: 'signing' }, { place, name: 'test', days: 10 }, system);
  return { ...made, state: publish(undefined, signs(), made, Date.now()) };
}

it('signs by the key of the state, confirms it, and goes on by it when the state is gone', async () => {
  const pseudonym = composed.context.pseudonym('ada@acme.com');
  const first = signs();
  const { state, id } = await next();
  await put(state);
  await ownKeys.look();
  expect(composed.context.serviceProvider.signing.map(pairId)).toEqual([first, id]);
  await put(switchOver(state, Date.now()));
  await ownKeys.look();
  expect(signs()).toBe(id);
  expect(composed.context.pseudonym('ada@acme.com')).toBe(pseudonym);
  expect(await runningProcesses(documents, Date.now(), () => false)).toMatchObject([
    { host: 'here', generations: { [NAME]: 2 } },
  ]);
  const { version = '' } = (await documents.get(NAME)) ?? {};
  await documents.delete(NAME, version);
  await ownKeys.look();
  expect(signs()).toBe(id);
  expect(events.at(-1)).toMatchObject({ type: 'keys.unusable', problem: 'it was there and is gone' });
});

it('keeps its key when the next one cannot be read, says so once, and takes it up when it is there', async () => {
  const first = signs();
  const { state, file } = await next();
  rmSync(join(example.directory, `${file}.crt`));
  await put(state);
  await ownKeys.look();
  await ownKeys.look();
  expect(signs()).toBe(first);
  expect(ownKeys.known).toBe(false);
  expect(events.filter(({ type }) => type === 'keys.unusable')).toHaveLength(1);
  const [process] = await runningProcesses(documents, Date.now(), () => false);
  expect(process?.problems[NAME]).toMatch(/cannot be read: .*\.crt/);
});
