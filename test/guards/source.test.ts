/** Rules of the house that a compiler does not know. */

import { sourceFiles } from './sources';

const files = sourceFiles();
const guilty = (pattern: RegExp, allowed: readonly string[] = []): string[] =>
  files.filter(({ name, code }) => !allowed.includes(name) && pattern.test(code)).map(({ name }) => name);

describe('the source', () => {
  it('takes time and randomness from ports; the real ones are in server/system.ts', () => {
    expect(
      guilty(/\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b/, ['server/system.ts']),
    ).toEqual([]);
    // The decoy content key of a failed decryption decides nothing that a test would want to repeat.
    const allowed = ['server/system.ts', 'saml/encryption/decrypt.ts'];
    expect(guilty(/\brandomBytes\b|\brandomUUID\b|\bgetRandomValues\b/, allowed)).toEqual([]);
  });

  it('reads the environment only where a process starts', () => {
    expect(guilty(/\bprocess\.env\b/, ['cli/bin.ts', 'index.ts'])).toEqual([]);
  });

  it('writes to a console only through the log and the terminal', () => {
    expect(guilty(/\bconsole\.|\bprocess\.std(out|err)\b/, ['cli/bin.ts', 'server/log.ts'])).toEqual([]);
  });

  it('asks in one place whether a host is this machine', () => {
    // The other one is the default of listen.host.
    const allowed = ['core/loopback.ts', 'config/options.ts'];
    expect(guilty(/'localhost'|'\[?::1\]?'|'127\./, allowed)).toEqual([]);
  });

  it('goes out through the bounded client, or to Wix', () => {
    expect(guilty(/\bfetch\(/)).toEqual([]);
    const askers = files.filter(({ imports }) => imports.includes('node:https')).map(({ name }) => name);
    expect(askers).toEqual(['core/outbound.ts']);
  });

  it('has no way around the types', () => {
    expect(guilty(/\bas unknown as\b|\bas any\b|: any\b|@ts-(ignore|nocheck|expect-error)|<any>/)).toEqual(
      [],
    );
  });

  it('has no default exports', () => {
    expect(guilty(/\bexport default\b/)).toEqual([]);
  });

  it('never evaluates text', () => {
    expect(guilty(/\beval\(|\bnew Function\(|\bvm\b/)).toEqual([]);
  });

  it('knows the configuration only from its floor up', () => {
    const below = /^(core|saml|policy|stores|wix|sso|admin|http)\//;
    const knowing = files.filter(({ name, code }) => below.test(name) && /\bConfig\b/.test(code));
    expect(knowing.map(({ name }) => name)).toEqual([]);
  });

  it('has files of at most 300 lines, and half of them below 120', () => {
    const lengths = files.map(({ name, text }) => ({ name, lines: text.trimEnd().split('\n').length }));
    const tables = ['core/error-table.ts', 'config/options.ts'];
    expect(lengths.filter(({ name, lines }) => lines > 300 && !tables.includes(name))).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120);
  });

  it('opens every file with what it is for', () => {
    const silent = files.filter(({ text }) => !/^(#!.*\n)?\s*(\/\/|\/\*)/.test(text));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('has no word that says nothing in a file’s name', () => {
    expect(files.filter(({ name }) => /util|helper|common|manager|service(?!-provider)/i.test(name))).toEqual(
      [],
    );
  });
});
