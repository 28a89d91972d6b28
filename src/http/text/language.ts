// The languages of the pages: their names as their readers write them, and the direction in which they run.

export const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'ja', 'he'] as const;
export type Language = (typeof languages)[number];

interface About {
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
}

export const aboutLanguage: Readonly<Record<Language, About>> = Object.freeze({
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr' },
  fr: { name: 'Français', dir: 'ltr' },
  es: { name: 'Español', dir: 'ltr' },
  it: { name: 'Italiano', dir: 'ltr' },
  pt: { name: 'Português', dir: 'ltr' },
  nl: { name: 'Nederlands', dir: 'ltr' },
  pl: { name: 'Polski', dir: 'ltr' },
  ja: { name: '日本語', dir: 'ltr' },
  he: { name: 'עברית', dir: 'rtl' },
});

export const languageOf = (text: string | undefined): Language | undefined =>
  languages.find((language) => language === text);
