import { usePreferences, useWorkplace } from '../app/contexts.ts';
import { type Theme, themes } from '../app/preferences.ts';
import { OwnPin } from '../approval/own-pin.tsx';
import { ChoiceField, FormBody, TextField, useForm } from '../design/form.tsx';
import { formatDecimal } from '../format/money.ts';
import { namesOf } from '../house/house.ts';
import { type Language, languageNames, languages } from '../i18n/languages.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { storeOwnSettings } from '../session/own-settings.ts';
import type { LoginState } from '../session/session.ts';
import { SettingFact } from './setting-fact.tsx';

/** Characters of a password. */
export const LEAST_PASSWORD = 6;

/** What users choose for themselves, and what they may do here. */
export function OwnPanel({ login }: { login: LoginState }) {
  const { session } = useWorkplace();
  return (
    <>
      <Preferences />
      <Rights login={login} />
      <OwnPassword />
      <section className="card settings-own">
        <OwnPin session={session} />
      </section>
    </>
  );
}

function Preferences() {
  const { session } = useWorkplace();
  const preferences = usePreferences();
  const text = useText();
  const { form: words, settings } = usePageText();
  const form = useForm({
    stored: {
      language: useStore(preferences.language) as string,
      theme: useStore(preferences.theme) as string,
    },
    send: async changes => {
      await storeOwnSettings(session, changes);
      preferences.change(changes as { language?: Language; theme?: Theme });
    },
    done: words.saved,
  });
  return (
    <section className="card settings-own" aria-label={text.ownSettings}>
      <h2>{text.ownSettings}</h2>
      <FormBody form={form}>
        <ChoiceField
          form={form}
          name="language"
          label={settings.names.language}
          choices={languages.map(language => [language, languageNames[language]])}
        />
        <ChoiceField
          form={form}
          name="theme"
          label={settings.names.theme}
          choices={themes.map(theme => [theme, text.themes[theme]])}
        />
      </FormBody>
    </section>
  );
}

function OwnPassword() {
  const { session } = useWorkplace();
  const { settings } = usePageText();
  const form = useForm({
    stored: { oldPassword: '', newPassword: '', repeat: '' },
    check: ({ oldPassword, newPassword, repeat }, { form: words }) => ({
      ...(oldPassword === '' && { oldPassword: words.required }),
      ...(newPassword.length < LEAST_PASSWORD && { newPassword: words.tooShort(LEAST_PASSWORD) }),
      ...(newPassword !== repeat && { repeat: words.differs }),
    }),
    send: async (_, { oldPassword, newPassword }) => {
      await session.request('/api/auth/password', { method: 'POST', body: { oldPassword, newPassword } });
    },
    done: settings.passwordChanged,
  });
  return (
    <section className="card settings-own" aria-label={settings.passwordTitle}>
      <h2>{settings.passwordTitle}</h2>
      <FormBody form={form} action={settings.passwordChange} testId="save-password">
        <TextField form={form} name="oldPassword" type="password" label={settings.names.oldPassword} />
        <TextField
          form={form}
          name="newPassword"
          type="password"
          label={settings.names.newPassword}
          hint={settings.passwordHint}
        />
        <TextField form={form} name="repeat" type="password" label={settings.names.repeat} />
      </FormBody>
    </section>
  );
}

function Rights({ login: { settings, user } }: { login: LoginState }) {
  const shop = useStore(useWorkplace().house.state);
  const text = useText();
  const [yes, no] = text.yesNo;
  return (
    <section className="card settings-own">
      <h2>
        {text.rightsTitle} <span className="badge">{text.changedIn1c}</span>
      </h2>
      <dl className="facts">
        <SettingFact name="login">{user.login}</SettingFact>
        <SettingFact name="role">{user.role && text.roles[user.role]}</SettingFact>
        <SettingFact name="currency">{settings.currency}</SettingFact>
        <SettingFact name="maxDiscountPercent">
          {settings.maxDiscountPercent == null
            ? text.unlimited
            : `${formatDecimal(String(settings.maxDiscountPercent))} %`}
        </SettingFact>
        <SettingFact name="mayChangePrice">{settings.mayChangePrice ? yes : no}</SettingFact>
        <SettingFact name="maySeePurchasePrice">{settings.maySeePurchasePrice ? yes : no}</SettingFact>
        <SettingFact name="maySeeTotals">{settings.maySeeTotals === false ? no : yes}</SettingFact>
        <SettingFact name="warehouses">{namesOf(settings.warehouses, shop.warehouses)}</SettingFact>
        <SettingFact name="priceTypes">{namesOf(settings.priceTypes, shop.priceTypes)}</SettingFact>
        <SettingFact name="cashDesks">{namesOf(settings.cashDesks, shop.cashDesks)}</SettingFact>
      </dl>
    </section>
  );
}
