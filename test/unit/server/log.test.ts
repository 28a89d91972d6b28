/** Log lines: one JSON object each, whatever a value holds, the same for our own log and for a host's. */

import { generateKeyPairSync } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { SsoEvent } from '../../../src/core/events';
import { lineWriter } from '../../../src/server/event-lines';
import { createLog, createPseudonym } from '../../../src/server/log';

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const signing = newKey();
const otherKey = newKey();

describe('the log', () => {
  const lineOf = (fields: Record<string, string | string[]>, level: 'info' | 'debug' = 'info'): string => {
    const stream = new PassThrough();
    createLog('info', { now: () => 0 }, stream)(level, 'some.event', fields);
    return String(stream.read() ?? '');
  };

  it('is one JSON object per line', () => {
    expect(JSON.parse(lineOf({ a: 'x' }))).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'some.event',
      a: 'x',
    });
  });

  it('leaves out what is less important than its level', () => {
    expect(lineOf({}, 'debug')).toBe('');
  });

  it('stays one line of bounded length whatever a value holds', () => {
    const line = lineOf({ a: 'x\n{"level":"info"}\r\u2028\u0085\u202e', b: 'y'.repeat(10_000), c: ['z\n'] });
    expect(line.trimEnd()).not.toMatch(/[\n\r\u2028\u0085\u202e]/);
    expect(line.length).toBeLessThan(1500);
  });

  const hostile: [string, string][] = [
    ['C1 controls', '\u0080\u009b31m\u009f'],
    ['DEL and escapes', '\u007f\u001b[2J'],
    ['the Arabic letter mark', '\u061c'],
    ['marks and isolates', '\u200e\u200f\u2066\u2069'],
    ['a lone surrogate', '\ud800'],
  ];
  it.each(hostile)(
    'E9: shows no %s of an IdP’s StatusMessage, also when a viewer decodes it',
    (_title, text) => {
      const { unverifiedMessage } = JSON.parse(lineOf({ unverifiedMessage: `a${text}b` })) as Record<
        string,
        string
      >;
      expect(unverifiedMessage).toMatch(/^a\ufffd+[ -~\ufffd]*b$/);
    },
  );

  it('cannot be given another level, event or time by a field', () => {
    const line = JSON.parse(lineOf({ level: 'error', event: 'forged', time: 'never' })) as Record<
      string,
      string
    >;
    expect(line).toMatchObject({ level: 'info', event: 'some.event', time: '1970-01-01T00:00:00.000Z' });
  });

  it('knows people by a keyed hash that is the same in every process', () => {
    const pseudonym = createPseudonym(signing);
    const again = createPseudonym(signing);
    expect(pseudonym('a@acme.com')).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(pseudonym('a@acme.com')).toBe(again('a@acme.com'));
    expect(pseudonym('a@acme.com')).not.toBe(pseudonym('b@acme.com'));
    const other = createPseudonym(otherKey);
    expect(other('a@acme.com')).not.toBe(pseudonym('a@acme.com'));
  });
});

describe('an event in the log', () => {
  const linesOf = (event: SsoEvent): unknown[] => {
    const lines: unknown[] = [];
    lineWriter((level, name, fields) => void lines.push([level, name, fields]))(event);
    return lines;
  };

  it('is a line with its level, its name and its fields, in their order', () => {
    const event: SsoEvent = { type: 'login.relayStateDropped', reference: 'R', bytes: 81 };
    expect(linesOf(event)).toEqual([['info', 'login.relayStateDropped', { reference: 'R', bytes: 81 }]]);
    const stream = new PassThrough();
    lineWriter(createLog('info', { now: () => 0 }, stream))(event);
    expect(String(stream.read())).toBe(
      '{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"login.relayStateDropped","reference":"R","bytes":81}\n',
    );
  });

  it('has the level of its code when it is a refusal', () => {
    const refusal = { type: 'refused', reference: 'R', path: '/saml/acs' } as const;
    expect(linesOf({ ...refusal, code: 'STATE_UNAVAILABLE' })[0]).toContain('error');
    expect(linesOf({ ...refusal, code: 'TICKET_UNKNOWN' })[0]).toContain('info');
  });
});
