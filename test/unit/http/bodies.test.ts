import { Bodies } from '../../../src/http/bodies';

const world = () => new Bodies({ totalBytes: 100, clientBytes: 60 });

describe('the room for bodies', () => {
  it('is given while there is some, and comes back', () => {
    const bodies = world();
    const [first, second] = [bodies.room('a'), bodies.room('b')];
    expect(first.hold(60)).toBe(true);
    expect(second.hold(40)).toBe(true);
    expect(bodies.bytes).toBe(100);
    first.release();
    first.release();
    expect(bodies.bytes).toBe(40);
    second.release();
    expect(bodies.bytes).toBe(0);
    expect(bodies.room('a').hold(0)).toBe(true);
  });

  it('is taken from the largest body of a client that has too much, also when that is the new one', () => {
    const bodies = world();
    const [large, small] = [bodies.room('a'), bodies.room('a')];
    const told = jest.fn();
    large.onDropped(told);
    expect(large.hold(50)).toBe(true);
    expect(small.hold(20)).toBe(true);
    expect(told).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ code: 'HTTP_BUSY' }));
    expect(large.hold(1)).toBe(false);
    expect(bodies.bytes).toBe(20);
    expect(bodies.room('a').hold(61)).toBe(false);
    expect(bodies.bytes).toBe(20);
  });

  it('is taken from the client that holds most when all together have too much', () => {
    const bodies = world();
    const rooms = [40, 5].map((bytes) => {
      const room = bodies.room('flood');
      expect(room.hold(bytes)).toBe(true);
      return room;
    });
    const honest = bodies.room('honest');
    expect(honest.hold(30)).toBe(true);
    expect(bodies.room('other').hold(30)).toBe(true);
    expect(rooms.map((room) => room.hold(0))).toEqual([false, true]);
    expect(honest.hold(1)).toBe(true);
  });

  it('takes the oldest of several that are as large', () => {
    const bodies = world();
    const rooms = [25, 25].map((bytes) => {
      const room = bodies.room('a');
      room.hold(bytes);
      return room;
    });
    bodies.room('a').hold(20);
    expect(rooms.map((room) => room.hold(0))).toEqual([false, true]);
  });

  it('tells at once who listens after it was taken', () => {
    const bodies = world();
    const room = bodies.room('a');
    room.hold(61);
    const told = jest.fn();
    room.onDropped(told);
    expect(told).toHaveBeenCalledTimes(1);
  });
});
