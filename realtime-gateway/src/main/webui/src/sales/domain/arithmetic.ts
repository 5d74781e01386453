import { added, cents, decimal, halfUp, least, most, quotient, text, times } from './decimal.ts';

/**
 * How the sums of a sale are computed: the same rules as the server's `SaleArithmetic`, proven by the same golden vectors.
 * Amounts are decimal text, as in the API; inside they are whole numbers of a fixed scale, so nothing is ever a float.
 * All sums have two decimals, rounded half up; a rate is main-currency units for one unit of the other currency.
 */

export interface PricedLine {
  readonly price: string;
  readonly quantity: string;
}

/** What the customer gets off: an amount, or a percentage, or neither. */
export interface Discount {
  readonly amount?: string;
  readonly percent?: string;
}

export interface Sums {
  readonly lineSums: string[];
  readonly lineDiscounts: string[];
  readonly discount: string;
  /** What is to be paid, before cash rounding. */
  readonly total: string;
}

export interface Paid {
  readonly kind: 'CASH' | 'CARD' | 'DEBT';
  readonly amount: string;
  readonly rate: string;
}

/** In the sale's currency: cash + card + debt - change = total + rounding, when `missing` and `excess` are 0. */
export interface Settlement {
  readonly cash: string;
  readonly card: string;
  readonly debt: string;
  readonly change: string;
  /** What is not covered by the payments. */
  readonly missing: string;
  /** What is paid too much and cannot be given back, because only cash can. */
  readonly excess: string;
}

const HUNDRED = decimal('100');

export function sums(lines: readonly PricedLine[], discount: Discount): Sums {
  const lineCents = lines.map(line => cents(times(decimal(line.price), decimal(line.quantity))));
  const whole = added(lineCents);
  const off = discountOf(whole, discount);
  return {
    lineSums: lineCents.map(text),
    lineDiscounts: spread(off, lineCents).map(text),
    discount: text(off),
    total: text(whole - off),
  };
}

/** What to add to an amount due in cash to make it a multiple of `step`; may be negative. */
export function cashRounding(due: string, step: string): string {
  const dueCents = cents(decimal(due));
  const stepCents = cents(decimal(step));
  return text(halfUp(dueCents, stepCents) * stepCents - dueCents);
}

export function settle(
  total: string,
  rounding: string,
  saleRate: string,
  payments: readonly Paid[],
): Settlement {
  const by = (kind: Paid['kind']) =>
    added(
      payments
        .filter(paid => paid.kind === kind)
        .map(paid => cents(decimal(converted(paid.amount, paid.rate, saleRate)))),
    );
  const cash = by('CASH');
  const card = by('CARD');
  const debt = by('DEBT');
  const over = cash + card + debt - cents(decimal(total)) - cents(decimal(rounding));
  const change = least(most(over, 0n), most(cash, 0n));
  return {
    cash: text(cash),
    card: text(card),
    debt: text(debt),
    change: text(change),
    missing: text(most(-over, 0n)),
    excess: text(most(over - change, 0n)),
  };
}

/** An amount of one currency in another, by their rates. */
export function converted(amount: string, rate: string, toRate: string): string {
  return text(quotient(times(decimal(amount), decimal(rate)), decimal(toRate)));
}

/** What of a line's `net` sum belongs to the first `part` of its `whole` quantity. */
export function share(net: string, part: string, whole: string): string {
  return text(quotient(times(decimal(net), decimal(part)), decimal(whole)));
}

function discountOf(whole: bigint, discount: Discount): bigint {
  let asked = 0n;
  if (discount.amount !== undefined) {
    asked = cents(decimal(discount.amount));
  } else if (discount.percent !== undefined) {
    asked = quotient(times({ units: whole, scale: 2 }, decimal(discount.percent)), HUNDRED);
  }
  return least(most(asked, 0n), most(whole, 0n));
}

/**
 * Each line its share by line sum, half up, the last one the rest. Where cents rounded up would leave less than nothing, or
 * more than the last line costs, the difference stays on the lines before it.
 */
function spread(discount: bigint, lineCents: readonly bigint[]): bigint[] {
  const whole = added(lineCents);
  let rest = discount;
  const shares = lineCents.map((line, index) => {
    const fair = whole === 0n ? 0n : halfUp(discount * line, whole);
    const wanted = index === lineCents.length - 1 ? rest : least(fair, rest);
    const taken = least(wanted, most(line, 0n));
    rest -= taken;
    return taken;
  });
  for (let index = shares.length - 1; index >= 0 && rest > 0n; index--) {
    const taken = shares[index] ?? 0n;
    const room = least(most((lineCents[index] ?? 0n) - taken, 0n), rest);
    shares[index] = taken + room;
    rest -= room;
  }
  return shares;
}
