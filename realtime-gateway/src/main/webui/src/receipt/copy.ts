import type { FinishedSale } from '../outbox/finished-sale.ts';
import type { SaleView } from '../sales/store/sale-view.ts';

/** The receipt of a sale that another till made, as far as the server tells it, for a copy. */
export function copyOf(view: SaleView, customerName: string | undefined): FinishedSale {
  const cashier = view.cashier ?? '';
  const { discount } = view;
  return {
    id: view.id,
    at: Date.parse(view.completedAt ?? '') || 0,
    place: 'server',
    number: view.number ?? '',
    change: view.change ?? '0.00',
    discountTotal: view.totalDiscount ?? '0.00',
    cashierName: cashier,
    printed: true,
    ...(view.lines.every(line => line.sum) && { lineSums: view.lines.map(line => line.sum ?? '') }),
    ...(customerName && { customerName }),
    ...(view.fiscal?.qr && { fiscalQr: view.fiscal.qr }),
    sale: {
      id: view.id,
      kind: view.kind ?? 'SALE',
      currency: view.currency,
      ...(discount?.amount && { discount: { amount: discount.amount } }),
      ...(discount?.percent && { discount: { percent: discount.percent } }),
      rounding: view.rounding ?? '0.00',
      total: view.total,
      cashier,
      deviceId: view.deviceId ?? '',
      completedAt: view.completedAt ?? '',
      deviceSequence: 0,
      ...(view.approvedBy && { approvedBy: view.approvedBy }),
      lines: view.lines.map(line => ({
        lineId: line.lineId,
        productId: line.productId,
        name: line.name ?? line.productId,
        price: line.price,
        quantity: line.quantity,
        ...(line.unit && { unit: line.unit }),
      })),
      payments: (view.payments ?? []).map(paid => ({
        kind: paid.kind,
        amount: paid.amount,
        currency: paid.currency ?? view.currency,
        ...(paid.method && { method: paid.method }),
        ...(paid.reference && { reference: paid.reference }),
      })),
    },
  };
}
