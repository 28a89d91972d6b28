import { setImmediate as turn } from 'node:timers/promises';
import { SsoError } from '../../../src/core/errors';
import { Lines, type LinesRules } from '../../../src/http/lines';

type Name = 'asked' | 'others';

/** A clock by hand: `work(ms)` keeps the only thread busy for that long. */
function world(changes: Partial<LinesRules<Name>> = {}) {
  let now = 0;
  const done: string[] = [];
  const lines = new Lines<Name>({
    lines: { asked: { share: 3, most: 1 }, others: { share: 1, most: 1 } },
    atOnce: 8,
    waiting: 100,
    waitingOfClient: 50,
    now: () => now,
    ...changes,
  });
  const work =
    (name: string, ms = 0) =>
    (): Promise<string> => {
      now += ms;
      done.push(name);
      return Promise.resolve(name);
    };
  return { lines, done, work, advance: (ms: number) => void (now += ms) };
}

const place = (client: string, bytes = 0) => ({ client, bytes });
const refusal = (code: string) => expect.objectContaining({ code }) as unknown;

describe('a line', () => {
  it('does what nobody is before at once, and passes on its result and its error', async () => {
    const { lines, work } = world();
    await expect(lines.do('asked', place('a'), work('first'))).resolves.toBe('first');
    await expect(lines.do('asked', place('a'), () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await expect(
      lines.do('others', place('a'), () => {
        throw new SsoError('SAML_REQUEST_UNKNOWN');
      }),
    ).rejects.toEqual(refusal('SAML_REQUEST_UNKNOWN'));
    await expect(lines.do('others', place('a'), work('last'))).resolves.toBe('last');
  });

  it('does one piece of work in a turn of the event loop', async () => {
    const { lines, done, work } = world();
    const all = ['1', '2', '3'].map((name) => lines.do('others', place('a'), work(name)));
    await Promise.resolve();
    expect(done).toEqual(['1']);
    await turn();
    await Promise.resolve();
    expect(done.length).toBeLessThan(3);
    await Promise.all(all);
    expect(done).toEqual(['1', '2', '3']);
  });

  it('gives every client its turn, however many of another wait', async () => {
    const { lines, done, work } = world();
    const flood = Array.from({ length: 20 }, (_, index) =>
      lines.do('others', place('flood'), work(`f${index}`)),
    );
    const honest = lines.do('others', place('honest'), work('honest'));
    await honest;
    expect(done.indexOf('honest')).toBeLessThanOrEqual(2);
    await Promise.all(flood);
  });

  it('lets small work of a client go before large work that came shortly before, but not for ever', async () => {
    const { lines, done, work, advance } = world();
    const first = lines.do('others', place('a'), work('first'));
    const large = lines.do('others', place('a', 60 * 1024), work('large'));
    advance(20);
    const small = lines.do('others', place('a', 8 * 1024), work('small'));
    advance(60);
    const late = lines.do('others', place('a', 8 * 1024), work('late'));
    await Promise.all([first, large, small, late]);
    expect(done).toEqual(['first', 'small', 'large', 'late']);
  });

  it('refuses when it is full, or too much of one client waits', async () => {
    const { lines, work } = world({ waiting: 3, waitingOfClient: 2 });
    const fine = ['now', 'a', 'a', 'b'].map((client) => lines.do('others', place(client), work(client)));
    await expect(lines.do('others', place('c'), work('full'))).rejects.toEqual(refusal('HTTP_BUSY'));
    const own = world({ waitingOfClient: 1 });
    const two = ['a', 'a'].map((client) => own.lines.do('others', place(client), own.work(client)));
    await expect(own.lines.do('others', place('a'), own.work('c'))).rejects.toEqual(refusal('HTTP_BUSY'));
    await Promise.all([...fine, ...two]);
  });

  it('keeps no more under way than allowed', async () => {
    const { lines, done, work } = world({ atOnce: 1 });
    let end: (value: string) => void = () => undefined;
    const endless = lines.do('asked', place('a'), () => new Promise<string>((resolve) => (end = resolve)));
    const next = lines.do('asked', place('a'), work('next'));
    for (let count = 0; count < 5; count++) await turn();
    expect(done).toEqual([]);
    end('ended');
    await expect(endless).resolves.toBe('ended');
    await next;
    expect(done).toEqual(['next']);
  });

  it('forgets who was given up while waiting, and only then', async () => {
    const { lines, done, work } = world();
    const drops: ((refusal: SsoError) => void)[] = [];
    const droppable = {
      ...place('a'),
      onDropped: (drop: (refusal: SsoError) => void) => void drops.push(drop),
    };
    const first = lines.do('others', place('a'), work('first'));
    const second = lines.do('others', droppable, work('second'));
    const third = lines.do('others', place('a'), work('third'));
    drops[0]?.(new SsoError('HTTP_BUSY'));
    await expect(second).rejects.toEqual(refusal('HTTP_BUSY'));
    await Promise.all([first, third]);
    drops[0]?.(new SsoError('HTTP_BUSY'));
    expect(done).toEqual(['first', 'third']);
  });

  it('is one of those that there are', async () => {
    const { lines, work } = world();
    const name = 'unknown' as Name;
    await expect(lines.do(name, place('a'), work('x'))).rejects.toThrow(TypeError);
  });
});

describe('two lines', () => {
  it('share the time by their shares while both have work', async () => {
    const { lines, done, work } = world();
    const all = Array.from({ length: 40 }, (_, index) => [
      lines.do('others', place('b'), work(`others${index}`, 4)),
      lines.do('asked', place('a'), work(`asked${index}`, 4)),
    ]).flat();
    await Promise.all(all);
    const early = done.slice(0, 40).filter((name) => name.startsWith('others')).length;
    expect(early).toBeGreaterThanOrEqual(9);
    expect(early).toBeLessThanOrEqual(12);
  });

  it('let an answer that we asked for go before a flood of others, whatever those had before', async () => {
    const { lines, done, work } = world();
    const flood = Array.from({ length: 30 }, (_, index) =>
      lines.do('others', place('f'), work(`f${index}`, 10)),
    );
    for (let count = 0; count < 10; count++) await turn();
    const before = done.length;
    await lines.do('asked', place('honest'), work('asked', 1));
    expect(done.indexOf('asked')).toBeLessThanOrEqual(before + 1);
    await Promise.all(flood);
  });

  it('rest when told to, so that their flood leaves time', async () => {
    const { lines, done, work, advance } = world({
      lines: { asked: { share: 3, most: 1 }, others: { share: 1, most: 1 / 4 } },
    });
    await lines.do('others', place('f'), work('first', 10));
    const second = lines.do('others', place('f'), work('second', 10));
    for (let count = 0; count < 5; count++) await turn();
    expect(done).toEqual(['first']);
    await lines.do('asked', place('a'), work('asked', 1));
    expect(done).toEqual(['first', 'asked']);
    advance(30);
    await second;
    expect(done).toEqual(['first', 'asked', 'second']);
  });
});
