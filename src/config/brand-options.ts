// How a site looks on the set-up pages, as it is written down.

import { resolve } from 'node:path';
import { textSchema } from './json-schema';
import { readText } from './kinds';
import { optional, section, type Kind } from './option';
import { report, shown } from './reading';

const HEX = /^#[0-9A-Fa-f]{6}$/;

const colour: Kind<string> = {
  label: '#RRGGBB',
  schema: textSchema({ pattern: HEX.source }),
  read: (raw, at) => {
    const value = readText(raw, at)?.trim();
    if (value === undefined) return undefined;
    return HEX.test(value)
      ? value.toLowerCase()
      : report(
          at,
          `is no colour: ${shown(raw)}`,
          'Write # and six hexadecimal digits in quotes, such as "#1b53c0".',
        );
  },
};

/** By its absolute path. */
const picture: Kind<string> = {
  label: 'file',
  schema: textSchema(),
  read: (raw, at) => {
    const name = readText(raw, at);
    return name === undefined ? undefined : resolve(at.baseDir, name);
  },
};

export const brandOptions = {
  colour: optional(colour, {
    meaning:
      'Colour of buttons, links and the present step. It is made darker or lighter where text would be hard to read on it.',
    example: '"#7a1fa2"',
  }),
  logo: optional(picture, {
    meaning: 'Logo beside the site’s name: PNG, JPEG, WebP or SVG of at most 32 KiB.',
  }),
};

export const brand = section(brandOptions);
