import { createContext, useContext } from 'react';
import type { Catalogue } from './catalogue.ts';
import { catalogues, type Language } from './languages.ts';

export const LanguageContext = createContext<Language>('uz-Latn');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useText(): Catalogue {
  return catalogues[useLanguage()];
}
