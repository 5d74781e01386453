import type { PreparedReturn } from '../outbox/finish.ts';
import { plus, product } from '../sales/domain/decimal.ts';
import { type GivenBack, paymentsBack, type SoldReceipt } from './returning.ts';

interface Who {
  id: string;
  deviceId: string;
  cashier: string;
  cashierName: string;
  desk: string | undefined;
  by: 'CASH' | 'CARD';
  /** Milliseconds. */
  now: number;
}

/** A return as it goes to the server: alone, or in a batch when the server is away; the same in both. */
export function preparedReturn(receipt: SoldReceipt, back: GivenBack, who: Who): PreparedReturn {
  const lines = back.lines.map(({ place, quantity }, index) => {
    const line = receipt.lines[place];
    if (!line) throw new Error('no line of the receipt');
    const { lineId, productId, name, unit, warehouse, price } = line;
    return {
      lineId: `r-${index + 1}`,
      productId,
      name,
      price,
      quantity,
      returnOfLine: lineId,
      ...(unit && { unit }),
      ...(warehouse && { warehouse }),
    };
  });
  return {
    id: who.id,
    at: who.now,
    place: 'sending',
    change: '0.00',
    discountTotal: back.lines.reduce((sum, line) => plus(sum, line.discount), '0.00'),
    lineSums: back.lines.map(line => plus(line.net, line.discount)),
    returnOfNumber: receipt.number,
    cashierName: who.cashierName,
    printed: false,
    ...(receipt.customerName && { customerName: receipt.customerName }),
    sale: {
      id: who.id,
      kind: 'RETURN',
      returnOf: receipt.id,
      currency: receipt.currency,
      ...(receipt.rate && { rate: receipt.rate }),
      ...(receipt.customerId && { customerId: receipt.customerId }),
      rounding: back.rounding,
      total: product(back.net, '1'),
      cashier: who.cashier,
      deviceId: who.deviceId,
      completedAt: new Date(who.now).toISOString(),
      lines,
      payments: paymentsBack(back, receipt.currency, who.by, who.desk),
    },
  };
}
