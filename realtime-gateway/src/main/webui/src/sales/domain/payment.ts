import { cashRounding, type Paid, type Settlement, settle } from './arithmetic.ts';
import { compare, isPositive, isZero, minus, plus } from './decimal.ts';

/** What the cashier has entered so far; an empty text is nothing. */
export interface PaymentDraft {
  cash: string;
  card: string;
  debt: string;
  /** Of the card: uzcard, humo, visa, mastercard, qr, click, payme, uzum or free. */
  method?: string;
  reference?: string;
}

export const NO_PAYMENT: PaymentDraft = { cash: '', card: '', debt: '' };

export const CARD_METHODS = ['uzcard', 'humo', 'visa', 'mastercard', 'qr', 'click', 'payme', 'uzum'] as const;

/** What the law and the enterprise say of cash in one sale. */
export interface CashRule {
  /** Names of what may not be paid in cash at all (alcohol, tobacco). */
  forbiddenFor: readonly string[];
  /** In the sale's currency. */
  limit?: string | undefined;
}

/** Why the cash that stays here is too much; undefined: it is not. */
export function cashBreach(
  { cash, change }: Pick<Settlement, 'cash' | 'change'>,
  { forbiddenFor, limit }: CashRule,
): 'forbidden' | 'limit' | undefined {
  const kept = minus(cash, change);
  if (!isPositive(kept)) return undefined;
  if (forbiddenFor.length > 0) return 'forbidden';
  return limit !== undefined && compare(kept, limit) > 0 ? 'limit' : undefined;
}

/** Nothing entered means what most customers do: the exact sum in cash; by card, where cash is not allowed. */
export function orExactCash(
  draft: PaymentDraft,
  total: string,
  step: string | undefined,
  rule: CashRule = { forbiddenFor: [] },
): PaymentDraft {
  if (draft.cash !== '' || draft.card !== '' || draft.debt !== '') return draft;
  const { dueInCash } = reckon(total, draft, step);
  // Less than half a step would be rounded to nothing, which is no payment: it is paid to the cent.
  const cash = isPositive(dueInCash) ? dueInCash : cents(total);
  if (cashBreach(reckon(total, { ...draft, cash }, step), rule)) return { ...draft, card: cents(total) };
  return { ...draft, cash };
}

export interface Payment {
  kind: 'CASH' | 'CARD' | 'DEBT';
  amount: string;
  currency: string;
  cashDesk?: string;
  method?: string;
  reference?: string;
}

export interface Reckoned extends Settlement {
  /** What must be paid in cash if nothing else is added, already rounded to the enterprise's step. */
  dueInCash: string;
  /** What is left without any cash, exact to the cent. */
  left: string;
  rounding: string;
  /** Nothing is missing and nothing is paid that cannot be given back. */
  complete: boolean;
}

/**
 * What a draft comes to. Cash is rounded to the nearest multiple of `step` of what is left for it, unless the cashier
 * enters the exact sum; without cash nothing is rounded.
 */
export function reckon(total: string, draft: PaymentDraft, step: string | undefined): Reckoned {
  const cash = draft.cash || '0';
  const left = minus(minus(plus(total, '0.00'), draft.card || '0'), draft.debt || '0');
  const possible = step && isPositive(left) ? cashRounding(left, step) : '0.00';
  const exact = compare(cash, left) === 0;
  const rounding = isPositive(cash) && !exact ? possible : '0.00';
  const settled = settle(total, rounding, '1', paidBy(draft));
  const dueInCash = isPositive(left) ? plus(left, possible) : '0.00';
  return {
    ...settled,
    left: isPositive(left) ? left : '0.00',
    dueInCash,
    rounding,
    complete: isZero(settled.missing) && isZero(settled.excess),
  };
}

/** The payments as the API takes them: only what is not nothing. A sale of 0 is paid by 0 in cash. */
export function paymentsOf(
  draft: PaymentDraft,
  currency: string,
  desks: { CASH?: string | undefined; CARD?: string | undefined },
): Payment[] {
  const payments: Payment[] = [];
  const add = (kind: Payment['kind'], amount: string, more: Partial<Payment>) => {
    if (amount !== '' && isPositive(amount))
      payments.push({ kind, amount: cents(amount), currency, ...more });
  };
  add('CASH', draft.cash, desks.CASH ? { cashDesk: desks.CASH } : {});
  add('CARD', draft.card, {
    ...(desks.CARD && { cashDesk: desks.CARD }),
    ...(draft.method && { method: draft.method }),
    ...(draft.reference && { reference: draft.reference }),
  });
  add('DEBT', draft.debt, {});
  return payments;
}

/** What people hand over for a sum: the next full tens, fifties and hundreds (of thousands in so'm), rising. */
export function usualNotes(due: string, currency: string): string[] {
  const unit = currency === 'UZS' ? 1_000n : 1n;
  const [whole = '0', fraction = ''] = due.split('.');
  const least = BigInt(whole) + (/[1-9]/.test(fraction) ? 1n : 0n);
  if (least <= 0n) return [];
  const steps = [5n, 10n, 50n, 100n]
    .map(step => step * unit)
    .filter(step => step * 2n >= least || step > 5n * unit);
  const above = steps.map(step => ((least + step - 1n) / step) * step);
  const larger = [200n, 500n, 1_000n].map(step => step * unit);
  const rising = [...new Set([...above, ...larger])]
    .filter(sum => sum > least)
    .sort((a, b) => (a < b ? -1 : 1));
  return rising.slice(0, 3).map(String);
}

function paidBy(draft: PaymentDraft): Paid[] {
  const paid: Paid[] = [
    { kind: 'CASH', amount: draft.cash || '0', rate: '1' },
    { kind: 'CARD', amount: draft.card || '0', rate: '1' },
    { kind: 'DEBT', amount: draft.debt || '0', rate: '1' },
  ];
  return paid;
}

const cents = (amount: string): string => plus(amount, '0.00');
