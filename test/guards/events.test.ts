/** The table of events and what the source says are in step. */

import { eventFields } from '../../src/core/event-fields';
import { eventTable } from '../../src/core/events';
import { sourceFiles } from './sources';

const sources = sourceFiles();
const rows = Object.entries(eventTable);
const fields = Object.entries(eventFields);
const said = sources.flatMap(({ name, code }) =>
  [...code.matchAll(/\bemit\(\{\s*type:\s*'([^']+)'/g)].map(([, type = '']) => ({ name, type })),
);

describe('events', () => {
  it('are each emitted somewhere, and none that the table does not have', () => {
    expect([...new Set(said.map(({ type }) => type))].sort()).toEqual(rows.map(([name]) => name).sort());
  });

  it('are emitted as literals, so that a search for the name finds the place', () => {
    const calls = sources.flatMap(({ name, code }) =>
      [...code.matchAll(/\bemit\((?!event: SsoEvent)/g)].map(() => name),
    );
    expect(calls.sort()).toEqual(said.map(({ name }) => name).sort());
  });

  it('have names of one or two words, a level and a sentence', () => {
    const wrong = rows.filter(
      ([name, { levels, meaning }]) =>
        !/^[a-z]+(\.[a-z][A-Za-z]*)?$/.test(name) || levels.length === 0 || !/^[A-Z].*\.$/.test(meaning),
    );
    expect(wrong).toEqual([]);
  });

  it('name a field once', () => {
    const twice = rows.filter(([, { required, optional }]) => {
      const names: readonly string[] = [...required, ...optional];
      return new Set(names).size < names.length;
    });
    expect(twice).toEqual([]);
  });
});

describe('fields of events', () => {
  it('each have a meaning that is a sentence, and are used', () => {
    expect(fields.filter(([, { meaning }]) => !/^[A-Z].*\.$/.test(meaning))).toEqual([]);
    const used = new Set<string>(rows.flatMap(([, { required, optional }]) => [...required, ...optional]));
    expect(fields.map(([name]) => name).filter((name) => !used.has(name))).toEqual([]);
  });

  it('are never a secret, an address, or what a log line begins with', () => {
    const forbidden =
      /^(e?mail|address|ticket|token|sessionToken|password|secret|key|privateKey|assertion|samlResponse|relayState|requestId|verifier|codeVerifier|cookie|nameId|type|time|level|event)$/i;
    expect(fields.map(([name]) => name).filter((name) => forbidden.test(name))).toEqual([]);
  });
});

describe('text of strangers', () => {
  it('is cleaned in one room: no other file has a pattern of what cannot be seen', () => {
    const pattern =
      /\\p\{(C|C[cfs]|Z|Z[lp]|Cc|Cf|Default_Ignorable_Code_Point|DI)\}|\\(u00|x)(1f|7f|80|85|9f|ad)|\\u(061c|200[a-f]|202[0-9a-f]|206[0-9a-f]|2029)|\\u\{e00/i;
    const elsewhere = sources.filter(({ name, code }) => name !== 'core/text.ts' && pattern.test(code));
    // These judge by the grammar of URLs and of XML; they refuse, and change nothing.
    const grammars = ['saml/metadata/identity-provider-metadata.ts', 'saml/xml/writer.ts'];
    expect(elsewhere.map(({ name }) => name).filter((name) => !grammars.includes(name))).toEqual([]);
    expect(pattern.test(sources.find(({ name }) => name === 'core/text.ts')?.code ?? '')).toBe(true);
  });
});
