// The logo of a site: read once, and standing in the page itself, so that no page loads anything. What the file is, its first
// bytes say, not its name.

import type { Brand } from '../wix/site';
import type { brandOptions } from './brand-options';
import { readSource } from './key-files';
import type { ValuesOf } from './option';
import { below, report, type At } from './reading';

/** It is sent with every page. */
const LOGO_BYTES = 32 * 1024;

export function buildBrand({ colour, logo: file }: ValuesOf<typeof brandOptions>, at: At): Brand {
  const logo = file === undefined ? undefined : readLogo(file, below(at, 'logo'));
  return Object.freeze({
    ...(colour === undefined ? {} : { colour }),
    ...(logo === undefined ? {} : { logo }),
  });
}

function readLogo(file: string, at: At): string | undefined {
  const bytes = readSource({ file }, at);
  if (bytes === undefined) return undefined;
  if (bytes.length > LOGO_BYTES)
    return report(at, `is larger than 32 KiB (${String(bytes.length)} bytes)`, 'Make the picture smaller.');
  const type = typeOf(bytes);
  return type === undefined
    ? report(at, 'is no picture that we know', 'Name a PNG, JPEG, WebP or SVG file.')
    : `data:${type};base64,${bytes.toString('base64')}`;
}

function typeOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return /^(?:\xef\xbb\xbf)?\s*</.test(text) && /<svg[\s>]/.test(text) ? 'image/svg+xml' : undefined;
}
