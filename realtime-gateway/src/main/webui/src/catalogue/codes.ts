import { trimmed } from '../sales/domain/decimal.ts';

/** What a scanned code says: a product's code and, on a label of the scales or in a GS1 code, how much of it. */
export interface ScannedCode {
  /** In the order in which they are to be looked up. */
  candidates: string[];
  /** Counts when no candidate is found. */
  weighed?: { article: string; quantity: string };
  /** Net weight of a GS1 code (AI 310n), kilograms with up to 3 decimals. */
  quantity?: string;
  /** Of a GS1 code (AI 21). */
  serial?: string;
  /** The last digit does not check the others; such a code is looked up all the same. */
  wrongCheckDigit?: true;
}

export const DEFAULT_WEIGHED = ['2PIIIIIWWWWWC'];

/** Parts the fields of a GS1 code. */
export const GS = '\u001d';

const LENGTHS = [8, 12, 13, 14];
/** The readers' marks of GS1-128, DataMatrix, DataBar and QR. */
const GS1_MARKS = [']C1', ']d2', ']e0', ']Q3'];
/** The lengths of GS1 fields that no separator ends. */
const FIXED: Record<string, number> = {
  '00': 18,
  '02': 14,
  '11': 6,
  '12': 6,
  '13': 6,
  '15': 6,
  '16': 6,
  '17': 6,
  '20': 2,
};

/**
 * Readers and catalogues disagree about leading zeros (UPC-A has 12 digits, the same in EAN-13 13, in GTIN 14): all of
 * them are tried, the code as it came first. The server reads codes in the same way (`ScannedCode`); both are held to the
 * same golden vectors.
 */
export function scanned(code: string, weighedPatterns: readonly string[] = DEFAULT_WEIGHED): ScannedCode {
  const mark = /^][A-Za-z][0-9A-Za-z]/.exec(code)?.[0] ?? '';
  const bare = code.slice(mark.length);
  const text = bare.startsWith(GS) ? bare.slice(1) : bare;
  const gs1 = gs1Of(text, text !== bare || GS1_MARKS.includes(mark));
  const candidates = new Set([text]);
  for (const one of [gs1?.gtin, text]) {
    if (one === undefined || !/^\d{6,14}$/.test(one)) continue;
    const digits = one.replace(/^0+/, '');
    candidates.add(one);
    candidates.add(digits);
    for (const length of LENGTHS) candidates.add(digits.padStart(length, '0'));
  }
  candidates.delete('');
  const weighed = weighedPatterns.map(pattern => weighedBy(pattern, text)).find(found => found !== undefined);
  const number = gs1?.gtin ?? text;
  const wrong = LENGTHS.includes(number.length) && /^\d+$/.test(number) && !isEan(number);
  return {
    candidates: [...candidates],
    ...(weighed && { weighed }),
    ...(gs1?.quantity !== undefined && { quantity: gs1.quantity }),
    ...(gs1?.serial !== undefined && { serial: gs1.serial }),
    ...(wrong && { wrongCheckDigit: true }),
  };
}

interface Gs1 {
  gtin: string;
  quantity?: string | undefined;
  serial?: string | undefined;
}

/** The fields that count here. Source: GS1 General Specifications, application identifiers. */
function gs1Of(text: string, marked: boolean): Gs1 | undefined {
  if (!marked && !/^01\d{14}/.test(text)) return undefined;
  let gtin: string | undefined;
  let quantity: string | undefined;
  let serial: string | undefined;
  for (let place = 0; place < text.length; ) {
    const rest = text.slice(place);
    const number = /^01(\d{14})/.exec(rest);
    const measure = /^3[1-6]\d(\d)(\d{6})/.exec(rest);
    const fixed = FIXED[rest.slice(0, 2)];
    const end = rest.includes(GS) ? rest.indexOf(GS) : rest.length;
    if (number) {
      gtin ??= number[1];
      place += 16;
    } else if (measure) {
      const decimals = Number(measure[1]);
      if (rest.startsWith('310') && decimals <= 5) quantity ??= kilograms(measure[2] ?? '', decimals);
      place += 10;
    } else if (fixed !== undefined) {
      place += 2 + fixed;
    } else {
      if (rest.startsWith('21')) serial ??= rest.slice(2, end);
      place += Math.max(end, 1);
    }
  }
  return gtin === undefined ? undefined : { gtin, quantity, serial };
}

function weighedBy(pattern: string, code: string): ScannedCode['weighed'] {
  if (code.length !== pattern.length || !/^\d+$/.test(code)) return undefined;
  let article = '';
  let grams = '';
  for (let index = 0; index < pattern.length; index++) {
    const sign = pattern.charAt(index);
    const digit = code.charAt(index);
    if (sign === 'I') article += digit;
    else if (sign === 'W') grams += digit;
    else if (/\d/.test(sign) && sign !== digit) return undefined;
  }
  const quantity = grams === '' ? undefined : kilograms(grams, 3);
  return quantity === undefined ? undefined : { article: article.replace(/^0+(?=.)/, '') || '0', quantity };
}

/** Half up to grams; undefined for nothing. */
function kilograms(digits: string, decimals: number): string | undefined {
  const parts = 10n ** BigInt(decimals);
  const grams = ((BigInt(digits) * 1000n + parts / 2n) / parts).toString().padStart(4, '0');
  return grams === '0000' ? undefined : trimmed(`${grams.slice(0, -3)}.${grams.slice(-3)}`);
}

/** Whether the last digit checks the others, as in EAN-8, EAN-13 and their kin. */
export function isEan(code: string): boolean {
  let sum = 0;
  for (let index = 0; index < code.length - 1; index++) {
    const weight = (code.length - index) % 2 === 0 ? 3 : 1;
    sum += Number(code.charAt(index)) * weight;
  }
  return (10 - (sum % 10)) % 10 === Number(code.charAt(code.length - 1));
}
