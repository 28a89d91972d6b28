// The command line as a table of commands; the only file that knows commander. `serve` is at hand, because a service
// starts often; the other commands are loaded when they are called (native import() asks for the extension).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../config/problem';
import type { ExplainOptions } from './explain';
import type { InitOptions } from './init';
import { failureText } from './failure';
import { keyPurposes, type KeyPurpose } from '../admin/key-purposes';
import { serve } from './serve';
import { exit, forStrangersTexts, type Terminal } from './terminal';

const configOption = [
  '-c, --config <file>',
  'configuration file (default: $WIX_SAML_CONFIG, else ./wix-saml.yaml)',
] as const;
const jsonOption = ['--json', 'one JSON object instead of text'] as const;

/** Runs one command line (without the program's name) and gives its exit code. */
export async function run(args: readonly string[], anyTerminal: Terminal): Promise<number> {
  const terminal = forStrangersTexts(anyTerminal);
  let code: number = exit.fine;
  const program = createProgram(terminal, (result) => (code = result));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (cause) {
    // Commander has printed the reason (or the help) already.
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? exit.fine : exit.usage;
    terminal.err(cause instanceof ConfigError ? cause.message : failureText(cause));
    return exit.findings;
  }
}

export function createProgram(terminal: Terminal, done: (code: number) => void): Command {
  const program = new Command('wix-saml')
    .description('SAML 2.0 sign-in for the members of Wix sites.')
    .version(version(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError('(add --help for the options)');
  for (const add of [addServe, addInit, addKeys, addCheck, addMetadata, addSite, addExplain])
    add(program, terminal, done);
  return program;
}

const version = (): string => {
  const manifest = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
};

type Add = (program: Command, terminal: Terminal, done: (code: number) => void) => void;

const addServe: Add = (program, terminal, done) => {
  program
    .command('serve')
    .description('run the service until SIGTERM or Ctrl-C')
    .option(...configOption)
    .action(async (options: { config?: string }) => {
      done(await serve(options, terminal));
    });
};

const addInit: Add = (program, terminal, done) => {
  program
    .command('init')
    .description('write a first configuration and say what is left to do')
    .option(...configOption)
    .option('--base-url <url>', 'public address of this service', 'https://sso.example.com')
    .option('--site-url <url>', 'public address of the Wix site', 'https://www.example.com')
    .option('--domain <domain>', 'mail domain of the organisation', 'example.com')
    .option('--email-from <source>', 'where the IdP puts the address: nameId, or the name of an attribute')
    .action(async (options: InitOptions) => {
      const { init } = await import('./init.js');
      done(init(options, terminal));
    });
};

const addKeys: Add = (program, terminal, done) => {
  program
    .command('keys')
    .description('make keys: RSA-3072 pairs for signing and encryption, an ES256 key for the Wix site')
    .option('--into <directory>', 'where the files go', 'certs/sp')
    .addOption(
      new Option('--only <purposes>', `some of: ${keyPurposes.join(',')}`)
        .argParser(purposes)
        .default([...keyPurposes], 'all three'),
    )
    .option('--suffix <text>', 'ends the file names, so that a successor finds its place: -2027')
    .option('--name <name>', 'common name in the certificates', 'wix-saml')
    .option('--days <number>', 'validity of the certificates, in days', days, 3650)
    .option(...jsonOption)
    .action(
      async (options: {
        into: string;
        only: KeyPurpose[];
        suffix?: string;
        name: string;
        days: number;
        json?: true;
      }) => {
        const { keys } = await import('./keys.js');
        done(await keys({ ...options, suffix: options.suffix ?? '', json: options.json ?? false }, terminal));
      },
    );
};

const addCheck: Add = (program, terminal, done) => {
  program
    .command('check')
    .description('find what is wrong: configuration, keys, certificates, metadata, and the site')
    .option(...configOption)
    .option('--site [name]', 'also ask the published site (all sites when no name is given)')
    .option('--public', 'also ask the running service at its public address')
    .option('--strict', 'warnings count as findings')
    .option(...jsonOption)
    .action(
      async (options: {
        config?: string;
        site?: string | true;
        public?: true;
        strict?: true;
        json?: true;
      }) => {
        const { site = false, strict = false, json = false } = options;
        const { check } = await import('./check.js');
        done(await check({ ...options, public: options.public ?? false, site, strict, json }, terminal));
      },
    );
};

const addMetadata: Add = (program, terminal, done) => {
  program
    .command('metadata')
    .description('print our metadata for the IdP')
    .option(...configOption)
    .option('-o, --out <file>', 'write it to a file')
    .option('--signed', 'sign it with the first signing key, for a federation that asks for it')
    .option('--values', 'single values with the field names of the IdPs’ forms')
    .option(...jsonOption)
    .action(async (options: MetadataFlags) => {
      const { signed = false, values = false, json = false } = options;
      const { metadata } = await import('./metadata.js');
      done(await metadata({ ...options, signed, values, json }, terminal));
    });
};

interface MetadataFlags {
  readonly config?: string;
  readonly out?: string;
  readonly signed?: true;
  readonly values?: true;
  readonly json?: true;
}

interface SiteFlags {
  readonly config?: string;
  readonly into: string;
  readonly site?: string;
  readonly oldModules?: true;
  readonly signOn?: true;
  readonly json?: true;
}

const addSite: Add = (program, terminal, done) => {
  program
    .command('site')
    .description('copy the code for a Wix site and say what to do in its dashboard')
    .argument('[name]', 'which site, when several are configured')
    .requiredOption('--into <directory>', 'the site’s repository, or an empty directory')
    .option(...configOption)
    .option('--site <name>', 'the same as the argument')
    .option('--old-modules', 'for sites that lack Wix’s newer modules')
    .option('--sign-on', 'let Wix’s Sign On API make the session')
    .option(...jsonOption)
    .action(async (name: string | undefined, flags: SiteFlags) => {
      const { site } = await import('./site.js');
      const { oldModules = false, signOn = false, json = false } = flags;
      const named = name === undefined ? {} : { site: name };
      done(site({ ...flags, ...named, oldModules, signOn, json }, terminal));
    });
};

function purposes(text: string): KeyPurpose[] {
  return text.split(',').map((word) => {
    const purpose = keyPurposes.find((name) => name === word.trim());
    if (purpose === undefined) throw new InvalidArgumentError(`Use some of: ${keyPurposes.join(', ')}.`);
    return purpose;
  });
}

function days(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 36_500) return value;
  throw new InvalidArgumentError('Use a whole number of days.');
}

const addExplain: Add = (program, terminal, done) => {
  const collect = (value: string, before: string[] = []): string[] => [...before, value];
  program
    .command('explain')
    .description('judge a captured answer of an IdP, rule by rule; accepts nothing')
    .argument('<file>', 'base64, XML, form body or HAR file; - for standard input')
    .option(...configOption)
    .option('--connection <name>', 'the connection to judge by (default: the one that the message names)')
    .option('--at <time>', 'judge at this time, such as 2026-01-31T12:00:00Z (default: now)')
    .option('--acs-url <url>', 'expected Destination and Recipient')
    .option('--entity-id <uri>', 'expected Audience')
    .option('--in-response-to <id>', 'expected InResponseTo (default: not judged)')
    .option('--idp-metadata <file>', 'metadata of the IdP, instead of the connection’s')
    .option('--decryption-key <file>', 'private key in PEM form; may be repeated', collect)
    .option('--allow-sha1', 'as if the connection allowed SHA-1')
    .option('--show-email', 'do not shorten addresses in the text')
    .option(...jsonOption)
    .action(async (file: string, options: ExplainOptions) => {
      const { explain } = await import('./explain.js');
      done(await explain(file, options, terminal));
    });
};
