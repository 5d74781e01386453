import { array, boolean, looseObject, number, optional, picklist, string } from 'valibot';
import { checked } from '../platform/border.ts';
import { decimalText } from '../platform/validate.ts';
import type { Payment } from '../sales/domain/payment.ts';
import type { SaleLine } from '../sales/domain/sale.ts';
import type { OpenSale } from '../sales/store/open-sale.ts';

/** Where a finished sale is: only on this device (`sending`: the server is being asked right now), or on the server too. */
export type Place = 'sending' | 'device' | 'server';

/** A sale as the batch takes it; the same content under the same id is the same sale, however often it is sent. */
export interface SoldSale {
  id: string;
  kind: 'SALE' | 'RETURN';
  currency: string;
  priceType?: string;
  warehouse?: string;
  customerId?: string;
  discount?: { amount?: string; percent?: string };
  comment?: string;
  /** Of a return: the sale that it gives back. */
  returnOf?: string;
  rate?: string;
  rounding: string;
  total: string;
  cashier: string;
  deviceId: string;
  completedAt: string;
  deviceSequence: number;
  /** The manager who has allowed what the cashier may not do, and the server's proof of it. */
  approvedBy?: string;
  approval?: string;
  lines: (Omit<SaleLine, 'ownPrice' | 'listPrice'> & { returnOfLine?: string })[];
  payments: Payment[];
}

export interface FinishedSale {
  id: string;
  /** When it was finished, for the order and for "since when". */
  at: number;
  place: Place;
  number: string;
  sale: SoldSale;
  /** For the receipt, which shows what the server does not keep. */
  change: string;
  discountTotal: string;
  /** Of a return, whose sums are the receipt's. */
  lineSums?: string[];
  returnOfNumber?: string;
  customerName?: string;
  cashierName: string;
  printed: boolean;
  /** The open sale it was: a refused completion comes back as it. */
  before?: OpenSale;
  /** The server keeps it, but a manager has to look at it: `conflict` or `invalid`. */
  review?: string;
  deliveryStatus?: string;
  fiscalQr?: string;
}

const text = optional(string());
const noDecimal = optional(decimalText);
export const soldSaleSchema = looseObject({
  id: string(),
  kind: picklist(['SALE', 'RETURN']),
  currency: string(),
  customerId: text,
  discount: optional(looseObject({ amount: noDecimal, percent: noDecimal })),
  returnOf: text,
  rate: noDecimal,
  rounding: decimalText,
  total: decimalText,
  cashier: string(),
  deviceId: string(),
  completedAt: string(),
  deviceSequence: number(),
  lines: array(
    looseObject({
      lineId: string(),
      productId: string(),
      name: string(),
      price: decimalText,
      quantity: decimalText,
      returnOfLine: text,
    }),
  ),
  payments: array(
    looseObject({ kind: picklist(['CASH', 'CARD', 'DEBT']), amount: decimalText, currency: string() }),
  ),
});
const finishedSchema = looseObject({
  id: string(),
  at: number(),
  place: picklist(['sending', 'device', 'server']),
  number: string(),
  sale: soldSaleSchema,
  change: decimalText,
  discountTotal: decimalText,
  lineSums: optional(array(decimalText)),
  customerName: text,
  cashierName: string(),
  printed: boolean(),
});

/** A finished sale out of storage. One that cannot be read stays there, is told, and stops no other. */
export function keptFinished(row: unknown): FinishedSale | undefined {
  return row === undefined
    ? undefined
    : (checked(finishedSchema, row, 'storage', 'finished sale') as FinishedSale | undefined);
}
