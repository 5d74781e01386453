import type { Catalogue } from '../i18n/catalogue.ts';

/** Why something at the back office failed, as far as a cashier can do something about it. */
export type ReasonKind = keyof Catalogue['syncReasons'];

/** The server's stable codes, as its README lists them. */
const CODES: Readonly<Record<string, ReasonKind>> = {
  'back-office-unreachable': 'away',
  'back-office-silent': 'slow',
  'back-office-login': 'login',
  'back-office-error': 'answer',
  'back-office-unreadable': 'answer',
  'back-office-incomplete': 'answer',
  'back-office-too-large': 'large',
  'back-office-not-configured': 'configured',
  'device-not-admitted': 'device',
  'rows-lost': 'lost',
  'run-too-long': 'long',
  'service-error': 'service',
};

const SIGNS: readonly [RegExp, ReasonKind][] = [
  [/cannot be reached|timed? ?out|read to its end|unavailable/i, 'away'],
  [/not admit this device/i, 'device'],
  [/no back office is configured/i, 'configured'],
  [/answer|dictionary|back office/i, 'answer'],
];

/** A sentence of the server is English and meant for those who mend it; the page tells its kind in the cashier's language. */
export function reasonKind(reason: string): ReasonKind {
  return SIGNS.find(([sign]) => sign.test(reason))?.[1] ?? 'service';
}

/** The kind of a part's reason; a code that a newer server has is told as the server's error. */
export function codeKind(code: string): ReasonKind {
  return CODES[code] ?? 'service';
}

/** What is wrong with a row that was not taken. */
export type RowFault = keyof Catalogue['syncRowFaults'];

const FAULTS: readonly [RegExp, RowFault][] = [
  [/^unit .* is not known$|points to symbol/, 'unit'],
  [/^priceType .* is not known$|points to price_type/, 'priceType'],
  [/^currency .* is not known$|points to currency/, 'currency'],
  [/^warehouse .* is not known$|points to warehouse/, 'warehouse'],
  [/is missing/, 'missing'],
  [/stands twice$/, 'twice'],
  [/decimal|is negative|is zero|is too large|whole number|more than 100$/, 'number'],
  [/is too long|longer than|character|entries|is not text/, 'text'],
];

/** The services say it in English, by the field's name; the page tells its kind in the reader's language. */
export function rowFault(reason: string): RowFault {
  return FAULTS.find(([sign]) => sign.test(reason))?.[1] ?? 'other';
}
