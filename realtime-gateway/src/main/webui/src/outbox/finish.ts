import type { IDBPObjectStore } from 'idb';
import { array, integer, minValue, number, parse, pipe } from 'valibot';
import type { Approval } from '../approval/approval.ts';
import { checked } from '../platform/border.ts';
import { database, type TillSchema } from '../platform/db.ts';
import { settle, sums } from '../sales/domain/arithmetic.ts';
import { type Payment, paymentsOf, reckon } from '../sales/domain/payment.ts';
import { keptOpenSale, type OpenSale } from '../sales/store/open-sale.ts';
import { bodyOf } from '../sales/store/sale-view.ts';
import type { FinishedSale, SoldSale } from './finished-sale.ts';

export interface Till {
  deviceId: string;
  code: string;
  cashier: string;
  cashierName: string;
  desks: { CASH?: string | undefined; CARD?: string | undefined };
  /** The cash rounding of the sale's currency. */
  step: string | undefined;
  /** What a manager has allowed in this sale, if it needs it. */
  approval?: Approval | undefined;
  /** Receipts are held against the clock of the server as far as it is known; milliseconds. */
  now: number;
}

const SEQUENCE = 'sequence';
/** Numbers whose returns were refused: the next receipts have them, so that none is missing. */
const SPARE = 'spare-sequences';

/**
 * Finishes a sale on this device, in one durable transaction: it takes the next number, goes to the outbox, and is no open
 * sale any more. Power may fail at any moment: the sale is either open or finished, never both or neither.
 *
 * @throws Error when another window has finished or deleted it
 */
export async function finishSale(id: string, till: Till): Promise<FinishedSale> {
  const transaction = (await database()).transaction(['sales', 'finished', 'values'], 'readwrite', {
    durability: 'strict',
  });
  const open = keptOpenSale(await transaction.objectStore('sales').get(id));
  if (!open) {
    await transaction.done;
    throw new Error('the sale is not open any more');
  }
  const sequence = open.sequence ?? (await nextNumber(transaction.objectStore('values')));
  const finished = finishedSale(open, sequence, till);
  await transaction.objectStore('finished').put(finished);
  await transaction.objectStore('sales').delete(id);
  await transaction.done;
  return finished;
}

/** What of a return is known before it has its number. */
export type PreparedReturn = Omit<FinishedSale, 'number' | 'sale'> & {
  sale: Omit<FinishedSale['sale'], 'deviceSequence'>;
};

/** Finishes a return on this device, in one durable transaction with its number. */
export async function finishReturn(prepared: PreparedReturn, code: string): Promise<FinishedSale> {
  const transaction = (await database()).transaction(['finished', 'values'], 'readwrite', {
    durability: 'strict',
  });
  const sequence = await nextNumber(transaction.objectStore('values'));
  const sale = { ...prepared.sale, deviceSequence: sequence };
  const finished = { ...prepared, sale, number: numberOf(code, sequence) };
  await transaction.objectStore('finished').put(finished);
  await transaction.done;
  return finished;
}

/** The server refused a return before anything was given back: it never was, and its number goes to the next receipt. */
export async function undoReturn({ id, sale }: FinishedSale): Promise<void> {
  const transaction = (await database()).transaction(['finished', 'values'], 'readwrite', {
    durability: 'strict',
  });
  await transaction.objectStore('finished').delete(id);
  const values = transaction.objectStore('values');
  const spare = spareOf(await values.get(SPARE));
  await values.put([...spare, sale.deviceSequence], SPARE);
  await transaction.done;
}

const sequenceSchema = pipe(number(), integer(), minValue(1));

/** @throws when the counter cannot be read: a number that was given before must not be given again */
const usedOf = (value: unknown): number => (value === undefined ? 0 : parse(sequenceSchema, value));

const spareOf = (value: unknown): number[] =>
  value === undefined ? [] : (checked(array(sequenceSchema), value, 'storage', SPARE) ?? []);

type Values = IDBPObjectStore<TillSchema, ('sales' | 'finished' | 'values')[], 'values', 'readwrite'>;
type ReadableValues = IDBPObjectStore<TillSchema, ('sales' | 'finished' | 'values')[], 'values', 'readonly'>;

/** The highest number given (0: none), and those that the next receipts will have. */
export async function keptNumbers(values: ReadableValues): Promise<{ last: number; spare: number[] }> {
  const [last, spare] = await Promise.all([values.get(SEQUENCE), values.get(SPARE)]);
  return { last: usedOf(last), spare: spareOf(spare) };
}

/** Forgets an open sale. A number that it kept goes to the next receipt, so that none is missing. */
export async function forgetOpenSale(id: string): Promise<void> {
  const transaction = (await database()).transaction(['sales', 'values'], 'readwrite');
  const sales = transaction.objectStore('sales');
  const sequence = keptOpenSale(await sales.get(id))?.sequence;
  await sales.delete(id);
  if (sequence !== undefined) {
    const values = transaction.objectStore('values');
    await values.put([...spareOf(await values.get(SPARE)), sequence], SPARE);
  }
  await transaction.done;
}

async function nextNumber(values: Values): Promise<number> {
  const [spare, ...others] = spareOf(await values.get(SPARE));
  if (spare !== undefined) {
    await values.put(others, SPARE);
    return spare;
  }
  const last = usedOf(await values.get(SEQUENCE));
  await values.put(last + 1, SEQUENCE);
  return last + 1;
}

/** The server refused the completion before anything was given away: the sale is open again and keeps its number. */
export async function reopenSale(finished: FinishedSale, refusal: string): Promise<OpenSale | undefined> {
  const { before, sale } = finished;
  if (!before) return undefined;
  const open = { ...before, sequence: sale.deviceSequence, refusal, paying: true };
  const transaction = (await database()).transaction(['sales', 'finished'], 'readwrite', {
    durability: 'strict',
  });
  await transaction.objectStore('sales').put(open);
  await transaction.objectStore('finished').delete(finished.id);
  await transaction.done;
  return open;
}

function finishedSale(open: OpenSale, sequence: number, till: Till): FinishedSale {
  const { content, payment } = open;
  const { discount, total } = sums(content.lines, content.discount ?? {});
  const reckoned = reckon(total, payment, till.step);
  const payments = paymentsOf(payment, content.currency, till.desks);
  const sale: SoldSale = {
    ...(bodyOf(content) as Pick<SoldSale, 'currency' | 'lines'>),
    id: open.id,
    kind: 'SALE',
    rounding: reckoned.rounding,
    total,
    cashier: till.cashier,
    deviceId: till.deviceId,
    completedAt: new Date(till.now).toISOString(),
    deviceSequence: sequence,
    payments,
    ...(till.approval && { approvedBy: till.approval.approvedBy }),
    ...(till.approval?.token && { approval: till.approval.token }),
  };
  return {
    id: open.id,
    at: till.now,
    place: 'sending',
    number: numberOf(till.code, sequence),
    sale,
    change: changeOf(total, reckoned.rounding, payments),
    discountTotal: discount,
    ...(content.customerName && { customerName: content.customerName }),
    cashierName: till.cashierName,
    printed: false,
    before: open,
  };
}

const changeOf = (total: string, rounding: string, payments: readonly Payment[]): string =>
  settle(
    total,
    rounding,
    '1',
    payments.map(paid => ({ ...paid, rate: '1' })),
  ).change;

export const numberOf = (code: string, sequence: number): string =>
  `${code}-${String(sequence).padStart(6, '0')}`;
