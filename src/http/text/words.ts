// All that the pages say, by language. A sentence that a language lacks does not compile: each module has the type of the
// English one.

import type { Html } from '../html';
import { aboutLanguage, type Language } from './language';
import { logTexts } from './log/index';
import type { LogText } from './log/en';
import { ruleTexts } from './rules/index';
import type { RuleText } from './rules/en';
import { setupTexts } from './setup/index';
import type { SetupText } from './setup/en';
import { instant } from './values';
import { visitorTexts } from './visitor/index';
import type { VisitorText } from './visitor/en';

export interface Words {
  readonly language: Language;
  readonly dir: 'ltr' | 'rtl';
  /** Of a sign-in. */
  readonly visitor: VisitorText;
  readonly setup: SetupText;
  /** Of the sign-in log. */
  readonly log: LogText;
  /** By the id of the rule. */
  readonly rules: RuleText;
  /** Minutes in UTC. @param milliseconds since 1970 */
  readonly instant: (milliseconds: number) => Html;
}

export const wordsIn = (language: Language): Words => ({
  language,
  dir: aboutLanguage[language].dir,
  visitor: visitorTexts[language],
  setup: setupTexts[language],
  log: logTexts[language],
  rules: ruleTexts[language],
  instant: (milliseconds) => instant(language, milliseconds),
});
