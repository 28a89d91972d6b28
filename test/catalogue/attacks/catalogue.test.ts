import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable } from '../../../src/core/error-table';
import { attacks } from './all';

describe('the attack catalogue', () => {
  const all = Object.values(attacks).flat();

  it('has no id twice', () => {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('is sent whole, each class by one file', () => {
    const files = readdirSync(__dirname).filter((name) => /^attacks-on-.*\.test\.ts$/.test(name));
    const sent = files.flatMap((name) =>
      [
        ...readFileSync(join(__dirname, name), 'utf8').matchAll(/^sendAttacks\('(\w+)', attacks\.\1\);$/gm),
      ].map(([, group]) => group),
    );
    expect(sent.sort()).toEqual(Object.keys(attacks).sort());
  });

  it('holds at least 300 hostile cases that must be refused', () => {
    expect(all.filter(({ expect: verdict }) => typeof verdict === 'string').length).toBeGreaterThanOrEqual(
      300,
    );
  });

  it('expects codes that exist', () => {
    const codes = new Set([...Object.keys(errorTable), 'RESTART']);
    expect(all.filter(({ expect: verdict }) => typeof verdict === 'string' && !codes.has(verdict))).toEqual(
      [],
    );
  });
});
