import { array, exactOptional, type InferOutput, object, picklist, string, unknown } from 'valibot';
import { checked, checkedEach } from '../platform/border.ts';
import { database } from '../platform/db.ts';
import type { Sales } from '../platform/http/api.ts';
import { Problem } from '../platform/http/failure.ts';
import type { Requests } from '../platform/http/request.ts';
import { Store } from '../platform/store.ts';
import { decimalText } from '../platform/validate.ts';
import { WindowChannel, withLock } from '../platform/windows.ts';
import { plus } from '../sales/domain/decimal.ts';
import type { Customer } from './customer.ts';

export const repaymentSchema = object({
  id: string(),
  customerId: string(),
  customerName: string(),
  kind: picklist(['CASH', 'CARD']),
  amount: decimalText,
  currency: string(),
  at: string(),
  /** Why the server did not take it: somebody must look at it, since the money is in the drawer. */
  refusal: exactOptional(string()),
});
const keptSchema = array(repaymentSchema);

/** A debt paid back while the server was away; the same payment by its id, however often it is sent. */
export type Repayment = InferOutput<typeof keptSchema>[number];

const KEPT_AS = 'repayments';
/** What the server answers when it will never take it. */
const FOR_GOOD = [400, 404, 409, 422];

/** Debts paid back at this till that the server does not have yet. None is ever dropped: one that is refused stays and is told. */
export class Repayments {
  readonly waiting = new Store<readonly Repayment[]>([]);
  readonly #windows = new WindowChannel('repayments', string());

  constructor(
    private readonly server: Requests,
    /** The customer as the server has them after a payment. */
    private readonly onCustomer: (data: unknown) => Promise<void>,
  ) {
    this.#windows.listen(() => void this.open());
  }

  async open(): Promise<void> {
    this.waiting.set(await this.#kept());
  }

  close(): void {
    this.#windows.close();
  }

  /** Durable before anybody is told that the money was taken. */
  async keep(repayment: Repayment): Promise<void> {
    await this.#change(kept => [...kept, repayment]);
  }

  /** Takes over those of another till; one that is known here already stays as it is. */
  async take(others: readonly Repayment[]): Promise<void> {
    await this.#change(kept => [
      ...kept,
      ...others.filter(other => !kept.some(one => one.id === other.id)).map(({ refusal: _, ...one }) => one),
    ]);
  }

  /** Brings the server what it does not have; one window at a time. @throws when it is away */
  send(): Promise<void> {
    return withLock('repayments', async () => {
      for (const one of await this.#kept()) if (one.refusal === undefined) await this.#sendOne(one);
    });
  }

  async #sendOne({ id, customerId, kind, amount, currency, at }: Repayment): Promise<void> {
    try {
      const { data } = await this.server.request(`/api/customers/${customerId}/payments`, {
        method: 'POST',
        headers: { 'X-Client-Time': new Date().toISOString() },
        body: { id, kind, amount, currency, at } satisfies Sales<'NewRepayment'>,
        answer: unknown(),
      });
      await this.onCustomer(data);
      await this.#change(kept => kept.filter(one => one.id !== id));
    } catch (failure) {
      if (!(failure instanceof Problem) || !FOR_GOOD.includes(failure.status)) throw failure;
      await this.#change(kept =>
        kept.map(one => (one.id === id ? { ...one, refusal: failure.detail } : one)),
      );
    }
  }

  async #kept(): Promise<Repayment[]> {
    return repaymentsIn(await (await database()).get('values', KEPT_AS));
  }

  async #change(change: (kept: Repayment[]) => Repayment[]): Promise<void> {
    const transaction = (await database()).transaction('values', 'readwrite', { durability: 'strict' });
    const next = change(repaymentsIn(await transaction.store.get(KEPT_AS)));
    await transaction.store.put(next, KEPT_AS);
    await transaction.done;
    this.waiting.set(next);
    this.#windows.tell('changed');
  }
}

/** @throws when it cannot be read: what was taken must not be written over */
function repaymentsIn(value: unknown): Repayment[] {
  if (value === undefined) return [];
  const kept = checked(keptSchema, value, 'storage', KEPT_AS);
  if (!kept) throw new Error('the repayments of this till cannot be read');
  return kept;
}

/** Those of this till that can be read, for the rescue file. */
export async function readableRepayments(): Promise<Repayment[]> {
  const kept: unknown = await (await database()).get('values', KEPT_AS);
  return checkedEach(repaymentSchema, Array.isArray(kept) ? kept : [], 'storage', KEPT_AS);
}

/** How many debts paid back only this device knows of. */
export async function unsentRepayments(): Promise<number> {
  return repaymentsIn(await (await database()).get('values', KEPT_AS)).length;
}

/** What a customer owes once the payments kept here count. */
export function withRepayments(customer: Customer, waiting: readonly Repayment[]): Customer {
  const own = waiting.filter(one => one.customerId === customer.id);
  if (own.length === 0) return customer;
  const balances = customer.balances.map(({ currency, amount }) => {
    const paid = own.filter(one => one.currency === currency);
    return { currency, amount: paid.reduce((sum, one) => plus(sum, one.amount), amount) };
  });
  return { ...customer, balances };
}
