import { isLanguage, type Language, preferredLanguage } from '../i18n/languages.ts';
import { Store } from '../platform/store.ts';
import type { UserSettings } from '../session/session.ts';

export type Theme = 'light' | 'dark' | 'system';

export const themes: readonly Theme[] = ['light', 'dark', 'system'];

const LANGUAGE = 'ksb-pos.language';
const THEME = 'ksb-pos.theme';

/** Language and look of this till: the device's until somebody logs in, then that user's. */
export class Preferences {
  readonly language: Store<Language>;
  readonly theme: Store<Theme>;

  constructor(private readonly storage: Storage = localStorage) {
    const language = storage.getItem(LANGUAGE);
    const theme = storage.getItem(THEME);
    this.language = new Store(isLanguage(language) ? language : preferredLanguage(navigator.languages));
    this.theme = new Store(isTheme(theme) ? theme : 'system');
    this.#show();
  }

  change(change: { language?: Language; theme?: Theme }): void {
    if (change.language) this.language.set(change.language);
    if (change.theme) this.theme.set(change.theme);
    this.storage.setItem(LANGUAGE, this.language.get());
    this.storage.setItem(THEME, this.theme.get());
    this.#show();
  }

  adopt(settings: UserSettings): void {
    this.change({
      ...(isLanguage(settings.language) && { language: settings.language }),
      ...(isTheme(settings.theme) && { theme: settings.theme }),
    });
  }

  #show(): void {
    const root = document.documentElement;
    root.lang = this.language.get();
    if (this.theme.get() === 'system') delete root.dataset.theme;
    else root.dataset.theme = this.theme.get();
  }
}

function isTheme(value: unknown): value is Theme {
  return themes.includes(value as Theme);
}
