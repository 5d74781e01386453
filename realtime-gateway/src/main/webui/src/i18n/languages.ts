import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';
import { uzCyrl } from './uz-cyrl.ts';
import { uzLatn } from './uz-latn.ts';

export type Language = 'uz-Latn' | 'uz-Cyrl' | 'ru' | 'en';

export const catalogues: Record<Language, Catalogue> = { 'uz-Latn': uzLatn, 'uz-Cyrl': uzCyrl, ru, en };

/** Each language under its own name, as in every list of languages. */
export const languageNames: Record<Language, string> = {
  'uz-Latn': "O'zbekcha",
  'uz-Cyrl': 'Ўзбекча',
  ru: 'Русский',
  en: 'English',
};

export const languages = Object.keys(catalogues) as Language[];

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && value in catalogues;
}

/** What to begin with on a new device: the browser's language if it is one of ours, else Uzbek. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const lower = tag.toLowerCase();
    if (lower.startsWith('uz')) return lower.includes('cyrl') ? 'uz-Cyrl' : 'uz-Latn';
    if (lower.startsWith('ru')) return 'ru';
  }
  return 'uz-Latn';
}
