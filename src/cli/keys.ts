// `wix-saml keys`: new keys into new files.

import { keyPurposes, type KeyPurpose } from '../admin/key-purposes';
import { makeKeys, type MadeKey } from '../admin/make-keys';
import { systemClock, systemRandom } from '../server/system';
import { command } from './command';
import { jsonOption, parsed, text, textOr } from './options';
import { exit, json } from './terminal';
import { NotDoneError } from './usage';

export const keysCommand = command({
  name: 'keys',
  description:
    'make keys: RSA-3072 pairs for signing and encryption, an ES256 key for the Wix site, a key for the state store',
  arguments: [],
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
    json: jsonOption,
  },
  run: async ({ into, only, suffix = '', name, days, json: asJson }, terminal) => {
    const wanted = { into, purposes: only, suffix, name, days };
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
  },
});

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
