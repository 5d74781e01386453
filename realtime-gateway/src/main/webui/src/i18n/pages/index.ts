import type { Language } from '../languages.ts';
import { useLanguage } from '../text.ts';
import { en } from './en.ts';
import type { PageTexts } from './page-texts.ts';
import { ru } from './ru.ts';
import { uzCyrl } from './uz-cyrl.ts';
import { uzLatn } from './uz-latn.ts';

export type { PageTexts } from './page-texts.ts';

export const pageTexts: Record<Language, PageTexts> = { 'uz-Latn': uzLatn, 'uz-Cyrl': uzCyrl, ru, en };

/** The words of pages that come when they are opened; the first download does without them. */
export function usePageText(): PageTexts {
  return pageTexts[useLanguage()];
}
