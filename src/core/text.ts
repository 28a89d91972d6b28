// The one room for strangers' text: what an IdP, a site, a certificate or a browser wrote, on its way to a log, a terminal
// or a page. One policy for all of them, so that no door is narrower than the next:
//   - control characters (C0, DEL, C1) and line separators end lines, move cursors and retitle windows;
//   - bidirectional controls (UAX #9) and other format characters make a text read as what it is not;
//   - a lone surrogate is no character at all.
// All of these are replaced by U+FFFD, so that a reader sees that something stood there. U+200C and U+200D stay: Persian and
// the Indic scripts spell with them, and they reorder nothing. Escaping is the business of whoever writes the format.

const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`;
const forbidden = new RegExp(`(?![\\u200c\\u200d])[${UNSEEN}]`, 'gu');
const forbiddenInLines = new RegExp(`(?![\\t\\n\\u200c\\u200d])[${UNSEEN}]`, 'gu');
const unseenOrBlank = new RegExp(`[${UNSEEN}\\s]+`, 'gu');
const anyUnseen = new RegExp(`[${UNSEEN}]`, 'u');

const REPLACEMENT = '\ufffd';
const CUT = '…';

/** One line, however long: for an element's text or an attribute of a page. */
export function cleanText(text: string): string {
  return text.replace(forbidden, REPLACEMENT);
}

/** Several lines, however long, with line feeds and tabs: for a terminal. */
export function cleanLines(text: string): string {
  return text.replace(forbiddenInLines, REPLACEMENT);
}

/** One line of at most `cap` UTF-16 units, and `…` when there was more: for a field of a log line. */
export function cleanLine(text: string, cap: number): string {
  return cleanText(marked(text, cap));
}

/** A name for people: every run of blanks and unseen characters is one space; at most `cap` units, nothing around it. */
export function nameLine(text: string, cap: number): string {
  return cut(text.replace(unseenOrBlank, ' ').trim(), cap).trimEnd();
}

/** No control, format or separator character in it, the joiners included: for a name that another system will show. */
export function isPlainLine(text: string): boolean {
  return !anyUnseen.test(text);
}

/** The first `cap` UTF-16 units, or one less where the cut would halve a character. */
export function cut(text: string, cap: number): string {
  if (text.length <= cap) return text;
  const last = text.charCodeAt(cap - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? cap - 1 : cap);
}

const marked = (text: string, cap: number): string => (text.length > cap ? `${cut(text, cap)}${CUT}` : text);

/** Pictures of the blanks that people paste by accident; all others are named by their number. */
const PICTURES = new Map([
  [' ', '␠'],
  ['\t', '⇥'],
  ['\n', '⏎'],
  ['\r', '␍'],
]);
/** Spaces at either end, side by side or at the end of an entry of a list; every blank that is no space; everything that shows nothing. */
const oddBlanks = new RegExp(
  String.raw`^ +| +$| {2,}| (?=,)|(?! )[\s${UNSEEN}\p{Zs}\p{Default_Ignorable_Code_Point}]`,
  'gu',
);

/**
 * A text for comparing by eye: `https://sp.example␠` is not `https://sp.example`. A single space between words stays one.
 * One line of at most `cap` UTF-16 units, and `…` when there was more.
 */
export function visibleBlanks(text: string, cap: number): string {
  return marked(
    cut(text, cap + 1).replace(oddBlanks, (blanks) => Array.from(blanks, picture).join('')),
    cap,
  );
}

const picture = (blank: string): string =>
  PICTURES.get(blank) ?? `‹U+${(blank.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;
