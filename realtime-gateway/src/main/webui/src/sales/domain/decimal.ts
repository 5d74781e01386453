/** Decimal numbers as text, as in the API; inside they are whole numbers of a fixed scale, so nothing is ever a float. */

/** A decimal number: `units` / 10^`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export function decimal(value: string): Decimal {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (parts === null) {
    throw new Error(`not a decimal number: ${value}`);
  }
  const fraction = parts[3] ?? '';
  const units = BigInt(`${parts[2]}${fraction}`);
  return { units: parts[1] === '-' ? -units : units, scale: fraction.length };
}

export function times(one: Decimal, other: Decimal): Decimal {
  return { units: one.units * other.units, scale: one.scale + other.scale };
}

/** In cents, half up. */
export function quotient(one: Decimal, other: Decimal): bigint {
  return halfUp(one.units * power(other.scale + 2), other.units * power(one.scale));
}

export function cents(value: Decimal): bigint {
  return quotient(value, { units: 1n, scale: 0 });
}

/** Away from zero when exactly between, as Java's HALF_UP. */
export function halfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const above = numerator < 0n ? -numerator : numerator;
  const below = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * above + below) / (2n * below);
  return negative ? -rounded : rounded;
}

function power(scale: number): bigint {
  return 10n ** BigInt(scale);
}

export function added(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

export function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

export function most(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

export function text(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The sum of two decimals, with as many decimals as the finer one has. */
export function plus(one: string, other: string): string {
  const a = decimal(one);
  const b = decimal(other);
  const scale = Math.max(a.scale, b.scale);
  return plain(a.units * power(scale - a.scale) + b.units * power(scale - b.scale), scale);
}

export function negated(value: string): string {
  return value.startsWith('-') ? value.slice(1) : `-${value}`;
}

export function minus(one: string, other: string): string {
  return plus(one, negated(other));
}

/** Negative, 0 or positive, as for sorting. */
export function compare(one: string, other: string): number {
  const difference = decimal(minus(one, other)).units;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

export const isPositive = (value: string): boolean => decimal(value).units > 0n;

export const isZero = (value: string): boolean => decimal(value).units === 0n;

/** The product with at most `decimals` decimals, half up. */
export function product(one: string, other: string, decimals = 2): string {
  const exact = times(decimal(one), decimal(other));
  return plain(halfUp(exact.units * power(decimals), power(exact.scale)), decimals);
}

/** `one` / `other` with at most `decimals` decimals, half up. */
export function ratio(one: string, other: string, decimals: number): string {
  const a = decimal(one);
  const b = decimal(other);
  return plain(halfUp(a.units * power(b.scale + decimals), b.units * power(a.scale)), decimals);
}

/** Without needless zeros: `2.500` is `2.5`, `3.00` is `3`. */
export function trimmed(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

/**
 * A number as people type it: spaces are ignored, comma and point are the same.
 *
 * @returns undefined for anything else, or when it has more than `decimals` decimals
 */
export function typed(input: string, decimals: number): string | undefined {
  const text = input.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^\d{1,15}(\.\d*)?$|^\.\d+$/.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length > decimals) return undefined;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? digits : `${digits}.${fraction}`;
}

function plain(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}
