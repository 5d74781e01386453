import { array, type InferOutput, nullish, number, object, picklist, record, string } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { ChoiceField, type Errors, FormBody, LinesField, TextField, useForm } from '../design/form.tsx';
import { Loading } from '../design/loading.tsx';
import { formatDate } from '../format/time.ts';
import { type PageTexts, usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import { reads, type Settings } from '../platform/http/api.ts';
import { useStore } from '../platform/store.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import { decimalText } from '../platform/validate.ts';
import { typed } from '../sales/domain/decimal.ts';
import { SettingFact } from './setting-fact.tsx';

const STOCK = ['FORBID', 'WARN', 'ALLOW'] as const;
const APPROVALS = ['MANUAL', 'AUTOMATIC'] as const;
const ROUNDINGS = ['1', '50', '100', '500', '1000'];
const NO_LIMIT = 'none';
const PATTERN = /^2[0-9PIWC]{12}$/;

const schema = reads<Settings<'EnterpriseView'>>()(
  object({
    ksbId: string(),
    name: string(),
    phones: array(string()),
    zone: string(),
    currency: string(),
    dayStart: string(),
    licenceUntil: nullish(string()),
    negativeStock: picklist(STOCK),
    cashRoundings: record(string(), number()),
    cashLimit: nullish(decimalText),
    weighedBarcodes: array(string()),
    deviceApproval: picklist(APPROVALS),
  }),
);
type Enterprise = InferOutput<typeof schema>;

const fieldsOf = (enterprise: Enterprise) => ({
  dayStart: enterprise.dayStart.slice(0, 5),
  negativeStock: enterprise.negativeStock as string,
  cashRounding: String(enterprise.cashRoundings[enterprise.currency] ?? ''),
  cashLimit: enterprise.cashLimit?.replace(/\.00$/, '') ?? '',
  weighedBarcodes: enterprise.weighedBarcodes.join('\n'),
  deviceApproval: enterprise.deviceApproval as string,
});
type EnterpriseFields = ReturnType<typeof fieldsOf>;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');

function check(values: EnterpriseFields, { form, settings }: PageTexts): Errors<EnterpriseFields> {
  const limit = values.cashLimit.trim();
  return {
    ...(!/^([01]\d|2[0-3]):[0-5]\d$/.test(values.dayStart.trim()) && { dayStart: settings.dayStartHint }),
    ...(limit !== '' && typed(limit, 2) === undefined && { cashLimit: form.notANumber }),
    ...(!linesOf(values.weighedBarcodes).every(line => PATTERN.test(line)) && {
      weighedBarcodes: form.notABarcodePattern,
    }),
  };
}

/** The shop's rules for all its tills. Its name, phones and licence are the back office's. */
export default function EnterprisePanel() {
  const { session, house } = useWorkplace();
  // Another ADMIN's change comes over the socket.
  const live = useStore(house.state).enterprise;
  const loaded = useLoaded(
    async () => (await session.request('/api/enterprise', { answer: schema })).data,
    [session, live],
  );
  const enterprise = loaded.value;
  const text = useText();
  if (!enterprise) return <Loading of={loaded} />;
  return (
    <>
      <section className="card settings-own" aria-label={enterprise.name}>
        <h2>
          {enterprise.name} <span className="badge">{text.changedIn1c}</span>
        </h2>
        <dl className="facts">
          <SettingFact name="ksbId">{enterprise.ksbId}</SettingFact>
          <SettingFact name="enterpriseName">{enterprise.name}</SettingFact>
          <SettingFact name="phones">{enterprise.phones.join(', ') || '–'}</SettingFact>
          <SettingFact name="licenceUntil">
            {enterprise.licenceUntil ? formatDate(enterprise.licenceUntil) : '–'}
          </SettingFact>
          <SettingFact name="currency">{enterprise.currency}</SettingFact>
          <SettingFact name="zone">{enterprise.zone}</SettingFact>
        </dl>
      </section>
      <RulesForm enterprise={enterprise} onStored={loaded.setValue} />
    </>
  );
}

function RulesForm({
  enterprise,
  onStored,
}: {
  enterprise: Enterprise;
  onStored: (enterprise: Enterprise) => void;
}) {
  const { session } = useWorkplace();
  const { form: words, settings } = usePageText();
  const { names } = settings;
  const form = useForm({
    stored: fieldsOf(enterprise),
    check,
    send: async changes => {
      const { data } = await session.request('/api/enterprise', {
        method: 'PATCH',
        body: bodyOf(changes, enterprise),
        answer: schema,
      });
      onStored(data);
    },
    done: words.saved,
  });
  return (
    <section className="card settings-own" aria-label={settings.tabs.enterprise}>
      <p className="muted">{settings.enterpriseHint}</p>
      <FormBody form={form}>
        <TextField
          form={form}
          name="dayStart"
          label={names.dayStart}
          hint={settings.dayStartHint}
          input={{ maxLength: 5, inputMode: 'numeric' }}
        />
        <ChoiceField
          form={form}
          name="negativeStock"
          label={names.negativeStock}
          choices={STOCK.map(one => [one, settings.stock[one]])}
        />
        <ChoiceField
          form={form}
          name="cashRounding"
          label={names.cashRounding}
          hint={settings.roundingHint}
          choices={[['', '–'], ...ROUNDINGS.map(step => [step, step] as const)]}
        />
        <TextField
          form={form}
          name="cashLimit"
          label={names.cashLimit}
          hint={settings.limitHint}
          input={{ inputMode: 'decimal', maxLength: 20 }}
        />
        <LinesField
          form={form}
          name="weighedBarcodes"
          label={names.weighedBarcodes}
          hint={settings.weighedHint}
        />
        <ChoiceField
          form={form}
          name="deviceApproval"
          label={names.deviceApproval}
          choices={APPROVALS.map(one => [one, settings.approvals[one]])}
        />
      </FormBody>
    </section>
  );
}

/** Only what was changed: the rest stays as whoever has changed it meanwhile wants it. */
function bodyOf(
  { cashRounding, cashLimit, weighedBarcodes, ...plain }: Partial<EnterpriseFields>,
  { currency, cashRoundings }: Enterprise,
): Record<string, unknown> {
  const { [currency]: _, ...others } = cashRoundings;
  return {
    ...plain,
    ...(plain.dayStart !== undefined && { dayStart: plain.dayStart.trim() }),
    ...(cashRounding !== undefined && {
      cashRoundings: cashRounding === '' ? others : { ...others, [currency]: Number(cashRounding) },
    }),
    ...(cashLimit !== undefined && {
      cashLimit: cashLimit.trim() === '' ? NO_LIMIT : typed(cashLimit, 2),
    }),
    ...(weighedBarcodes !== undefined && { weighedBarcodes: linesOf(weighedBarcodes) }),
  };
}
