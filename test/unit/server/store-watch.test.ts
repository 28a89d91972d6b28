/** The state store that was away: asked again until it answers, and said once. */

import { eventsTo, type SsoEvent } from '../../../src/core/events';
import { watchStore } from '../../../src/server/store-watch';

describe('the watch of the store', () => {
  const away: SsoEvent = { type: 'state.connection', problem: 'x', hint: 'y' };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  function aWatch(answers: boolean[]) {
    const said: string[] = [];
    const due: (() => void)[] = [];
    const watch = watchStore(() => ({
      timers: {
        after: (_ms, run) => {
          due.push(run);
          return () => void due.splice(due.indexOf(run), 1);
        },
      },
      events,
      ping: () => (answers.shift() === true ? Promise.resolve() : Promise.reject(new Error('away'))),
    }));
    const events = eventsTo(({ type }) => said.push(type), watch.subscriber);
    const later = async (): Promise<void> => {
      await turn();
      due.shift()?.();
      await turn();
    };
    return { said, due, watch, later, emit: events.emit };
  }

  it('asks nothing while nobody complains', async () => {
    const { due } = aWatch([]);
    await turn();
    expect(due).toEqual([]);
  });

  it('says once that it answers again, and begins anew', async () => {
    const { said, emit, later, due } = aWatch([false, false, true, true]);
    emit(away);
    emit(away);
    for (let tries = 0; tries < 3; tries += 1) await later();
    expect(said).toEqual(['state.connection', 'state.connection', 'state.back']);
    expect(due).toEqual([]);
    emit(away);
    await later();
    expect(said.slice(3)).toEqual(['state.connection', 'state.back']);
  });

  it('is silent after it was closed', async () => {
    const { said, emit, later, watch, due } = aWatch([false, true]);
    emit(away);
    await later();
    watch.close();
    await later();
    expect(due).toEqual([]);
    expect(said).toEqual(['state.connection']);
  });
});
