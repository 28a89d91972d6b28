// The languages of the pages: their names as their readers write them, and the direction in which they run.

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

interface About {
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
}

export const aboutLanguage: Readonly<Record<Language, About>> = Object.freeze({
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr' },
});

export const languageOf = (text: string | undefined): Language | undefined =>
  languages.find((language) => language === text);
