import { converted, settle, share, sums } from '../sales/domain/arithmetic.ts';
import {
  compare,
  isPositive,
  isZero,
  minus,
  negated,
  plus,
  product,
  ratio,
} from '../sales/domain/decimal.ts';
import type { Payment } from '../sales/domain/payment.ts';

/** A line of a receipt; `net` is what was paid for it, `returned` how much of it has come back. */
export interface SoldLine {
  lineId: string;
  productId: string;
  name: string;
  unit?: string | undefined;
  warehouse?: string | undefined;
  price: string;
  quantity: string;
  discount: string;
  net: string;
  returned: string;
}

interface Debt {
  currency: string;
  rate: string;
  amount: string;
}

/** A finished sale with what its returns gave back so far; sums in the sale's currency. */
export interface SoldReceipt {
  id: string;
  number: string;
  /** Milliseconds. */
  at: number;
  cashier: string;
  currency: string;
  /** Of the sale's currency; absent: it is the main one. */
  rate?: string | undefined;
  customerId?: string | undefined;
  customerName?: string | undefined;
  total: string;
  rounding: string;
  /** The payments without the change, debts included. */
  kept: string;
  /** What came in by card and did not go out again that way. */
  card: string;
  lines: SoldLine[];
  /** What is still owed on it, in the order in which it was made. */
  debts: Debt[];
  givenBack: string;
  roundingBack: string;
  /** Whether the server has the sale: if not, its return goes after it. */
  onServer: boolean;
}

/** How much of a line comes back, by the line's place on the receipt. */
export type Picks = Readonly<Record<number, string>>;

export interface ReturnedLine {
  place: number;
  quantity: string;
  net: string;
  discount: string;
}

export interface GivenBack {
  lines: ReturnedLine[];
  net: string;
  rounding: string;
  /** `net` and `rounding`: what the customer gets, debts included. */
  due: string;
  /** By how much the debt is lowered. */
  debts: Debt[];
  /** What goes out in money. */
  money: string;
}

const NOTHING = '0.00';

export const leftOf = (line: SoldLine): string => minus(line.quantity, line.returned);

export const everything = (receipt: SoldReceipt): Picks =>
  Object.fromEntries(
    receipt.lines.flatMap((line, place) => (isPositive(leftOf(line)) ? [[place, leftOf(line)]] : [])),
  );

/**
 * What a return gives back, by the server's rule: money of a line so far = round(net x returned so far / sold), so pieces of
 * any size and order add up; never more than is left of what was paid; the piece that completes the receipt carries the rest
 * of the rounding. First what is still owed is lowered, then money goes out.
 */
export function giveBack(receipt: SoldReceipt, picks: Picks): GivenBack {
  const lines = receipt.lines.flatMap((line, place) => {
    const quantity = least(picks[place] || '0', leftOf(line));
    return isPositive(quantity) ? [piece(line, place, quantity)] : [];
  });
  const net = lines.reduce((sum, line) => plus(sum, line.net), NOTHING);
  const { debts, given } = lowerDebts(receipt, due(receipt, lines, net));
  const lowered = debts.reduce((sum, debt) => plus(sum, inSale(receipt, debt, debt.amount)), NOTHING);
  return { lines, net, rounding: minus(given, net), due: given, debts, money: minus(given, lowered) };
}

/** The payments of a return: debts first, then money in the chosen way. */
export function paymentsBack(
  { debts, money }: GivenBack,
  currency: string,
  by: 'CASH' | 'CARD',
  desk: string | undefined,
): Payment[] {
  const lowered: Payment[] = debts.map(debt => ({
    kind: 'DEBT',
    amount: debt.amount,
    currency: debt.currency,
  }));
  if (!isPositive(money) && lowered.length > 0) return lowered;
  return [...lowered, { kind: by, amount: money, currency, ...(desk && { cashDesk: desk }) }];
}

function piece(line: SoldLine, place: number, quantity: string): ReturnedLine {
  const after = plus(line.returned, quantity);
  const between = (amount: string) =>
    minus(share(amount, after, line.quantity), share(amount, line.returned, line.quantity));
  return { place, quantity, net: between(line.net), discount: between(line.discount) };
}

function due(receipt: SoldReceipt, back: readonly ReturnedLine[], net: string): string {
  const completes = receipt.lines.every((line, place) => {
    const now = back.find(one => one.place === place)?.quantity ?? '0';
    return isZero(minus(leftOf(line), now));
  });
  const rest = minus(receipt.rounding, receipt.roundingBack);
  const asked = completes ? plus(net, rest) : net;
  const left = minus(least(plus(receipt.total, receipt.rounding), receipt.kept), receipt.givenBack);
  return least(most(asked, NOTHING), most(left, NOTHING));
}

function lowerDebts(receipt: SoldReceipt, wanted: string): { debts: Debt[]; given: string } {
  const debts: Debt[] = [];
  let rest = wanted;
  for (const debt of receipt.debts) {
    if (!isPositive(rest)) break;
    const all = inSale(receipt, debt, debt.amount);
    if (compare(all, rest) <= 0) {
      debts.push(debt);
      rest = minus(rest, all);
      continue;
    }
    const amount = down(product(rest, receipt.rate ?? '1', 12), debt.rate);
    if (isPositive(amount)) debts.push({ ...debt, amount });
    return { debts, given: plus(minus(wanted, rest), inSale(receipt, debt, amount)) };
  }
  return { debts, given: wanted };
}

const inSale = (receipt: SoldReceipt, debt: Debt, amount: string): string =>
  converted(amount, debt.rate, receipt.rate ?? '1');

/** `one` / `other` in cents, the rest left off. */
function down(one: string, other: string): string {
  const near = ratio(one, other, 2);
  return compare(product(near, other, 12), one) > 0 ? minus(near, '0.01') : near;
}

const least = (one: string, other: string): string => (compare(one, other) < 0 ? one : other);
const most = (one: string, other: string): string => (compare(one, other) > 0 ? one : other);

/** A finished sale and its returns, however they are told. */
export interface ToldSale
  extends Omit<SoldReceipt, 'kept' | 'card' | 'lines' | 'debts' | 'givenBack' | 'roundingBack' | 'onServer'> {
  discount?: { amount?: string; percent?: string } | undefined;
  lines: (Omit<SoldLine, 'discount' | 'net' | 'returned'> & {
    sum?: string | undefined;
    discount?: string | undefined;
    returnOfLine?: string | undefined;
    returnOfIndex?: number | undefined;
  })[];
  payments: readonly (Payment & { rate?: string | undefined })[];
}

/** Puts a receipt together of the sale and the returns that name it. */
export function receiptOf(sale: ToldSale, returns: readonly ToldSale[], onServer: boolean): SoldReceipt {
  const own = sums(sale.lines, sale.discount ?? {});
  const lines = sale.lines.map((line, place): SoldLine => {
    const discount = line.discount ?? own.lineDiscounts[place] ?? NOTHING;
    const { lineId, productId, name, unit, warehouse, price, quantity } = line;
    const net = minus(line.sum ?? own.lineSums[place] ?? NOTHING, discount);
    return { lineId, productId, name, unit, warehouse, price, quantity, discount, net, returned: '0' };
  });
  const receipt: SoldReceipt = {
    id: sale.id,
    number: sale.number,
    at: sale.at,
    cashier: sale.cashier,
    currency: sale.currency,
    rate: sale.rate,
    customerId: sale.customerId,
    customerName: sale.customerName,
    total: sale.total,
    rounding: sale.rounding,
    kept: keptOf(sale),
    card: paidIn(sale, 'CARD'),
    lines,
    debts: debtsOf(sale),
    givenBack: NOTHING,
    roundingBack: NOTHING,
    onServer,
  };
  return returns.reduce(after, receipt);
}

/** The receipt once a return counts. */
export function after(receipt: SoldReceipt, back: ToldSale): SoldReceipt {
  const lines = receipt.lines.map(line => ({ ...line }));
  for (const line of back.lines) {
    const named = (place: number) => lines[place]?.lineId === line.returnOfLine;
    const place = line.returnOfIndex ?? lines.findIndex((_, index) => named(index));
    const sold = lines[place];
    if (sold) sold.returned = plus(sold.returned, line.quantity);
  }
  const lowered = (currency: string) =>
    back.payments
      .filter(paid => paid.kind === 'DEBT' && paid.currency === currency)
      .reduce((sum, paid) => plus(sum, paid.amount), NOTHING);
  return {
    ...receipt,
    lines,
    debts: receipt.debts.flatMap(debt => {
      const amount = minus(debt.amount, lowered(debt.currency));
      return isPositive(amount) ? [{ ...debt, amount }] : [];
    }),
    card: most(minus(receipt.card, paidIn(back, 'CARD')), NOTHING),
    givenBack: plus(receipt.givenBack, most(plus(back.total, back.rounding), keptOf(back))),
    roundingBack: plus(receipt.roundingBack, back.rounding),
  };
}

function keptOf(sale: ToldSale): string {
  const paid = sale.payments.map(({ kind, amount, currency, rate }) => ({
    kind,
    amount,
    rate: rate ?? (currency === sale.currency ? (sale.rate ?? '1') : '1'),
  }));
  const { cash, card, debt, change } = settle(sale.total, sale.rounding, sale.rate ?? '1', paid);
  return plus(plus(plus(cash, card), debt), negated(change));
}

const paidIn = (sale: ToldSale, kind: Payment['kind']): string =>
  sale.payments
    .filter(paid => paid.kind === kind && paid.currency === sale.currency)
    .reduce((sum, paid) => plus(sum, paid.amount), NOTHING);

function debtsOf(sale: ToldSale): Debt[] {
  const debts = new Map<string, Debt>();
  for (const { kind, amount, currency, rate } of sale.payments) {
    if (kind !== 'DEBT') continue;
    const before = debts.get(currency);
    const known = rate ?? (currency === sale.currency ? (sale.rate ?? '1') : '1');
    debts.set(currency, {
      currency,
      rate: before?.rate ?? known,
      amount: plus(before?.amount ?? NOTHING, amount),
    });
  }
  return [...debts.values()].filter(debt => isPositive(debt.amount));
}
