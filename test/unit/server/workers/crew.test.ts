/** Who takes the place of a worker that died, how soon, and when that ends. */

import type { SsoEvent } from '../../../../src/core/events';
import type { Timers } from '../../../../src/core/ports';
import { Crew, WorkerFailed, type Worker } from '../../../../src/server/workers/crew';
import type { ReadyFacts } from '../../../../src/server/workers/messages';

const facts: ReadyFacts = { admin: undefined, logLevel: 'info', logLook: { form: 'json', colour: false } };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class FakeWorker implements Worker {
  readonly said: string[] = [];
  answers = true;
  private readyListener: (facts: ReadyFacts) => void = () => undefined;
  private endListener: (how: string, code: number | undefined) => void = () => undefined;
  constructor(
    readonly number: number,
    readonly pid: number,
  ) {}
  onReady = (listener: (facts: ReadyFacts) => void): void => void (this.readyListener = listener);
  onEnd = (listener: (how: string, code: number | undefined) => void): void => {
    this.endListener = listener;
  };
  ask = (question: string): Promise<unknown> => {
    this.said.push(question);
    return this.answers ? Promise.resolve(true) : Promise.reject(new Error('late'));
  };
  stop = (): void => void this.said.push('stop');
  kill = (): void => {
    this.said.push('kill');
    this.end('was ended by SIGKILL', undefined);
  };
  ready = (): void => this.readyListener(facts);
  end = (how = 'ended with exit code 1', code: number | undefined = 1): void => {
    const tell = this.endListener;
    this.endListener = () => undefined;
    tell(how, code);
  };
}

function made(count: number) {
  let now = 0;
  let due: { at: number; run: () => void }[] = [];
  const timers: Timers = {
    after: (milliseconds, run) => {
      const one = { at: now + milliseconds, run };
      due.push(one);
      return () => void (due = due.filter((other) => other !== one));
    },
  };
  const forked: FakeWorker[] = [];
  const events: SsoEvent[] = [];
  const crew = new Crew({
    count,
    fork: (number) => {
      const worker = new FakeWorker(number, 1000 + forked.length);
      forked.push(worker);
      return worker;
    },
    events: () => ({ emit: (event) => void events.push(event) }),
    clock: { now: () => now },
    timers,
  });
  /** Lets time pass, with what is due in it in its order. */
  const pass = async (milliseconds: number): Promise<void> => {
    const until = now + milliseconds;
    for (;;) {
      const [next] = due.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      due = due.filter((other) => other !== next);
      now = next.at;
      next.run();
      await settled();
    }
    now = until;
  };
  const started = async (): Promise<void> => {
    const start = crew.start(() => Promise.resolve());
    forked[0]?.ready();
    await settled();
    for (const worker of forked.slice(1)) worker.ready();
    await start;
  };
  return {
    crew,
    forked,
    events,
    pass,
    started,
    pauses: () => events.flatMap((event) => (event.type === 'worker.ended' ? [event.pauseMs] : [])),
  };
}

describe('a crew that starts', () => {
  it('begins with one worker, and with the others once it is ready', async () => {
    const { crew, forked } = made(3);
    const heard: ReadyFacts[] = [];
    const start = crew.start((told) => Promise.resolve(void heard.push(told)));
    await settled();
    expect(forked.map(({ number }) => number)).toEqual([1]);
    forked[0]?.ready();
    await settled();
    expect(forked.map(({ number }) => number)).toEqual([1, 2, 3]);
    forked[1]?.ready();
    forked[2]?.ready();
    await start;
    expect(heard).toEqual([facts]);
    expect(crew.ready.map(([number]) => number)).toEqual([1, 2, 3]);
  });

  it('does not start when one of the first cannot, and ends the others', async () => {
    const { crew, forked } = made(2);
    const start = crew.start(() => Promise.resolve());
    forked[0]?.ready();
    await settled();
    forked[1]?.end('ended with exit code 3', 3);
    const failure = await start.catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(WorkerFailed);
    expect(failure).toMatchObject({ exitCode: 3 });
    expect(forked[0]?.said).toEqual(['kill']);
  });

  it('ends a first worker that is not ready within a minute', async () => {
    const { crew, forked, pass } = made(2);
    const start = crew.start(() => Promise.resolve()).catch((cause: unknown) => cause);
    await pass(60_000);
    expect(forked[0]?.said).toEqual(['kill']);
    expect(await start).toMatchObject({ exitCode: 1 });
  });
});

describe('a crew at work', () => {
  it('gives a dead worker’s place and number to another, later each time it dies', async () => {
    const { forked, events, pass, started, pauses, crew } = made(2);
    await started();
    for (let death = 0; death < 10; death++) {
      forked.at(death === 0 ? 1 : -1)?.end();
      await pass(30_000);
      expect(forked.at(-1)?.number).toBe(2);
    }
    expect(pauses()).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000]);
    expect(events[0]).toMatchObject({ type: 'worker.ended', worker: 2, pid: 1001 });
    expect(crew.restarts).toBe(10);
    expect(crew.ready.map(([number]) => number)).toEqual([1]);
  });

  it('is not suspicious of a worker that did its work for a minute', async () => {
    const { forked, pass, started, pauses } = made(2);
    await started();
    forked[1]?.end();
    await pass(100);
    forked[2]?.ready();
    await pass(60_000);
    forked[2]?.end();
    expect(pauses()).toEqual([100, 100]);
  });

  it('goes on with one that lives, but ends when all die again and again', async () => {
    const { crew, forked, events, pass, started } = made(2);
    await started();
    const over: true[] = [];
    void crew.over.then(() => void over.push(true));
    forked[0]?.end();
    forked[1]?.end();
    for (let round = 0; round < 40 && over.length === 0; round++) {
      await pass(1000);
      forked.at(-1)?.end('was ended by SIGSEGV', undefined);
      forked.at(-2)?.end('was ended by SIGSEGV', undefined);
      await settled();
    }
    expect(over).toEqual([true]);
    expect(events.at(-1)).toMatchObject({
      type: 'workers.gaveUp',
      problem: expect.stringMatching(
        /8 died one after the other; the last one was ended by SIGSEGV/,
      ) as unknown,
    });
    const count = forked.length;
    await pass(120_000);
    expect(forked).toHaveLength(count);
  });

  it('ends a worker whose loop does not turn any more', async () => {
    const { forked, pass, started } = made(2);
    await started();
    await pass(10_000);
    expect(forked[1]?.said).toEqual(['alive']);
    if (forked[1] !== undefined) forked[1].answers = false;
    await pass(10_000);
    expect(forked[1]?.said).toEqual(['alive', 'alive', 'kill']);
    await pass(100);
    expect(forked).toHaveLength(3);
  });
});

describe('a crew that stops', () => {
  it('waits for those that finish, ends the others in time and replaces nobody', async () => {
    const { crew, forked, pass, started, events } = made(2);
    await started();
    let isStopped = false;
    const stopped = crew.stop(15_000).then(() => (isStopped = true));
    expect(forked.map(({ said }) => said)).toEqual([['stop'], ['stop']]);
    forked[0]?.end('ended with exit code 0', 0);
    await pass(14_999);
    expect(isStopped).toBe(false);
    await pass(1);
    await stopped;
    expect(forked[1]?.said).toEqual(['stop', 'kill']);
    await pass(60_000);
    expect(forked).toHaveLength(2);
    expect(events).toEqual([]);
  });
});
