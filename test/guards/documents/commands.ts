/** Commands that a document names: those of our program with their options, and npm's scripts. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram, loadCommands } from '../../../src/cli/program';
import { root } from '../sources';
import type { Document } from './document';

/** Everything in a document that is there to be typed, one command each. */
export const commandsIn = ({ blocks, spans }: Document): readonly string[] =>
  [...blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.split('\n')), ...spans]
    .flatMap((line) => line.replace(/(^| )#.*$/, '').split(/ \| | && /))
    .map((command) => command.trim())
    .filter((command) => command !== '');

/** Says of a command what is wrong with it; undefined when nothing is, or when it is not ours. */
export async function judgeOfCommands(): Promise<(command: string) => string | undefined> {
  const silent = { out: () => undefined, err: () => undefined, env: {} };
  const { commands } = createProgram(await loadCommands(), silent, () => undefined);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };

  function ofProgram(words: readonly string[]): string | undefined {
    const [name = '', ...rest] = words;
    if (name === '' || name.startsWith('-')) return undefined;
    const command = commands.find((each) => each.name() === name);
    if (command === undefined) return `no command ${name}`;
    const flags = rest.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ''));
    const unknown = flags.filter(
      (flag) =>
        flag !== '--help' && !command.options.some(({ long, short }) => long === flag || short === flag),
    );
    return unknown.length === 0 ? undefined : `${name} has no ${unknown.join(', ')}`;
  }

  return (command) => {
    const words = command.replace(/^(npx|node) /, '').split(' ');
    const [first = '', second = '', third = ''] = words;
    if (first === 'wix-saml' || first === 'dist/cli/bin.js') return ofProgram(words.slice(1));
    if (first === 'npm' && second === 'run') {
      return third in manifest.scripts ? undefined : `no npm script ${third}`;
    }
    if (first === 'npm' && second === 'test') return 'test' in manifest.scripts ? undefined : 'no tests';
    if (/^(\.\/)?\.ci\//.test(first)) return existsSync(join(root, first)) ? undefined : `no file ${first}`;
    return undefined;
  };
}
