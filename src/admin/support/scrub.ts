// Text that leaves the operator's house: whatever could name a person, open a door or tell where something stands is replaced
// by the kind of thing that it was. Rather too much than too little: the words around it say what happened.

import { cleanLine } from '../../core/text';

const CHARS = 400;

const replaced: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN[^]*/g, '[key material]'],
  // What was written in a wrong place may be a secret.
  [/"(?:[^"\\]|\\.)*"/g, '"[text]"'],
  [/\b(?:whsec_|IST\.|eyJ)\S*/g, '[value]'],
  [/[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]*/gi, '[url]'],
  [/[^\s@<>"'(]+@[^\s@<>"')]*/g, '[address]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[ip]'],
  [/(?<![\w:.])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}|[0-9a-f:]*::[0-9a-f:.]*)(?![\w:])/gi, '[ip]'],
  [/(?<![\w.])~?\/[^\s:,)"']+/g, '[path]'],
  // Keys, tickets, thumbprints: long, and made of one alphabet.
  [/[A-Za-z0-9+/_=-]{24,}/g, '[value]'],
];

/** One line of ours or a stranger's without anything that is somebody's. */
export const scrub = (text: string): string =>
  replaced.reduce((left, [what, instead]) => left.replace(what, instead), cleanLine(text, CHARS));
