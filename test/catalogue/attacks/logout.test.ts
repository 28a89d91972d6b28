/** Every hostile logout message is refused with its code, and nothing of it is left. */
import { errorTable } from '../../../src/core/error-table';
import { judgeLogout } from '../../support/makers/valid-logout';
import { refusalOf } from '../../support/makers/valid-data';
import { logoutAttacks } from './logout';

describe('attacks on logout', () => {
  it.each(logoutAttacks)('$rule $id ($source)', ({ send, expect: code }) => {
    expect(refusalOf(() => judgeLogout(send())).code).toBe(code);
  });

  it('are at least sixty, each id once, with codes that exist', () => {
    const ids = logoutAttacks.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ids).size).toBe(ids.length);
    expect(logoutAttacks.filter(({ expect: code }) => !(code in errorTable))).toEqual([]);
  });

  it('are refused in a time that no bomb lengthens', () => {
    const bombs = logoutAttacks.filter(({ id }) => id.startsWith('L-bomb')).map(({ send }) => send());
    const started = performance.now();
    for (const bomb of bombs) refusalOf(() => judgeLogout(bomb));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
