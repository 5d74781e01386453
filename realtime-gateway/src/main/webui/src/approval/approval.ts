import { sums } from '../sales/domain/arithmetic.ts';
import { compare, isPositive, minus, plus, product, ratio, trimmed } from '../sales/domain/decimal.ts';
import type { SaleContent, SaleLine } from '../sales/domain/sale.ts';

/** What a manager is asked to allow in one sale. */
export interface Asked {
  /** Up to which the sale may be cheaper than by the catalogue. */
  discountPercent?: string;
  price?: true;
  returnWithoutReceipt?: true;
}

/** A manager's word for one sale. */
export interface Approval {
  approvedBy: string;
  name: string;
  asked: Asked;
  /** The server's proof; without it the manager's PIN was checked on this till only. */
  token?: string;
  /** Milliseconds. */
  expiresAt: number;
}

export interface Rights {
  mayChangePrice?: boolean | undefined;
  /** Null or absent: not limited. */
  maxDiscountPercent?: string | null | undefined;
}

/** An approval that ends within this time is asked for anew before the sale is paid. */
const MARGIN = 60_000;

/** What of a sale is beyond the rights of who sells; measured as the server does: against the catalogue's prices. */
export function neededApproval(content: SaleContent, rights: Rights): Asked | undefined {
  const share = percentOff(content);
  const limit = rights.maxDiscountPercent;
  const discount = limit != null && compare(share, limit) > 0;
  const price =
    !rights.mayChangePrice &&
    content.lines.some(line => compare(line.price, listPrice(line, content.currency)) !== 0);
  if (!discount && !price) return undefined;
  return { ...(discount && { discountPercent: share }), ...(price && { price }) };
}

/** @param online the server takes its own proof only; without it the till's word has to do */
export function covers(approval: Approval | undefined, asked: Asked, online: boolean, now: number): boolean {
  if (!approval || approval.expiresAt - now < MARGIN || (online && !approval.token)) return false;
  return exceeds(asked, { mayChangePrice: approval.asked.price, ...limitOf(approval.asked) }) === undefined;
}

/** The first thing asked that these rights do not allow. */
export function exceeds(asked: Asked, rights: Rights): 'discount' | 'price' | undefined {
  const { maxDiscountPercent: limit, mayChangePrice } = rights;
  if (asked.discountPercent && limit != null && compare(asked.discountPercent, limit) > 0) return 'discount';
  return asked.price && !mayChangePrice ? 'price' : undefined;
}

/** How much cheaper the sale is than by the catalogue's prices, in percent with at most 4 decimals; never negative. */
export function percentOff(content: SaleContent): string {
  const { total } = sums(content.lines, content.discount ?? {});
  const full = content.lines.reduce(
    (sum, line) => plus(sum, product(listPrice(line, content.currency), line.quantity)),
    '0.00',
  );
  const off = minus(full, total);
  return isPositive(full) && isPositive(off) ? trimmed(ratio(product(off, '100', 2), full, 4)) : '0';
}

/** The catalogue's price of a line: kept when another was set by hand, or what the till named as the price's origin. */
function listPrice(line: SaleLine, currency: string): string {
  if (line.listPrice) return line.listPrice;
  const { price, basePrice, baseCurrency = currency } = line;
  return basePrice && baseCurrency === currency ? basePrice : price;
}

const limitOf = (asked: Asked): Rights => ({ maxDiscountPercent: asked.discountPercent ?? '0' });
