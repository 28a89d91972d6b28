// `wix-saml completion SHELL`: a script for the shell, made from the tables of the commands, so that it knows every flag and
// every word that an argument may be.

import { command } from './command';
import { exit, type CommandFlags } from './terminal';
import { UsageError } from './usage';

type Commands = readonly CommandFlags[];

const shells: Readonly<Record<string, (commands: Commands) => string>> = { bash, zsh, fish };

export const completionCommand = command({
  name: 'completion',
  description: 'print a completion script: source <(wix-saml completion bash)',
  arguments: [{ name: '<shell>', description: 'bash, zsh or fish', words: Object.keys(shells) }],
  options: {},
  run: async (_options, terminal, shell = '') => {
    const write = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
    if (write === undefined) throw new UsageError(`Name one of: ${Object.keys(shells).join(', ')}.`);
    terminal.out(write((await terminal.commands?.()) ?? []));
    return exit.fine;
  },
});

const names = (commands: Commands): string => commands.map(({ name }) => name).join(' ');

/** The long form of each. */
const flagsOf = ({ options }: CommandFlags): string[] => [
  ...Object.values(options).flatMap(({ flags }) => flags.match(/--[a-z0-9-]+/g) ?? []),
  '--help',
];

/** One line for each argument that is one of a few words; `position` counts the command's name as 1. */
const wordLines = (
  commands: Commands,
  line: (name: string, position: number, words: readonly string[]) => string,
): string[] =>
  commands.flatMap(({ name, arguments: list }) =>
    list.flatMap(({ words }, index) => (words === undefined ? [] : [line(name, index + 2, words)])),
  );

function bash(commands: Commands): string {
  const words = wordLines(commands, (name, at, list) => `    ${name}:${at}) words='${list.join(' ')}' ;;`);
  return `_wix_saml() {
  local word=\${COMP_WORDS[COMP_CWORD]} words= flags=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names(commands)} --help --version' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]}:$COMP_CWORD in
${words.join('\n')}
  esac
  case \${COMP_WORDS[1]} in
${commands.map((one) => `    ${one.name}) flags='${flagsOf(one).join(' ')}' ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words $flags" -- "$word"))
  [[ $words && \${#COMPREPLY[@]} -gt 0 ]] && return
  compopt -o filenames 2>/dev/null
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$word")
}
complete -F _wix_saml wix-saml`;
}

/** Works when it is sourced, and as the file `_wix-saml` in a directory of fpath. */
function zsh(commands: Commands): string {
  const words = wordLines(
    commands,
    (name, at, list) => `    ${name}:${at + 1}) compadd -- ${list.join(' ')} ;;`,
  );
  return `#compdef wix-saml
_wix_saml() {
  local -a known=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command known
    compadd -- --help --version
    return
  fi
  case \${words[2]}:$CURRENT in
${words.join('\n')}
  esac
  case \${words[2]} in
${commands.map((one) => `    ${one.name}) compadd -- ${flagsOf(one).join(' ')} ;;`).join('\n')}
  esac
  _files
}
if [[ \${funcstack[1]-} == _wix[-_]saml ]]; then
  _wix_saml "$@"
else
  (($+functions[compdef])) || { autoload -Uz compinit && compinit }
  compdef _wix_saml wix-saml
fi`;
}

function fish(commands: Commands): string {
  const first = commands.map(
    ({ name, description }) =>
      `complete -c wix-saml -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
  );
  const words = wordLines(
    commands,
    (name, at, list) =>
      `complete -c wix-saml -n '__fish_seen_subcommand_from ${name}; and test (count (commandline -opc)) -eq ${at}' -f -a '${list.join(' ')}'`,
  );
  const flags = commands.flatMap((one) =>
    flagsOf(one).map(
      (flag) => `complete -c wix-saml -n '__fish_seen_subcommand_from ${one.name}' -l ${flag.slice(2)}`,
    ),
  );
  const own = ['help', 'version'].map((flag) => `complete -c wix-saml -n __fish_use_subcommand -l ${flag}`);
  return [...first, ...own, ...words, ...flags].join('\n');
}

/** One word of zsh and of fish, whatever stands in it: both end a single-quoted text before an escaped quote. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
