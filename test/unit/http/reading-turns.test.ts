import { setImmediate as turn } from 'node:timers/promises';
import { ReadingTurns } from '../../../src/http/reading-turns';

describe('the turns of reading', () => {
  it('read two pieces in a turn of the event loop, and none at once', async () => {
    const turns = new ReadingTurns();
    const read: number[] = [];
    for (let piece = 0; piece < 5; piece += 1) turns.wait('a', () => read.push(piece));
    const seen = [read.length];
    for (let round = 0; round < 3; round += 1) {
      await turn();
      seen.push(read.length);
    }
    expect(seen).toEqual([0, 2, 4, 5]);
    expect(read).toEqual([0, 1, 2, 3, 4]);
  });

  it('go round the clients, however much one of them sends', async () => {
    const turns = new ReadingTurns();
    const read: string[] = [];
    let left = 50;
    const flood = (): void => {
      read.push('flood');
      if ((left -= 1) > 0) turns.wait('flood', flood);
    };
    for (let sender = 0; sender < 20; sender += 1) turns.wait('flood', flood);
    for (let piece = 0; piece < 5; piece += 1) turns.wait('honest', () => read.push('honest'));
    while (read.filter((who) => who === 'honest').length < 5) await turn();
    expect(read.length).toBeLessThanOrEqual(10);
  });

  it('go on when somebody comes after a pause', async () => {
    const turns = new ReadingTurns();
    const read = jest.fn();
    turns.wait('a', read);
    await turn();
    await turn();
    turns.wait('b', read);
    await turn();
    expect(read).toHaveBeenCalledTimes(2);
  });
});
