// `wix-saml keys`: new keys into new files; `keys list` and `keys rotate` for those that are in use.

import { keyPurposes, type KeyPurpose } from '../admin/key-purposes';
import { makeKeys, type MadeKey } from '../admin/make-keys';
import { systemClock, systemRandom } from '../server/system';
import { command } from './command';
import { listKeys } from './list-keys';
import { configOption, flag, jsonOption, parsed, siteOption, text, textOr } from './options';
import { rotate } from './rotate-keys';
import { configFile, exit, json, type Terminal } from './terminal';
import { NotDoneError, UsageError } from './usage';

export const keysCommand = command({
  name: 'keys',
  description:
    'make keys, list them, rotate them: RSA-3072 pairs for signing and encryption, an ES256 key for the Wix site, a key for the state store',
  arguments: [
    {
      name: '[action]',
      words: ['list', 'rotate'],
      description: 'list: every key and where its rotation stands; rotate: one step of it',
    },
    {
      name: '[purpose]',
      description: 'for rotate: signing, encryption or exchange',
      words: ['signing', 'encryption', 'exchange'],
    },
    {
      name: '[step]',
      description: 'for rotate: publish, then switch, then retire',
      words: ['publish', 'switch', 'retire'],
    },
  ],
  options: {
    into: textOr('--into <directory>', 'where the files go', 'certs/sp'),
    only: parsed<readonly KeyPurpose[]>('--only <purposes>', `some of: ${keyPurposes.join(',')}`, {
      parse: purposes,
      wanted: `Use some of: ${keyPurposes.join(', ')}.`,
      standard: keyPurposes,
      defaultWords: 'all',
    }),
    suffix: text('--suffix <text>', 'ends the file names, so that a successor finds its place: -2027'),
    name: textOr('--name <name>', 'common name in the certificates', 'wix-saml'),
    days: parsed('--days <number>', 'validity of the certificates, in days', {
      parse: days,
      wanted: 'Use a whole number of days.',
      standard: 3650,
      defaultWords: '3650',
    }),
    config: configOption,
    site: siteOption,
    undo: flag('--undo', 'rotate: take the step back'),
    keep: parsed('--keep <days>', 'rotate encryption retire: how long the old key goes on decrypting', {
      parse: days,
      wanted: 'Use a whole number of days.',
      standard: 30,
      defaultWords: '30',
    }),
    json: jsonOption,
  },
  run: async (options, terminal, ...args) => {
    const [action, ...words] = args;
    const { config, site, undo, keep: keepDays, days: valid, json: asJson } = options;
    if (action === undefined) return make(options, terminal);
    const file = configFile(config, terminal);
    if (action === 'list') return listKeys(file, asJson, terminal);
    if (action === 'rotate')
      return rotate(words, { file, site, undo, keepDays, days: valid, json: asJson }, terminal);
    throw new UsageError(`error: keys ${action}: use list or rotate, or nothing to make keys.`);
  },
});

interface MakeOptions {
  readonly into: string;
  readonly only: readonly KeyPurpose[];
  readonly suffix: string | undefined;
  readonly name: string;
  readonly days: number;
  readonly json: boolean;
}

async function make(
  { into, only, suffix = '', name, days: valid, json: asJson }: MakeOptions,
  terminal: Terminal,
): Promise<number> {
  const wanted = { into, purposes: only, suffix, name, days: valid };
  const outcome = await makeKeys(wanted, { clock: systemClock, random: systemRandom });
  if (outcome.kind === 'taken') {
    const { files } = outcome;
    throw new NotDoneError(
      `Nothing was written: ${files.join(', ')} exist${files.length === 1 ? 's' : ''} already.\n` +
        'Use --suffix -2027 for the next keys, --only for the missing ones, or --into for another directory.',
    );
  }
  if (asJson) terminal.out(json(outcome.keys));
  else for (const line of keyLines(outcome.keys)) terminal.out(line);
  return exit.fine;
}

function purposes(written: string): readonly KeyPurpose[] | undefined {
  const found = written.split(',').map((word) => keyPurposes.find((name) => name === word.trim()));
  return found.every((purpose) => purpose !== undefined) ? found : undefined;
}

function days(written: string): number | undefined {
  const value = Number(written);
  return Number.isInteger(value) && value >= 1 && value <= 36_500 ? value : undefined;
}

const keyLines = (keys: readonly MadeKey[]): string[] => [
  ...keys.flatMap(({ purpose, files, thumbprint }) => [
    `${purpose.padEnd(10)} ${files.join(', ')}`,
    `           ${files.length === 1 ? 'key ID' : 'SHA-256'} ${thumbprint}`,
  ]),
  'Keep the .key files out of version control and readable by this service only.',
];
