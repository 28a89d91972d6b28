// The sentences of the set-up pages by language.

import type { Language } from '../language';
import { de } from './de';
import { en, type SetupText } from './en';

export const setupTexts: Readonly<Record<Language, SetupText>> = Object.freeze({ en, de });
