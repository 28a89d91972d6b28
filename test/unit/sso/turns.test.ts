// One after the other, and nobody waits for somebody else's name.

import { Turns } from '../../../src/sso/turns';

it('runs one at a time for each name, also after a failure', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const run = (what: string) => async (): Promise<string> => {
    order.push(`${what} begins`);
    await new Promise((resolve) => setTimeout(resolve, 2));
    order.push(`${what} ends`);
    if (what === 'first') throw new RangeError(what);
    return what;
  };
  const first = turns.take('a', run('first')).catch((error: unknown) => error);
  const all = await Promise.all([first, turns.take('a', run('second')), turns.take('b', run('other'))]);
  expect(all).toEqual([new RangeError('first'), 'second', 'other']);
  expect(order.indexOf('second begins')).toBeGreaterThan(order.indexOf('first ends'));
  expect(order.indexOf('other begins')).toBeLessThan(order.indexOf('first ends'));
});
