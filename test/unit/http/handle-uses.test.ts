import { HandleUses } from '../../../src/http/handle-uses';

describe('the uses of a handle', () => {
  it('are as many as allowed, each handle by itself', () => {
    const uses = new HandleUses(3, 10);
    expect([1, 2, 3, 4, 5].map(() => uses.admit('a'))).toEqual([true, true, true, false, false]);
    expect(uses.admit('b')).toBe(true);
  });

  it('are forgotten in the order in which handles came, so that their number is bounded', () => {
    const uses = new HandleUses(1, 2);
    expect(['a', 'a', 'b', 'c'].map((handle) => uses.admit(handle))).toEqual([true, false, true, true]);
    expect(uses.admit('c')).toBe(false);
    expect(uses.admit('a')).toBe(true);
  });
});
