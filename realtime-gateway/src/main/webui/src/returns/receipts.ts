import { unknown } from 'valibot';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { Unreachable } from '../platform/http/failure.ts';
import { pageSchema } from '../platform/validate.ts';
import { type SaleView, saleView } from '../sales/store/sale-view.ts';
import type { Session } from '../session/session.ts';
import { receiptOf, type SoldReceipt, type ToldSale } from './returning.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_FOUND = 20;
const MOST_RETURNS = 200;
/** Sales that count nowhere give nothing back. */
const COUNT_NOT = ['blocked-device', 'dismissed'];

export interface Found {
  id: string;
  number: string;
  at: number;
  cashier: string;
  total: string;
  currency: string;
}

/** The receipts that goods can come back by: the enterprise's, or without internet those kept on this till. */
export class Receipts {
  constructor(
    private readonly session: Session,
    private readonly outbox: Outbox,
  ) {}

  /** By number, id, customer or product; the newest first. `offline`: only what this till keeps was searched. */
  async find(words: string): Promise<{ found: Found[]; offline: boolean }> {
    const wanted = words.trim();
    if (UUID.test(wanted)) {
      const receipt = await this.receipt(wanted);
      return { found: receipt ? [receipt] : [], offline: false };
    }
    try {
      const query = new URLSearchParams({
        status: 'COMPLETED',
        limit: String(MOST_FOUND),
        ...(wanted && { search: wanted }),
      });
      const { data } = await this.session.request(`/api/sales?${query}`, { answer: pageSchema });
      const views = data.items.flatMap(item => saleView(item) ?? []).filter(view => view.kind !== 'RETURN');
      const own = (await this.#own(wanted)).filter(sale => !views.some(view => view.id === sale.id));
      return { found: [...own.map(ofFinished), ...views.map(ofView)], offline: false };
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure;
      return { found: (await this.#own(wanted, true)).map(ofFinished), offline: true };
    }
  }

  /** @returns undefined when nobody knows it, or it is no finished sale */
  async receipt(id: string): Promise<SoldReceipt | undefined> {
    const own = await this.outbox.kept(id);
    const given = (await this.outbox.recent(MOST_RETURNS)).filter(one => one.sale.returnOf === id);
    if (own?.sale.kind === 'SALE' && own.place !== 'server')
      return receiptOf(toldBy(own), given.map(toldBy), false);
    try {
      const view = saleView((await this.session.request(`/api/sales/${id}`, { answer: unknown() })).data);
      if (view?.status !== 'COMPLETED' || view.kind === 'RETURN') return undefined;
      const returns = await this.#returns(id);
      const known = new Set(returns.map(one => one.id));
      // What this till gave back and the server has not heard of yet.
      const waiting = given.filter(one => one.place !== 'server' && !known.has(one.id)).map(toldBy);
      const names = own?.customerName ? { customerName: own.customerName } : {};
      return receiptOf({ ...told(view), ...names }, [...returns.map(told), ...waiting], true);
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure;
      return own?.sale.kind === 'SALE' ? receiptOf(toldBy(own), given.map(toldBy), false) : undefined;
    }
  }

  async #returns(id: string): Promise<SaleView[]> {
    const query = new URLSearchParams({ returnOf: id, status: 'COMPLETED', limit: String(MOST_RETURNS) });
    const { data } = await this.session.request(`/api/sales?${query}`, { answer: pageSchema });
    return data.items
      .flatMap(item => saleView(item) ?? [])
      .filter(view => !COUNT_NOT.includes(view.held ?? ''));
  }

  /** `all`: also those that the server has. */
  async #own(words: string, all = false): Promise<FinishedSale[]> {
    const kept = await this.outbox.recent(all ? 500 : MOST_RETURNS);
    const wanted = words.toLowerCase();
    return kept
      .filter(one => one.sale.kind === 'SALE' && (all || one.place !== 'server'))
      .filter(one => wanted === '' || textOf(one).includes(wanted))
      .slice(0, MOST_FOUND);
  }
}

const textOf = (one: FinishedSale): string =>
  [one.number, one.customerName ?? '', ...one.sale.lines.map(line => line.name)].join('\n').toLowerCase();

const ofView = (view: SaleView): Found => ({
  id: view.id,
  number: view.number ?? '–',
  at: Date.parse(view.completedAt ?? ''),
  cashier: view.cashier ?? '',
  total: view.total,
  currency: view.currency,
});

const ofFinished = ({ id, number, at, cashierName, sale }: FinishedSale): Found => ({
  id,
  number,
  at,
  cashier: cashierName,
  total: sale.total,
  currency: sale.currency,
});

function told(view: SaleView): ToldSale {
  const { discount } = view;
  return {
    ...ofView(view),
    rate: view.rate ?? undefined,
    customerId: view.customerId ?? undefined,
    discount: {
      ...(discount?.amount && { amount: discount.amount }),
      ...(discount?.percent && { percent: discount.percent }),
    },
    rounding: view.rounding ?? '0.00',
    lines: view.lines.map(line => ({
      lineId: line.lineId,
      productId: line.productId,
      name: line.name ?? line.productId,
      unit: line.unit ?? undefined,
      warehouse: line.warehouse ?? view.warehouse ?? undefined,
      price: line.price,
      quantity: line.quantity,
      sum: line.sum ?? undefined,
      discount: line.discount ?? undefined,
      returnOfLine: line.returnOfLine ?? undefined,
      returnOfIndex: line.returnOfIndex ?? undefined,
    })),
    payments: (view.payments ?? []).map(paid => ({
      kind: paid.kind,
      amount: paid.amount,
      currency: paid.currency ?? view.currency,
      rate: paid.rate ?? undefined,
    })),
  };
}

function toldBy(one: FinishedSale): ToldSale {
  const { sale } = one;
  return {
    ...ofFinished(one),
    rate: sale.rate,
    customerId: sale.customerId,
    customerName: one.customerName,
    discount: sale.discount,
    rounding: sale.rounding,
    lines: sale.lines.map(line => ({ ...line, warehouse: line.warehouse ?? sale.warehouse })),
    payments: sale.payments,
  };
}
