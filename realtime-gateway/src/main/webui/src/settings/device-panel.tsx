import { boolean, type InferOutput, number, object, picklist, string } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import {
  CheckField,
  ChoiceField,
  type Errors,
  FormBody,
  isWhole,
  LinesField,
  TextField,
  useForm,
} from '../design/form.tsx';
import { Loading } from '../design/loading.tsx';
import { type PageTexts, usePageText } from '../i18n/pages/index.ts';
import { reads, type Settings } from '../platform/http/api.ts';
import { useStore } from '../platform/store.ts';
import { useDocument } from './document.ts';

const WIDTHS = ['MM58', 'MM80'] as const;
const SCANS = ['RAISES_LINE', 'ADDS_LINE'] as const;
const schema = reads<Settings<'DeviceSettings'>>()(
  object({
    resendSeconds: number(),
    timeoutSeconds: number(),
    receiptHeader: string(),
    receiptFooter: string(),
    receiptWidth: picklist(WIDTHS),
    scan: picklist(SCANS),
    askQuantity: boolean(),
  }),
);
type DeviceDocument = InferOutput<typeof schema>;

const fieldsOf = (settings: DeviceDocument) => ({
  ...settings,
  resendSeconds: String(settings.resendSeconds),
  timeoutSeconds: String(settings.timeoutSeconds),
  receiptWidth: settings.receiptWidth as string,
  scan: settings.scan as string,
});
type DeviceFields = ReturnType<typeof fieldsOf>;

const MOST_TEXT = 1_000;
const RESEND = [5, 86_400] as const;
const TIMEOUT = [1, 600] as const;

function check(values: DeviceFields, { form }: PageTexts): Errors<DeviceFields> {
  return {
    ...(!isWhole(values.resendSeconds, ...RESEND) && { resendSeconds: form.between(...RESEND) }),
    ...(!isWhole(values.timeoutSeconds, ...TIMEOUT) && { timeoutSeconds: form.between(...TIMEOUT) }),
    ...(values.receiptHeader.length > MOST_TEXT && { receiptHeader: form.tooLong(MOST_TEXT) }),
    ...(values.receiptFooter.length > MOST_TEXT && { receiptFooter: form.tooLong(MOST_TEXT) }),
  };
}

/** How one till behaves: its own, or for an ADMIN any. */
export function DevicePanel({ deviceId, code }: { deviceId: string; code: string }) {
  const { settings } = usePageText();
  return (
    <section className="card settings-own" aria-label={settings.deviceTitle(code)}>
      <h2>{settings.deviceTitle(code)}</h2>
      <DeviceForm deviceId={deviceId} />
    </section>
  );
}

export function DeviceForm({ deviceId, onSaved }: { deviceId: string; onSaved?: () => void }) {
  const { session, house } = useWorkplace();
  // What another window or an ADMIN stores for this till comes over the socket.
  const live = useStore(house.state).device;
  const document = useDocument(session, `/api/devices/${deviceId}/settings`, schema, live);
  if (!document.value) return <Loading of={document} />;
  return <LoadedForm document={{ ...document, value: document.value }} onSaved={onSaved} />;
}

interface LoadedFormProps {
  document: { value: DeviceDocument; replace: (next: DeviceDocument) => Promise<void> };
  onSaved: (() => void) | undefined;
}

function LoadedForm({ document, onSaved }: LoadedFormProps) {
  const { form: words, settings } = usePageText();
  const form = useForm({
    stored: fieldsOf(document.value),
    check,
    send: async (_, values) => {
      await document.replace({
        ...values,
        resendSeconds: Number(values.resendSeconds),
        timeoutSeconds: Number(values.timeoutSeconds),
        receiptWidth: WIDTHS.find(one => one === values.receiptWidth) ?? 'MM80',
        scan: SCANS.find(one => one === values.scan) ?? 'RAISES_LINE',
      });
      onSaved?.();
    },
    done: words.saved,
  });
  const { names } = settings;
  return (
    <FormBody form={form}>
      <ChoiceField
        form={form}
        name="receiptWidth"
        label={names.receiptWidth}
        choices={WIDTHS.map(one => [one, settings.widths[one]])}
      />
      <LinesField form={form} name="receiptHeader" label={names.receiptHeader} hint={settings.headerHint} />
      <LinesField form={form} name="receiptFooter" label={names.receiptFooter} />
      <ChoiceField
        form={form}
        name="scan"
        label={names.scan}
        choices={SCANS.map(one => [one, settings.scans[one]])}
      />
      <CheckField form={form} name="askQuantity" label={names.askQuantity} />
      <TextField
        form={form}
        name="resendSeconds"
        label={names.resendSeconds}
        hint={settings.resendHint}
        input={{ inputMode: 'numeric', maxLength: 6 }}
      />
      <TextField
        form={form}
        name="timeoutSeconds"
        label={names.timeoutSeconds}
        input={{ inputMode: 'numeric', maxLength: 4 }}
      />
    </FormBody>
  );
}
