import {
  type FormEvent,
  type InputHTMLAttributes,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { type PageTexts, usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import { Problem } from '../platform/http/failure.ts';
import { notice } from './notices.tsx';
import './form.css';

/** A form's fields, all as people type or choose them. */
export type Fields = Record<string, string | boolean>;
export type Errors<T> = Partial<Record<keyof T, string>>;

export interface Form<T extends Fields> {
  /** What is stored, with what was typed over it. */
  values: T;
  /** The fields that differ from what is stored. */
  changes: Partial<T>;
  errors: Errors<T>;
  /** What is wrong with the whole, in the person's language. */
  failure: string | undefined;
  busy: boolean;
  change: (name: keyof T, value: string | boolean) => void;
  /** Sends the changes; a form without any sends nothing. */
  submit: (event?: FormEvent) => Promise<void>;
  element: RefObject<HTMLFormElement | null>;
}

interface FormOptions<T extends Fields> {
  /** What is stored now. Fields that nobody has typed in follow it. */
  stored: T;
  /** What is wrong, before anything is sent. */
  check?: (values: T, text: PageTexts) => Errors<T>;
  send: (changes: Partial<T>, values: T) => Promise<void>;
  /** Shown when it is stored; none for a form that closes. */
  done?: string;
  /** The form does something rather than store: also with what it began with. */
  always?: boolean;
}

/** What was typed is kept until it is stored, whatever goes wrong on the way. */
export function useForm<T extends Fields>({ stored, check, send, done, always }: FormOptions<T>): Form<T> {
  const [draft, setDraft] = useState<Partial<T>>({});
  const [errors, setErrors] = useState<Errors<T>>({});
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const text = useText();
  const pageText = usePageText();
  const values = { ...stored, ...draft };
  const changes = Object.fromEntries(
    Object.entries(draft).filter(([name, value]) => stored[name] !== value),
  ) as Partial<T>;

  useEffect(() => {
    if (Object.keys(errors).length > 0)
      element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [errors]);

  const change = (name: keyof T, value: string | boolean) => {
    setDraft(before => ({ ...before, [name]: value }));
    setErrors(({ [name]: _, ...others }) => others as Errors<T>);
    setFailure(undefined);
  };
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    const wrong = check?.(values, pageText) ?? {};
    setErrors(wrong);
    setFailure(undefined);
    if (Object.keys(wrong).length > 0) return;
    if (!always && Object.keys(changes).length === 0) {
      notice('info', pageText.form.unchanged);
      return;
    }
    setBusy(true);
    try {
      await send(changes, values);
      if (!always) setDraft({});
      if (done) notice('good', done);
    } catch (reason) {
      const atFields = fieldErrors(reason, Object.keys(values), pageText);
      setErrors(atFields as Errors<T>);
      if (Object.keys(atFields).length === 0) setFailure(wordsOf(reason, pageText) ?? explain(reason, text));
    } finally {
      setBusy(false);
    }
  };
  return { values, changes, errors, failure, busy, change, submit, element };
}

/** The server's words at the fields they are about; those about others are none of this form's. */
function fieldErrors(reason: unknown, names: readonly string[], text: PageTexts): Record<string, string> {
  if (!(reason instanceof Problem)) return {};
  const known = wordsOf(reason, text);
  return Object.fromEntries(
    reason.violations
      .filter(({ field }) => names.includes(field))
      .map(({ field, message }) => [field, known ?? text.form.refused(message)]),
  );
}

function wordsOf(reason: unknown, text: PageTexts): string | undefined {
  if (!(reason instanceof Problem)) return undefined;
  if (reason.status === 412) return text.form.changedElsewhere;
  const name = reason.type.replace(/^.*\//, '');
  return Object.hasOwn(text.problems, name) ? text.problems[name as keyof PageTexts['problems']] : undefined;
}

interface FieldProps<T extends Fields> {
  form: Form<T>;
  name: keyof T & string;
  label: string;
  hint?: string | undefined;
  readOnly?: boolean;
}

type InputProps<T extends Fields> = FieldProps<T> & {
  type?: 'text' | 'password' | 'date';
  input?: InputHTMLAttributes<HTMLInputElement>;
};

export function TextField<T extends Fields>({ type = 'text', input, ...field }: InputProps<T>) {
  const { form, name, readOnly } = field;
  return (
    <Field {...field}>
      {props => (
        <input
          {...input}
          {...props}
          className="text-input"
          type={type}
          readOnly={readOnly}
          autoComplete="off"
          value={String(form.values[name] ?? '')}
          onChange={event => form.change(name, event.target.value)}
        />
      )}
    </Field>
  );
}

export function LinesField<T extends Fields>(field: FieldProps<T>) {
  const { form, name, readOnly } = field;
  return (
    <Field {...field}>
      {props => (
        <textarea
          {...props}
          className="text-input lines"
          rows={3}
          readOnly={readOnly}
          value={String(form.values[name] ?? '')}
          onChange={event => form.change(name, event.target.value)}
        />
      )}
    </Field>
  );
}

export function ChoiceField<T extends Fields>({
  choices,
  ...field
}: FieldProps<T> & { choices: readonly (readonly [string, string])[] }) {
  const { form, name, readOnly } = field;
  return (
    <Field {...field}>
      {props => (
        <select
          {...props}
          className="choice"
          disabled={readOnly}
          value={String(form.values[name] ?? '')}
          onChange={event => form.change(name, event.target.value)}
        >
          {choices.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField<T extends Fields>(field: FieldProps<T>) {
  const { form, name, readOnly } = field;
  return (
    <Field {...field}>
      {props => (
        <input
          {...props}
          className="check"
          type="checkbox"
          disabled={readOnly}
          checked={form.values[name] === true}
          onChange={event => form.change(name, event.target.checked)}
        />
      )}
    </Field>
  );
}

interface ControlProps {
  id: string;
  'data-testid': string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

function Field<T extends Fields>({
  form,
  name,
  label,
  hint,
  children,
}: FieldProps<T> & { children: (props: ControlProps) => ReactNode }) {
  const id = useId();
  const error = form.errors[name];
  const below = error ?? hint;
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <div className="field-control">
        {children({
          id,
          'data-testid': `setting-${name}`,
          'aria-invalid': error !== undefined,
          'aria-describedby': below ? `${id}-below` : undefined,
        })}
        {below && (
          <p
            id={`${id}-below`}
            className={error ? 'field-error' : 'field-hint'}
            data-testid={error ? `error-${name}` : undefined}
            role={error ? 'alert' : undefined}
          >
            {below}
          </p>
        )}
      </div>
    </div>
  );
}

interface FormBodyProps<T extends Fields> {
  form: Form<T>;
  children: ReactNode;
  action?: string;
  testId?: string;
  onCancel?: () => void;
}

/** The fields, what is wrong with the whole, and the way to store it. */
export function FormBody<T extends Fields>({
  form,
  children,
  action,
  testId = 'save',
  onCancel,
}: FormBodyProps<T>) {
  const text = usePageText();
  const { cancel } = useText();
  return (
    <form ref={form.element} className="form" noValidate onSubmit={event => void form.submit(event)}>
      {children}
      {form.failure && (
        <p className="message error" role="alert">
          {form.failure}
        </p>
      )}
      <div className="dialog-actions">
        {onCancel && (
          <button type="button" className="button" onClick={onCancel}>
            {cancel}
          </button>
        )}
        <button type="submit" className="button primary" data-testid={testId} disabled={form.busy}>
          {action ?? text.form.save}
        </button>
      </div>
    </form>
  );
}

/** A whole number within bounds. */
export function isWhole(value: string | boolean | undefined, least: number, most: number): boolean {
  const typed = String(value ?? '').trim();
  return /^\d{1,9}$/.test(typed) && Number(typed) >= least && Number(typed) <= most;
}
