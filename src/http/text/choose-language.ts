// Accept-Language → one of ours (RFC 9110 §12.5.4, lookup of RFC 4647 §3.4 by the primary subtag: `de-CH` reads German). The
// header is a stranger's text: it only chooses from our list, and of a long one the beginning counts.

import { languageOf, type Language } from './language';

const MOST_CHARS = 400;
const RANGE = /^([a-z]{1,8}|\*)(?:-[a-z0-9]{1,8})*(?:\s*;\s*q=([01](?:\.\d{0,3})?))?$/i;
/** ISO 639 has renamed it; some browsers still say the old one. */
const renamed: Readonly<Partial<Record<string, string>>> = { iw: 'he' };

/** English where nothing is wanted that we have. */
export function chooseLanguage(header = ''): Language {
  const wanted = header
    .slice(0, MOST_CHARS)
    .split(',')
    .flatMap((text) => {
      const [, written = '', q = '1'] = RANGE.exec(text.trim()) ?? [];
      const subtag = written.toLowerCase();
      const language = subtag === '*' ? 'en' : languageOf(renamed[subtag] ?? subtag);
      return language === undefined || Number(q) === 0 ? [] : [{ language, q: Number(q) }];
    });
  // The sort is stable: among equals the first stands first.
  return wanted.sort((one, other) => other.q - one.q)[0]?.language ?? 'en';
}
