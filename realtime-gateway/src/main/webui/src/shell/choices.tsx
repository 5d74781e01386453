import { usePreferences } from '../app/contexts.ts';
import { type Theme, themes } from '../app/preferences.ts';
import { type Language, languageNames, languages } from '../i18n/languages.ts';
import { useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';

interface ChoiceProps<T> {
  /** Called with what was chosen, after the till shows it. */
  onChosen?: (value: T) => void;
}

export function LanguageChoice({ onChosen }: ChoiceProps<Language>) {
  const preferences = usePreferences();
  const chosen = useStore(preferences.language);
  const choose = (language: Language) => {
    preferences.change({ language });
    onChosen?.(language);
  };
  return (
    <select
      className="choice"
      aria-label={useText().language}
      value={chosen}
      onChange={event => choose(event.target.value as Language)}
    >
      {languages.map(language => (
        <option key={language} value={language} lang={language}>
          {languageNames[language]}
        </option>
      ))}
    </select>
  );
}

export function ThemeChoice({ onChosen }: ChoiceProps<Theme>) {
  const preferences = usePreferences();
  const text = useText();
  const chosen = useStore(preferences.theme);
  const choose = (theme: Theme) => {
    preferences.change({ theme });
    onChosen?.(theme);
  };
  return (
    <select
      className="choice"
      aria-label={text.theme}
      value={chosen}
      onChange={event => choose(event.target.value as Theme)}
    >
      {themes.map(theme => (
        <option key={theme} value={theme}>
          {text.themes[theme]}
        </option>
      ))}
    </select>
  );
}

/** The languages side by side, for a menu. */
export function LanguageButtons({ onChosen }: ChoiceProps<Language>) {
  const preferences = usePreferences();
  const chosen = useStore(preferences.language);
  return (
    <fieldset className="menu-choices">
      <legend>{useText().language}</legend>
      {languages.map(language => (
        <button
          key={language}
          type="button"
          lang={language}
          className="chip"
          aria-pressed={language === chosen}
          onClick={() => {
            preferences.change({ language });
            onChosen?.(language);
          }}
        >
          {languageNames[language]}
        </button>
      ))}
    </fieldset>
  );
}

export function ThemeButtons({ onChosen }: ChoiceProps<Theme>) {
  const preferences = usePreferences();
  const text = useText();
  const chosen = useStore(preferences.theme);
  return (
    <fieldset className="menu-choices">
      <legend>{text.theme}</legend>
      {themes.map(theme => (
        <button
          key={theme}
          type="button"
          className="chip"
          aria-pressed={theme === chosen}
          onClick={() => {
            preferences.change({ theme });
            onChosen?.(theme);
          }}
        >
          {text.themes[theme]}
        </button>
      ))}
    </fieldset>
  );
}
