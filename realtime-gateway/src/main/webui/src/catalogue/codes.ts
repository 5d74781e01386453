import { trimmed } from '../sales/domain/decimal.ts';

/** What a scanned code says: a product's code and, on a label of the scales, how much of it. */
export interface ScannedCode {
  /** In the order in which they are to be looked up. */
  candidates: string[];
  weighed?: { article: string; quantity: string };
}

export const DEFAULT_WEIGHED = ['2PIIIIIWWWWWC'];

/**
 * Readers and catalogues disagree about leading zeros (UPC-A has 12 digits, the same in EAN-13 13, in GTIN 14): all of
 * them are tried, the code as it came first.
 */
export function scanned(code: string, weighedPatterns: readonly string[] = DEFAULT_WEIGHED): ScannedCode {
  const gtin = gtinOf(code);
  const candidates = new Set([code]);
  for (const one of [gtin, code]) {
    if (!/^\d{6,14}$/.test(one ?? '')) continue;
    const digits = (one ?? '').replace(/^0+/, '');
    candidates.add(one ?? '');
    candidates.add(digits);
    for (const length of [8, 12, 13, 14]) candidates.add(digits.padStart(length, '0'));
  }
  candidates.delete('');
  const weighed = weighedPatterns.map(pattern => weighedBy(pattern, code)).find(found => found !== undefined);
  return { candidates: [...candidates], ...(weighed && { weighed }) };
}

/** Parts the fields of a GS1 code. */
export const GS = '\u001d';

/** The GTIN of a GS1 DataMatrix (01, then 14 digits), as on marked goods. */
export function gtinOf(code: string): string | undefined {
  return /^(?:]d2)?01(\d{14})/.exec(code.replace(/^\W/, sign => (sign === GS ? '' : sign)))?.[1];
}

function weighedBy(pattern: string, code: string): ScannedCode['weighed'] {
  if (code.length !== pattern.length || !/^\d+$/.test(code) || !isEan(code)) return undefined;
  let article = '';
  let grams = '';
  for (let index = 0; index < pattern.length; index++) {
    const sign = pattern.charAt(index);
    const digit = code.charAt(index);
    if (sign === 'I') article += digit;
    else if (sign === 'W') grams += digit;
    else if (/\d/.test(sign) && sign !== digit) return undefined;
  }
  const kilograms = grams.padStart(4, '0');
  const quantity = trimmed(`${kilograms.slice(0, -3).replace(/^0+(?=\d)/, '')}.${kilograms.slice(-3)}`);
  return quantity === '0' ? undefined : { article: article.replace(/^0+(?=.)/, ''), quantity };
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
