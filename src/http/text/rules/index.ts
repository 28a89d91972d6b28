// What the rules of a sign-in demand, by language.

import type { Language } from '../language';
import { de } from './de';
import { en, type RuleText } from './en';
import { es } from './es';
import { fr } from './fr';
import { he } from './he';
import { it } from './it';
import { ja } from './ja';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';

export const ruleTexts: Readonly<Record<Language, RuleText>> = Object.freeze({
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
