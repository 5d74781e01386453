import { useState } from 'react';
import { unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { CheckField, ChoiceField, type Errors, FormBody, TextField, useForm } from '../design/form.tsx';
import { notice } from '../design/notices.tsx';
import { namesOf } from '../house/house.ts';
import { type PageTexts, usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import { Unreachable } from '../platform/http/failure.ts';
import { useStore } from '../platform/store.ts';
import { timeUuid } from '../platform/uuid.ts';
import { typed } from '../sales/domain/decimal.ts';
import { settingsSchema, type UserSettings } from '../session/session.ts';
import { useDocument } from './document.ts';
import { LEAST_PASSWORD } from './own-panel.tsx';
import { SettingFact } from './setting-fact.tsx';
import { ROLES, type UserRow } from './users-panel.tsx';

const MOST_LOGIN = 100;
const MOST_NAME = 200;

interface UserDialogProps {
  user: UserRow;
  onChanged: (data: unknown) => void;
  onClose: () => void;
}

const nameErrors = (displayName: string, { form }: PageTexts) =>
  displayName.trim() === ''
    ? { displayName: form.required }
    : displayName.length > MOST_NAME
      ? { displayName: form.tooLong(MOST_NAME) }
      : {};

const passwordErrors = (password: string, { form }: PageTexts) =>
  password !== '' && password.length < LEAST_PASSWORD ? { password: form.tooShort(LEAST_PASSWORD) } : {};

/** Somebody new, with a password or without. */
export function NewUserDialog({ onMade, onClose }: { onMade: (data: unknown) => void; onClose: () => void }) {
  const { session } = useWorkplace();
  // The same user, however often it is sent.
  const [id] = useState(timeUuid);
  const text = useText();
  const page = usePageText();
  const { settings } = page;
  const form = useForm({
    stored: { login: '', displayName: '', role: 'CASHIER', password: '' },
    check: values => ({
      ...(values.login.trim() === '' && { login: page.form.required }),
      ...(values.login.length > MOST_LOGIN && { login: page.form.tooLong(MOST_LOGIN) }),
      ...nameErrors(values.displayName, page),
      ...passwordErrors(values.password, page),
    }),
    send: async (_, { password, ...user }) => {
      const body = { id, ...user, ...(password !== '' && { password }) };
      onMade((await session.request('/api/users', { method: 'POST', body, answer: unknown() })).data);
      notice('good', settings.userSaved(user.displayName));
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={settings.newUser} testId="user-dialog">
      <FormBody form={form} onCancel={onClose}>
        <TextField
          form={form}
          name="displayName"
          label={settings.names.displayName}
          input={{ maxLength: MOST_NAME }}
        />
        <TextField form={form} name="login" label={settings.names.login} input={{ maxLength: MOST_LOGIN }} />
        <ChoiceField
          form={form}
          name="role"
          label={settings.names.role}
          choices={ROLES.map(role => [role, text.roles[role]])}
        />
        <TextField
          form={form}
          name="password"
          type="password"
          label={settings.names.password}
          hint={settings.newUserHint}
        />
      </FormBody>
    </Dialog>
  );
}

const ofUser = (user: UserRow) => ({
  displayName: user.displayName,
  role: user.role as string,
  active: user.active,
  password: '',
});
const ofRights = (rights: UserSettings | undefined) => ({
  maxDiscountPercent: String(rights?.maxDiscountPercent ?? ''),
  mayChangePrice: rights?.mayChangePrice ?? false,
  maySeePurchasePrice: rights?.maySeePurchasePrice ?? false,
  maySeeTotals: rights?.maySeeTotals ?? false,
});
type RightFields = ReturnType<typeof ofRights>;
const RIGHTS = Object.keys(ofRights(undefined)) as (keyof RightFields)[];

/** A user as an ADMIN sees and changes them, with what they are allowed. */
export function UserDialog({ user, onChanged, onClose }: UserDialogProps) {
  const { session, house } = useWorkplace();
  const shop = useStore(house.state);
  const path = `/api/users/${encodeURIComponent(user.login)}` as const;
  const rights = useDocument(session, `${path}/settings`, settingsSchema, undefined);
  const text = useText();
  const page = usePageText();
  const { settings } = page;
  const form = useForm({
    stored: { ...ofUser(user), ...ofRights(rights.value) },
    check: (values): Errors<ReturnType<typeof ofUser> & RightFields> => ({
      ...nameErrors(values.displayName, page),
      ...passwordErrors(values.password, page),
      ...(!isPercent(values.maxDiscountPercent) && { maxDiscountPercent: page.form.between(0, 100) }),
    }),
    send: async ({ displayName, role, active, password, ...changed }, values) => {
      const change = {
        ...(displayName !== undefined && { displayName }),
        ...(role !== undefined && { role }),
        ...(active !== undefined && { active }),
        ...(password && { password }),
      };
      if (Object.keys(change).length > 0)
        onChanged((await session.request(path, { method: 'PATCH', body: change, answer: unknown() })).data);
      if (RIGHTS.some(right => right in changed)) {
        if (!rights.value) throw rights.failure ?? new Unreachable('the rights were not read');
        const { maxDiscountPercent, mayChangePrice, maySeePurchasePrice, maySeeTotals } = values;
        const percent = maxDiscountPercent.trim() === '' ? null : (typed(maxDiscountPercent, 2) ?? null);
        await rights.replace({
          ...rights.value,
          maxDiscountPercent: percent,
          mayChangePrice,
          maySeePurchasePrice,
          maySeeTotals,
        });
      }
      notice('good', settings.userSaved(values.displayName));
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={user.displayName} wide testId="user-dialog">
      <FormBody form={form} onCancel={onClose}>
        <TextField
          form={form}
          name="displayName"
          label={settings.names.displayName}
          input={{ maxLength: MOST_NAME }}
        />
        <ChoiceField
          form={form}
          name="role"
          label={settings.names.role}
          choices={ROLES.map(role => [role, text.roles[role]])}
        />
        <CheckField form={form} name="active" label={settings.names.active} />
        <TextField
          form={form}
          name="password"
          type="password"
          label={settings.names.newPassword}
          hint={settings.passwordHint}
        />
        <h3>{settings.rights}</h3>
        {rights.value && (
          <>
            <TextField
              form={form}
              name="maxDiscountPercent"
              label={settings.names.maxDiscountPercent}
              hint={settings.rightsHint}
              input={{ inputMode: 'decimal', maxLength: 6 }}
            />
            <CheckField form={form} name="mayChangePrice" label={settings.names.mayChangePrice} />
            <CheckField form={form} name="maySeePurchasePrice" label={settings.names.maySeePurchasePrice} />
            <CheckField form={form} name="maySeeTotals" label={settings.names.maySeeTotals} />
            <dl className="facts">
              <SettingFact name="currency">
                {rights.value.currency} <span className="badge">{text.changedIn1c}</span>
              </SettingFact>
              <SettingFact name="warehouses">{namesOf(rights.value.warehouses, shop.warehouses)}</SettingFact>
              <SettingFact name="priceTypes">{namesOf(rights.value.priceTypes, shop.priceTypes)}</SettingFact>
              <SettingFact name="cashDesks">{namesOf(rights.value.cashDesks, shop.cashDesks)}</SettingFact>
            </dl>
          </>
        )}
      </FormBody>
    </Dialog>
  );
}

function isPercent(value: string): boolean {
  if (value.trim() === '') return true;
  const percent = typed(value, 2);
  return percent !== undefined && Number(percent) >= 0 && Number(percent) <= 100;
}
