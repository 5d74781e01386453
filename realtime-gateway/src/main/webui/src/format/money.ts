import type { Catalogue } from '../i18n/catalogue.ts';
import { catalogues, type Language } from '../i18n/languages.ts';

/** Groups stay on one line: a sum never wraps in the middle. */
const SPACE = '\u00a0';
const MINUS = '\u2212';

/** Decimals arrive as strings and are never turned into binary fractions. */
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** `1234567` → `1 234 567` in every language. */
export function formatCount(count: number): string {
  return (count < 0 ? MINUS : '') + grouped(String(Math.abs(Math.trunc(count))));
}

/** Amount and unit apart, for screens that set them in different sizes. */
export interface MoneyParts {
  amount: string;
  unit: string;
}

/**
 * So'm without tiyin unless there are some, other currencies with two decimals.
 * @param value a decimal string of the server with at most 2 decimals
 */
export function moneyParts(value: string, currency: string, language: Language): MoneyParts {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(value) ?? raise(value);
  const cents = fraction.padEnd(2, '0').slice(0, 2);
  const isZero = /^0*$/.test(whole + cents);
  const decimals = currency === 'UZS' && cents === '00' ? '' : (language === 'en' ? '.' : ',') + cents;
  return {
    amount: (sign && !isZero ? MINUS : '') + grouped(whole.replace(/^0+(?=\d)/, '')) + decimals,
    unit: currency === 'UZS' ? catalogues[language].som : currency,
  };
}

/** `1 234 567 so'm`, `1 234,50 USD`. */
export function formatMoney(value: string, currency: string, language: Language): string {
  const { amount, unit } = moneyParts(value, currency, language);
  return amount + SPACE + unit;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, SPACE);
}

function raise(value: string): never {
  throw new RangeError(`not a decimal: ${value}`);
}

/** A number without a unit, as in tables: `12 500`, `1,24`; needless zeros go. */
export function formatDecimal(value: string, language: Language = 'uz-Latn'): string {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(value) ?? raise(value);
  const decimals = fraction.replace(/0+$/, '');
  const point = language === 'en' ? '.' : ',';
  return (
    (sign ? MINUS : '') + grouped(whole.replace(/^0+(?=\d)/, '')) + (decimals === '' ? '' : point + decimals)
  );
}

/** An amount without its unit, as `moneyParts` writes it. */
export function formatAmount(value: string, currency: string, language: Language): string {
  return moneyParts(value, currency, language).amount;
}

/** For axes only: `2 mln`, `1,5 mln`, `250 ming`. */
export function formatCompact(value: number, text: Catalogue): string {
  const steps = [
    [1e9, text.billionsShort],
    [1e6, text.millionsShort],
    [1e3, text.thousandsShort],
  ] as const;
  const step = steps.find(([size]) => Math.abs(value) >= size);
  if (!step) return formatCount(value);
  const [size, word] = step;
  return `${String(Math.round((value / size) * 10) / 10).replace('.', ',')}${SPACE}${word}`;
}
