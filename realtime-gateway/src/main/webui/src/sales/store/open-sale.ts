import { array, boolean, literal, looseObject, number, object, optional, string, variant } from 'valibot';
import type { Approval } from '../../approval/approval.ts';
import { checked } from '../../platform/border.ts';
import { decimalText } from '../../platform/validate.ts';
import type { PaymentDraft } from '../domain/payment.ts';
import type { Change, SaleContent } from '../domain/sale.ts';

/**
 * An open sale as this till keeps it. `content` is what the cashier sees: `base`, which the server has as `revision`, with
 * the `pending` changes applied. The server learns of pending changes one PUT after the other.
 */
export interface OpenSale {
  id: string;
  openedAt: number;
  revision: number;
  base: SaleContent;
  pending: Change[];
  content: SaleContent;
  /** How many pending changes are in a PUT whose answer is not known: the same PUT is sent again first. */
  unanswered?: number;
  payment: PaymentDraft;
  /** The payment dialog is open: a till that starts again comes back to it. */
  paying: boolean;
  /** The number a refused completion keeps for its next try. */
  sequence?: number;
  /** Why the server did not take it as it is. */
  refusal?: string;
  /** What a manager has allowed here, at this till. */
  approval?: Approval;
}

const text = optional(string());
const noDecimal = optional(decimalText);
const lineSchema = looseObject({
  lineId: string(),
  productId: string(),
  name: string(),
  unit: text,
  price: decimalText,
  priceVersion: optional(number()),
  basePrice: noDecimal,
  baseCurrency: text,
  rate: noDecimal,
  quantity: decimalText,
  warehouse: text,
  ownPrice: optional(boolean()),
  listPrice: noDecimal,
});
const discountSchema = optional(looseObject({ amount: noDecimal, percent: noDecimal }));
const contentSchema = looseObject({
  currency: string(),
  priceType: text,
  warehouse: text,
  customerId: text,
  customerName: text,
  discount: discountSchema,
  comment: text,
  lines: array(lineSchema),
});
const ofLine = { lineId: string() };
const changeSchema = variant('kind', [
  looseObject({ kind: literal('add'), line: lineSchema, merge: boolean() }),
  looseObject({ kind: literal('step'), ...ofLine, by: decimalText }),
  looseObject({ kind: literal('quantity'), ...ofLine, quantity: decimalText }),
  looseObject({ kind: literal('remove'), ...ofLine }),
  looseObject({
    kind: literal('price'),
    ...ofLine,
    price: looseObject({ price: decimalText, basePrice: noDecimal, rate: noDecimal, listPrice: noDecimal }),
  }),
  looseObject({ kind: literal('discount'), discount: discountSchema }),
  looseObject({ kind: literal('customer'), customer: optional(object({ id: string(), name: string() })) }),
  looseObject({ kind: literal('terms'), priceType: text, warehouse: text }),
  looseObject({ kind: literal('comment'), comment: string() }),
]);
const openSaleSchema = looseObject({
  id: string(),
  openedAt: number(),
  revision: number(),
  base: contentSchema,
  pending: array(changeSchema),
  content: contentSchema,
  unanswered: optional(number()),
  payment: looseObject({ cash: string(), card: string(), debt: string() }),
  paying: boolean(),
  sequence: optional(number()),
  refusal: text,
});

/** An open sale out of storage. One that cannot be read stays there, for a program that can, and stops no other. */
export function keptOpenSale(row: unknown): OpenSale | undefined {
  return row === undefined
    ? undefined
    : (checked(openSaleSchema, row, 'storage', 'open sale') as OpenSale | undefined);
}
