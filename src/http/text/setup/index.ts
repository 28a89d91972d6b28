// The sentences of the set-up pages by language.

import type { Language } from '../language';
import { de } from './de';
import { en, type SetupText } from './en';
import { es } from './es';
import { fr } from './fr';
import { he } from './he';
import { it } from './it';
import { ja } from './ja';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';

export const setupTexts: Readonly<Record<Language, SetupText>> = Object.freeze({
  en,
  de,
  fr,
  es,
  it,
  pt,
  nl,
  pl,
  ja,
  he,
});
