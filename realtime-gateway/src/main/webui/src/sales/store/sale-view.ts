import {
  array,
  boolean,
  type InferOutput,
  nullish,
  number,
  object,
  optional,
  picklist,
  string,
} from 'valibot';
import type { Approval } from '../../approval/approval.ts';
import { type Border, checked } from '../../platform/border.ts';
import { reads, type Sales } from '../../platform/http/api.ts';
import { decimalText, noDecimal } from '../../platform/validate.ts';
import type { SaleContent, SaleLine } from '../domain/sale.ts';

const text = nullish(string());

const schema = reads<Sales<'SaleView'>>()(
  object({
    id: string(),
    revision: number(),
    status: picklist(['OPEN', 'COMPLETED', 'TRASHED']),
    kind: optional(picklist(['SALE', 'RETURN'])),
    number: text,
    currency: string(),
    priceType: text,
    warehouse: text,
    customerId: text,
    comment: text,
    cashier: text,
    deviceId: text,
    openedAt: text,
    completedAt: text,
    businessDate: text,
    uploader: text,
    discount: nullish(object({ amount: noDecimal, percent: noDecimal })),
    total: decimalText,
    rate: noDecimal,
    rounding: noDecimal,
    totalDiscount: noDecimal,
    change: noDecimal,
    returnOf: text,
    approvedBy: text,
    held: text,
    payments: nullish(
      array(
        object({
          kind: picklist(['CASH', 'CARD', 'DEBT']),
          amount: decimalText,
          currency: text,
          rate: noDecimal,
          method: text,
          reference: text,
        }),
      ),
    ),
    fiscal: nullish(object({ qr: text })),
    deliveryStatus: text,
    delivery: nullish(
      object({
        attempts: optional(number(), 0),
        nextAttemptAt: text,
        lastError: text,
        posted: nullish(boolean()),
      }),
    ),
    flags: optional(array(string()), []),
    lines: array(
      object({
        lineId: string(),
        productId: string(),
        name: text,
        unit: text,
        price: decimalText,
        priceVersion: nullish(number()),
        basePrice: noDecimal,
        baseCurrency: text,
        rate: noDecimal,
        quantity: decimalText,
        warehouse: text,
        sum: noDecimal,
        discount: noDecimal,
        returnOfLine: text,
        returnOfIndex: nullish(number()),
      }),
    ),
  }),
);

/** A sale as the server tells it, as far as the till reads it. */
export type SaleView = InferOutput<typeof schema>;

export function saleView(data: unknown, border: Border = 'server'): SaleView | undefined {
  return checked(schema, data, border, 'sale');
}

/** What the server does not keep (a name, a price set by hand) is taken from what this till had. */
export function contentOf(view: SaleView, before: SaleContent): SaleContent {
  const own = new Map(before.lines.map(line => [line.lineId, line]));
  const discount = view.discount && {
    ...(view.discount.amount && { amount: view.discount.amount }),
    ...(view.discount.percent && { percent: view.discount.percent }),
  };
  const sameCustomer = view.customerId && view.customerId === before.customerId;
  return {
    currency: view.currency,
    lines: view.lines.map(line => lineOf(line, own.get(line.lineId))),
    ...(view.priceType && { priceType: view.priceType }),
    ...(view.warehouse && { warehouse: view.warehouse }),
    ...(view.customerId && { customerId: view.customerId }),
    ...(sameCustomer && before.customerName && { customerName: before.customerName }),
    ...(discount && Object.keys(discount).length > 0 && { discount }),
    ...(view.comment && { comment: view.comment }),
  };
}

/** The line of before itself when nothing of it is another: what is drawn of it stays as it is. */
function lineOf(line: SaleView['lines'][number], before: SaleLine | undefined): SaleLine {
  const now = newLine(line, before);
  return before && isSame(now, before) ? before : now;
}

const isSame = <T extends object>(one: T, other: T): boolean => {
  const names = Object.keys(one) as (keyof T)[];
  return names.length === Object.keys(other).length && names.every(name => one[name] === other[name]);
};

/**
 * The content with those objects of before that say the same, the whole of before when all do: what came back from
 * storage is a copy, and what is drawn is drawn again for each new object.
 */
export function sameContent(content: SaleContent, before: SaleContent): SaleContent {
  const known = new Map(before.lines.map(line => [line.lineId, line]));
  const lines = content.lines.map(line => {
    const one = known.get(line.lineId);
    return one && isSame(line, one) ? one : line;
  });
  const { discount } = content;
  const kept: SaleContent = {
    ...content,
    lines: isSame(lines, before.lines) ? before.lines : lines,
    ...(discount && before.discount && isSame(discount, before.discount) && { discount: before.discount }),
  };
  return isSame(kept, before) ? before : kept;
}

function newLine(line: SaleView['lines'][number], before: SaleLine | undefined): SaleLine {
  return {
    lineId: line.lineId,
    productId: line.productId,
    name: line.name ?? before?.name ?? line.productId,
    price: line.price,
    quantity: line.quantity,
    ...(line.unit && { unit: line.unit }),
    ...(line.priceVersion != null && { priceVersion: line.priceVersion }),
    ...(line.basePrice && { basePrice: line.basePrice }),
    ...(line.baseCurrency && { baseCurrency: line.baseCurrency }),
    ...(line.rate && { rate: line.rate }),
    ...(line.warehouse && { warehouse: line.warehouse }),
    ...(before?.ownPrice && { ownPrice: true }),
    ...(before?.listPrice && { listPrice: before.listPrice }),
  };
}

/** A sale's content as the API takes it; `approval`: what a manager has allowed in it, as long as it lasts. */
export function bodyOf(content: SaleContent, approval?: Approval): Record<string, unknown> {
  const { customerName: _, lines, ...rest } = content;
  const proof = approval && approval.expiresAt > Date.now() ? approval.token : undefined;
  return {
    ...rest,
    ...(proof && { approval: proof }),
    lines: lines.map(({ ownPrice: _, listPrice: __, ...line }) => line),
  };
}
