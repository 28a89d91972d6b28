// E17: log lines are readable where a person watches, and JSON elsewhere; colour only on a terminal without NO_COLOR.

import { PassThrough } from 'node:stream';
import { createLog, lookOn, type LogLook } from '../../../src/server/log';

const terminal = { isTTY: true };
const pipe = {};
const json: LogLook = { form: 'json', colour: false };
const plain: LogLook = { form: 'text', colour: false };
const painted: LogLook = { form: 'text', colour: true };

describe('E17: the look of the log', () => {
  it.each<[string, object, 'auto' | 'json' | 'text', Record<string, string> | undefined, LogLook]>([
    ['a terminal', terminal, 'auto', {}, painted],
    ['a terminal with NO_COLOR', terminal, 'auto', { NO_COLOR: '1' }, plain],
    ['a terminal with an empty NO_COLOR', terminal, 'auto', { NO_COLOR: '' }, painted],
    ['a terminal that knows no colours', terminal, 'auto', { TERM: 'dumb' }, plain],
    ['a terminal, and JSON is wanted', terminal, 'json', {}, json],
    ['a terminal, and nobody knows the variables', terminal, 'auto', undefined, plain],
    ['a pipe', pipe, 'auto', {}, json],
    ['a pipe, and text is wanted', pipe, 'text', {}, plain],
  ])('on %s', (_where, stream, wanted, env, look) => {
    expect(lookOn(stream, wanted, env)).toEqual(look);
  });

  const written = (fields: Record<string, string | string[]>, look = plain): string => {
    const stream = new PassThrough();
    createLog('info', { now: () => 0 }, stream, look)('warn', 'some.event', fields);
    return String(stream.read() ?? '');
  };

  it('is time, level, event and fields; a sentence has a line of its own', () => {
    const problem = 'nobody has brought the metadata of the IdP yet';
    expect(written({ connection: 'acme', name: 'two words', list: ['a', 'b'], problem })).toBe(
      `00:00:00Z warn  some.event connection=acme name="two words" list=a,b\n${' '.repeat(15)}problem: ${problem}\n`,
    );
  });

  it('lets no text of a stranger move the cursor or pose as another line or head', () => {
    const text = written({ a: 'x\u001b[2J\n00:00:00Z info  forged', event: 'forged', b: 'y z\n'.repeat(30) });
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text.split('\n').filter((line) => line.startsWith('00:'))).toHaveLength(1);
    expect(text).not.toContain('event=');
  });

  it('has colour only where it is told', () => {
    expect(written({ a: 'b' }, painted)).toContain('\u001b[33mwarn');
    expect(written({ a: 'b' })).not.toContain('\u001b');
  });
});
