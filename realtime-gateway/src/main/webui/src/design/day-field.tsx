import { useRef, useState } from 'react';
import { formatDate } from '../format/time.ts';
import { useText } from '../i18n/text.ts';
import { CalendarIcon } from './icons.tsx';
import './day-field.css';

interface DayFieldProps {
  /** What day is asked for, to those who cannot see it. */
  label: string;
  /** `2026-11-30`, or nothing. */
  value: string;
  /** The last day that can be chosen. */
  max?: string;
  /** Also with nothing, where `clearable`. */
  onChange: (day: string) => void;
  clearable?: boolean;
  testId: string;
}

/** A day as people write it here, 30.11.2026, in every language: a browser's own field follows the browser's language. */
export function DayField({ label, value, max, onChange, clearable = false, testId }: DayFieldProps) {
  const text = useText();
  const calendar = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (value && formatDate(value));
  const take = (day: string | undefined) => {
    if (day === undefined || (max && day > max) || (day === '' && !clearable)) return;
    if (day !== value) onChange(day);
  };
  const wrong = typed !== undefined && typed.trim().length >= WHOLE && dayOf(typed) === undefined;
  return (
    <span className="day-field">
      <input
        className="choice day-typed"
        data-testid={testId}
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        size={11}
        aria-label={label}
        aria-invalid={wrong}
        placeholder={text.dayPattern}
        value={shown}
        onChange={event => {
          setTyped(event.target.value);
          take(dayOf(event.target.value));
        }}
        onBlur={() => setTyped(undefined)}
      />
      <button
        type="button"
        className="day-open"
        aria-label={label}
        onClick={() => calendar.current?.showPicker?.()}
      >
        <CalendarIcon />
      </button>
      <input
        ref={calendar}
        type="date"
        className="day-native"
        tabIndex={-1}
        aria-hidden="true"
        max={max}
        value={value}
        onChange={event => {
          setTyped(undefined);
          take(event.target.value);
        }}
      />
    </span>
  );
}

/** Signs of `30.11.2026`. */
const WHOLE = 10;

/** @returns `2026-11-30`; '' for nothing; undefined for what is no day (yet) */
export function dayOf(typed: string): string | undefined {
  const words = typed.trim();
  if (words === '') return '';
  const parts =
    /^(\d{1,2})[.,/ -](\d{1,2})[.,/ -](\d{4})$/.exec(words) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(words);
  if (!parts) return undefined;
  const [, day = '', month = '', year = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(date) ? undefined : date;
}
