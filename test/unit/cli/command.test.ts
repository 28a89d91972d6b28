/** The table of commands: what a command may be, and how options become values. */

import { command, type Given } from '../../../src/cli/command';
import {
  flag,
  optionalText,
  parsed,
  repeatedText,
  requiredText,
  text,
  textOr,
} from '../../../src/cli/options';
import { createProgram, loadCommands } from '../../../src/cli/program';
import { UsageError } from '../../../src/cli/usage';

const silent = { out: () => undefined, err: () => undefined, env: {} };

describe('the commands', () => {
  it('are loaded alone when they are named, and all for the help', async () => {
    const all = await loadCommands();
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['serve', 'check', 'explain']));
    for (const { name } of all) expect(await loadCommands(name)).toEqual([expect.objectContaining({ name })]);
    expect(await loadCommands('constructor')).toHaveLength(all.length);
  });

  it('each have a file that exports one object and nothing else', async () => {
    for (const one of await loadCommands()) {
      const exported = (await import(`../../../src/cli/${one.name}`)) as Record<string, unknown>;
      expect(Object.values(exported)).toEqual([one]);
      expect(Object.isFrozen(one)).toBe(true);
    }
  });

  it('share one definition of an option that means the same', async () => {
    const options = (await loadCommands()).flatMap((one) => Object.values(one.options));
    const words = new Set(options.map(({ flags, description }) => `${flags} ${description}`));
    expect(new Set(options).size).toBe(words.size);
    expect(words.size).toBeLessThan(options.length);
  });

  it('hand every option on under the key of the table', async () => {
    const seen: unknown[] = [];
    const one = command({
      name: 'try',
      description: 'for this test',
      arguments: [{ name: '<file>', description: 'any' }],
      options: {
        here: flag('--here', 'a flag'),
        gone: flag('--gone', 'a flag'),
        renamed: text('-l, --long-name <x>', 'text'),
        preset: textOr('--preset <x>', 'text', 'standard'),
        needed: requiredText('--needed <x>', 'text'),
        maybe: optionalText('--maybe [x]', 'text or not'),
        many: repeatedText('--many <x>', 'several'),
        none: repeatedText('--none <x>', 'several'),
      },
      run: (options, _terminal, ...args) => {
        seen.push(options, args);
        return 1;
      },
    });
    const codes: number[] = [];
    const program = createProgram([one], silent, (code) => codes.push(code));
    const args = '--here -l a --needed b --maybe --many c --many d file';
    await program.parseAsync(['try', ...args.split(' ')], { from: 'user' });
    expect(seen).toEqual([
      {
        here: true,
        gone: false,
        renamed: 'a',
        preset: 'standard',
        needed: 'b',
        maybe: true,
        many: ['c', 'd'],
        none: undefined,
      },
      ['file'],
    ]);
    expect(codes).toEqual([1]);
  });
});

describe('an option that stands for something else', () => {
  const number = parsed('--number <n>', 'a number', {
    parse: (written) => (/^\d+$/.test(written) ? Number(written) : undefined),
    wanted: 'Use digits.',
    standard: 7,
    defaultWords: 'seven',
  });
  const given = (value: ReturnType<Given>): number => number.read(value);

  it('is read, or takes its default', () => {
    expect([given('12'), given('0'), given(undefined)]).toEqual([12, 0, 7]);
  });

  it('says what to write instead', () => {
    expect(() => given('many')).toThrow(UsageError);
    expect(() => given('many')).toThrow(/option '--number <n>' argument 'many' is invalid\. Use digits\./);
  });
});
