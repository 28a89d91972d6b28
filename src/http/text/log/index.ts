// The sentences of the sign-in log by language.

import type { Language } from '../language';
import { de } from './de';
import { en, type LogText } from './en';
import { es } from './es';
import { fr } from './fr';
import { he } from './he';
import { it } from './it';
import { ja } from './ja';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';

export const logTexts: Readonly<Record<Language, LogText>> = Object.freeze({
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
