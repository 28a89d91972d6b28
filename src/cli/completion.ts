// `wix-saml completion SHELL`: a script for the shell, made from the table of the commands, so that it knows every flag.

import { command } from './command';
import { exit, type CommandFlags } from './terminal';
import { UsageError } from './usage';

type Words = ReadonlyMap<string, readonly string[]>;

const shells: Readonly<Record<string, (words: Words) => string>> = { bash, zsh, fish };

export const completionCommand = command({
  name: 'completion',
  description: 'print a completion script: source <(wix-saml completion bash)',
  arguments: [{ name: '<shell>', description: 'bash, zsh or fish' }],
  options: {},
  run: async (_options, terminal, shell = '') => {
    const write = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
    if (write === undefined) throw new UsageError(`Name one of: ${Object.keys(shells).join(', ')}.`);
    terminal.out(write(wordsOf((await terminal.commands?.()) ?? [])));
    return exit.fine;
  },
});

/** Command → its flags, the long form of each. */
const wordsOf = (commands: readonly CommandFlags[]): Words =>
  new Map(
    commands.map(({ name, options }) => [
      name,
      [...Object.values(options).flatMap(({ flags }) => flags.match(/--[a-z0-9-]+/g) ?? []), '--help'],
    ]),
  );

const names = (words: Words): string => [...words.keys()].join(' ');

const cases = (words: Words, line: (name: string, flags: string) => string): string =>
  [...words].map(([name, flags]) => line(name, flags.join(' '))).join('\n');

function bash(words: Words): string {
  return `_wix_saml() {
  local word=\${COMP_WORDS[COMP_CWORD]} flags=
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names(words)} --help --version' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases(words, (name, flags) => `    ${name}) flags='${flags}' ;;`)}
  esac
  COMPREPLY=($(compgen -W "$flags" -- "$word") $(compgen -f -- "$word"))
}
complete -F _wix_saml wix-saml`;
}

function zsh(words: Words): string {
  return `#compdef wix-saml
_wix_saml() {
  if ((CURRENT == 2)); then
    compadd -- ${names(words)} --help --version
    return
  fi
  case $words[2] in
${cases(words, (name, flags) => `    ${name}) compadd -- ${flags} ;;`)}
  esac
  _files
}
compdef _wix_saml wix-saml`;
}

function fish(words: Words): string {
  const first = [...words.keys()].map((name) => `complete -c wix-saml -n __fish_use_subcommand -a ${name}`);
  const flags = [...words].flatMap(([name, list]) =>
    list.map((flag) => `complete -c wix-saml -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}`),
  );
  return [...first, ...flags].join('\n');
}
