import type { Approval, Asked } from '../approval/approval.ts';
import type { PreparedReturn } from '../outbox/finish.ts';
import { sums } from '../sales/domain/arithmetic.ts';
import { compare, isPositive, plus, trimmed } from '../sales/domain/decimal.ts';
import { NO_PAYMENT, orExactCash, paymentsOf, reckon } from '../sales/domain/payment.ts';
import type { SaleLine } from '../sales/domain/sale.ts';

/** Goods that come back without a receipt; the newest line is the last. */
export type FreeLines = readonly SaleLine[];

/** A product that came: it raises the line that it has at the catalogue's price, if there is one. */
export function withProduct(lines: FreeLines, line: SaleLine): FreeLines {
  const same = lines.find(one => one.productId === line.productId && !one.ownPrice);
  return same
    ? withLine(lines, same.lineId, { quantity: trimmed(plus(same.quantity || '0', line.quantity)) })
    : [...lines, line];
}

/** An empty price or quantity stands while it is typed; a price other than the catalogue's is the manager's own. */
export function withLine(
  lines: FreeLines,
  lineId: string,
  change: { quantity?: string; price?: string },
): FreeLines {
  return lines.map(line => {
    if (line.lineId !== lineId) return line;
    if (change.price === undefined) return { ...line, ...change };
    const listPrice = line.listPrice ?? line.price;
    const { ownPrice: _, ...next } = { ...line, ...change, price: change.price, listPrice };
    return next.price !== '' && compare(next.price, listPrice) === 0 ? next : { ...next, ownPrice: true };
  });
}

/** What of a return without a receipt counts: lines with a quantity and a price. */
export const countedLines = (lines: FreeLines): SaleLine[] =>
  lines.filter(line => line.price !== '' && line.quantity !== '' && isPositive(line.quantity));

/** What goes out, rounded like cash if it is cash. */
export function paidOut(lines: FreeLines, by: 'CASH' | 'CARD', step: string | undefined) {
  const { total } = sums(countedLines(lines), {});
  const draft = by === 'CARD' ? { ...NO_PAYMENT, card: total } : orExactCash(NO_PAYMENT, total, step);
  const { rounding } = reckon(total, draft, step);
  return { total, rounding, draft, due: plus(total, rounding) };
}

/** A manager's word is needed in any case; for a price of their own too. */
export function askedFor(lines: FreeLines): Asked {
  return { returnWithoutReceipt: true, ...(lines.some(line => line.ownPrice) && { price: true }) };
}

interface Who {
  id: string;
  deviceId: string;
  cashier: string;
  cashierName: string;
  desks: { CASH?: string | undefined; CARD?: string | undefined };
  by: 'CASH' | 'CARD';
  step: string | undefined;
  approval: Approval | undefined;
  terms: { currency: string; priceType?: string | undefined; warehouse?: string | undefined };
  /** Milliseconds. */
  now: number;
}

/** A return without a receipt as it goes to the server: alone, or in a batch when the server is away. */
export function preparedFreely(lines: FreeLines, who: Who): PreparedReturn {
  const counted = countedLines(lines);
  const { total, rounding, draft } = paidOut(lines, who.by, who.step);
  const { currency, priceType, warehouse } = who.terms;
  return {
    id: who.id,
    at: who.now,
    place: 'sending',
    change: '0.00',
    discountTotal: '0.00',
    cashierName: who.cashierName,
    printed: false,
    sale: {
      id: who.id,
      kind: 'RETURN',
      currency,
      ...(priceType && { priceType }),
      ...(warehouse && { warehouse }),
      rounding,
      total,
      cashier: who.cashier,
      deviceId: who.deviceId,
      completedAt: new Date(who.now).toISOString(),
      lines: counted.map(({ ownPrice: _, listPrice: __, ...line }) => line),
      payments: paymentsOf(draft, currency, who.desks),
      ...(who.approval && { approvedBy: who.approval.approvedBy }),
      ...(who.approval?.token && { approval: who.approval.token }),
    },
  };
}
