/** Whoever subscribes hears everything, and whoever cannot listen is not ignored. */

import { eventsTo, levelOf, type SsoEvent } from '../../../src/core/events';

const stopped: SsoEvent = { type: 'serve.stopped' };
const accepted: SsoEvent = {
  type: 'login.accepted',
  reference: 'R',
  signIn: '0123456789',
  connection: 'acme',
  site: 'portal',
  member: 'p',
  signed: ['Assertion'],
  algorithms: [],
  keyThumbprints: ['00'],
  assertionIdHash: '00',
  encrypted: false,
};

describe('events', () => {
  it('reach every subscriber, in order', () => {
    const heard: string[] = [];
    const events = eventsTo(
      ({ type }) => void heard.push(`one ${type}`),
      ({ type }) => void heard.push(`two ${type}`),
    );
    events.emit(stopped);
    expect(heard).toEqual(['one serve.stopped', 'two serve.stopped']);
  });

  it('reach the others when one fails, and the failure reaches the origin', () => {
    const heard: string[] = [];
    const events = eventsTo(
      () => {
        throw new Error('the disk is full');
      },
      ({ type }) => void heard.push(type),
    );
    expect(() => events.emit(stopped)).toThrow('the disk is full');
    expect(heard).toEqual(['serve.stopped']);
  });

  it('warn when an accepted answer used weak cryptography', () => {
    expect(levelOf(accepted)).toBe('info');
    expect(levelOf({ ...accepted, warning: 'CBC' })).toBe('warn');
    expect(levelOf({ ...accepted, weakAlgorithm: 'SHA-1' })).toBe('warn');
    expect(levelOf(stopped)).toBe('info');
  });
});
