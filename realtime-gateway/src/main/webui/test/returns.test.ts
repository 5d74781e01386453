import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finishReturn, undoReturn } from '../src/outbox/finish.ts';
import type { FinishedSale } from '../src/outbox/finished-sale.ts';
import { Outbox } from '../src/outbox/outbox.ts';
import { database } from '../src/platform/db.ts';
import { code128 } from '../src/receipt/code128.ts';
import { copyOf } from '../src/receipt/copy.ts';
import { preparedReturn } from '../src/returns/prepared.ts';
import { Receipts } from '../src/returns/receipts.ts';
import { everything, giveBack, leftOf, type SoldReceipt } from '../src/returns/returning.ts';
import { saleView } from '../src/sales/store/sale-view.ts';
import { Session } from '../src/session/session.ts';
import { aDevice, loginAnswer } from './fixtures.ts';
import { FakeServer } from './server.ts';

const ID = '0193c1e0-7b2a-7c3d-9e4f-000000000001';
const RETURNS = `POST /api/sales/${ID}/returns`;
const OF_RECEIPT = `GET /api/sales?returnOf=${ID}&status=COMPLETED&limit=200`;

const view = (change: object = {}) => ({
  id: ID,
  revision: 2,
  status: 'COMPLETED',
  kind: 'SALE',
  number: '2-000127',
  currency: 'UZS',
  rate: '1',
  cashier: 'dilnoza',
  completedAt: '2026-11-30T05:00:00Z',
  customerId: 'c-1',
  total: '27000.00',
  rounding: '0.00',
  paid: '27000.00',
  change: '0.00',
  lines: [
    {
      lineId: 'a',
      productId: 'p-1',
      name: 'Shakar',
      unit: 'kg',
      price: '10000',
      quantity: '2',
      sum: '20000.00',
      discount: '2000.00',
    },
    {
      lineId: 'b',
      productId: 'p-2',
      name: 'Non',
      price: '9000',
      quantity: '1',
      sum: '9000.00',
      discount: '0.00',
    },
  ],
  payments: [
    { kind: 'CASH', amount: '17000.00', currency: 'UZS', rate: '1' },
    { kind: 'DEBT', amount: '10000.00', currency: 'UZS', rate: '1' },
  ],
  ...change,
});
const back = (id: string, change: object = {}) => ({
  ...view(),
  id,
  kind: 'RETURN',
  returnOf: ID,
  total: '9000.00',
  lines: [
    { lineId: 'r-1', productId: 'p-1', price: '10000', quantity: '1', returnOfLine: 'a', returnOfIndex: 0 },
  ],
  payments: [{ kind: 'DEBT', amount: '9000.00', currency: 'UZS', rate: '1' }],
  ...change,
});

let server: FakeServer;
let session: Session;
let outbox: Outbox;
let receipts: Receipts;

beforeEach(async () => {
  const db = await database();
  await db.clear('values');
  await db.clear('finished');
  sessionStorage.clear();
  server = new FakeServer()
    .on('POST /api/auth/login', { body: loginAnswer() })
    .on(`GET /api/sales/${ID}`, { body: view() })
    .on(OF_RECEIPT, { body: { items: [] } })
    .on(RETURNS, { body: back('r') })
    .on('POST /api/sales/batch', call => ({
      body: (call.body as { id: string }[]).map(({ id }) => ({ id, result: 'created' })),
    }));
  session = new Session(aDevice());
  await session.logIn('dilnoza', 'parol');
  outbox = new Outbox(session, () => 'device-token');
  receipts = new Receipts(session, outbox);
});
afterEach(() => {
  outbox.close();
  session.close();
});

const prepare = (receipt: SoldReceipt, id = 'r-id') =>
  preparedReturn(receipt, giveBack(receipt, { 0: '1' }), {
    id,
    deviceId: 'd',
    cashier: 'dilnoza',
    cashierName: 'Dilnoza',
    desk: 'naqd',
    by: 'CASH',
    now: Date.parse('2026-11-30T06:00:00Z'),
  });
const read = async () => {
  const receipt = await receipts.receipt(ID);
  if (!receipt) throw new Error('no receipt');
  return receipt;
};

describe('a receipt', () => {
  it('is found by its number and tells what has come back', async () => {
    server
      .on('GET /api/sales?status=COMPLETED&limit=20&search=2-000127', {
        body: { items: [view(), back('x')] },
      })
      .on(OF_RECEIPT, { body: { items: [back('r-1'), back('r-2', { held: 'dismissed' })] } });
    expect((await receipts.find(' 2-000127 ')).found).toMatchObject([{ id: ID, number: '2-000127' }]);
    const receipt = await read();
    expect(receipt.lines.map(leftOf)).toEqual(['1', '1']);
    expect(receipt.debts).toMatchObject([{ amount: '1000.00' }]);
    expect(giveBack(receipt, everything(receipt))).toMatchObject({ due: '18000.00', money: '17000.00' });
  });
  it('that is no finished sale gives nothing back', async () => {
    server.on(`GET /api/sales/${ID}`, { body: view({ status: 'OPEN' }) });
    expect(await receipts.receipt(ID)).toBeUndefined();
    server.on(`GET /api/sales/${ID}`, { body: view({ kind: 'RETURN' }) });
    expect(await receipts.receipt(ID)).toBeUndefined();
  });
});

describe('a return', () => {
  it('goes to the server by its lines, with the payments that the page shows', async () => {
    const done = await outbox.giveBack(prepare(await read()), '2', true);
    expect(done).toMatchObject({ kind: 'finished', sale: { number: '2-000001', place: 'server' } });
    expect(server.to(RETURNS)[0]?.body).toEqual({
      id: 'r-id',
      completedAt: '2026-11-30T06:00:00.000Z',
      deviceSequence: 1,
      lines: [{ lineId: 'a', quantity: '1' }],
      payments: [{ kind: 'DEBT', amount: '9000.00', currency: 'UZS' }],
    });
  });
  it('whose answer does not come goes in the batch, the same by its lines and payments', async () => {
    server.on(RETURNS, 'no internet');
    const done = await outbox.giveBack(prepare(await read()), '2', true);
    expect(done).toMatchObject({ kind: 'finished', sale: { place: 'device' } });
    await expect.poll(() => server.to('POST /api/sales/batch').length).toBe(1);
    const [sent] = (server.to('POST /api/sales/batch')[0]?.body ?? []) as Record<string, unknown>[];
    expect(sent).toMatchObject({
      id: 'r-id',
      kind: 'RETURN',
      returnOf: ID,
      deviceSequence: 1,
      total: '9000.00',
      rounding: '0.00',
      lines: [{ lineId: 'r-1', productId: 'p-1', price: '10000', quantity: '1', returnOfLine: 'a' }],
      payments: [{ kind: 'DEBT', amount: '9000.00', currency: 'UZS' }],
    });
  });
  it('that is refused never was, and its number goes to the next receipt', async () => {
    const receipt = await read();
    server.on(RETURNS, {
      status: 422,
      body: { type: '/problems/rule-return', status: 422, detail: 'exceeds' },
    });
    expect(await outbox.giveBack(prepare(receipt), '2', true)).toEqual({
      kind: 'refused',
      reason: 'exceeds',
    });
    expect(await outbox.recent()).toEqual([]);
    server.on(RETURNS, { body: back('r') });
    const next = await outbox.giveBack(prepare(receipt, 'r-2'), '2', true);
    expect(next).toMatchObject({ sale: { number: '2-000001' } });
    const [one, other] = [
      await finishReturn(prepare(receipt, 'r-3'), '2'),
      await finishReturn(prepare(receipt, 'r-4'), '2'),
    ];
    expect([one.number, other.number]).toEqual(['2-000002', '2-000003']);
    await Promise.all([undoReturn(one), undoReturn(other)]);
    const again = [
      await finishReturn(prepare(receipt, 'r-5'), '2'),
      await finishReturn(prepare(receipt, 'r-6'), '2'),
    ];
    expect(new Set(again.map(sale => sale.number))).toEqual(new Set(['2-000002', '2-000003']));
    expect((await finishReturn(prepare(receipt, 'r-7'), '2')).number).toBe('2-000004');
  });
  it('without internet is held to the receipt that this till keeps', async () => {
    const sale: FinishedSale = {
      id: ID,
      at: 5,
      place: 'server',
      number: '2-000127',
      change: '0.00',
      discountTotal: '0.00',
      cashierName: 'Dilnoza',
      printed: true,
      sale: {
        id: ID,
        kind: 'SALE',
        currency: 'UZS',
        rounding: '0.00',
        total: '20000.00',
        cashier: 'dilnoza',
        deviceId: 'd',
        completedAt: '2026-11-30T05:00:00Z',
        deviceSequence: 127,
        lines: [{ lineId: 'a', productId: 'p-1', name: 'Shakar', price: '10000', quantity: '2' }],
        payments: [{ kind: 'CASH', amount: '20000.00', currency: 'UZS' }],
      },
    };
    await (await database()).put('finished', sale);
    server
      .on(`GET /api/sales/${ID}`, 'no internet')
      .on('GET /api/sales?status=COMPLETED&limit=20&search=shakar', 'no internet');
    expect(await receipts.find('shakar')).toMatchObject({ offline: true, found: [{ id: ID }] });
    const first = await read();
    await finishReturn(prepare(first), '2');
    expect((await read()).lines.map(leftOf)).toEqual(['1']);
    expect(giveBack(await read(), { 0: '5' })).toMatchObject({ money: '10000.00' });
  });
});

describe('the bars of a receipt', () => {
  it('are those of Code 128 B', () => {
    const widths = code128('2-000127');
    // Start, eight signs, check, stop: 11 modules each, the stop 13.
    expect(widths.reduce((sum, width) => sum + width, 0)).toBe(10 * 11 + 13);
    expect(widths.slice(0, 6)).toEqual([2, 1, 1, 2, 1, 4]);
    expect(widths.slice(-7)).toEqual([2, 3, 3, 1, 1, 1, 2]);
    // The known example of the standard's check: "A" has value 33, (104 + 33) mod 103 = 34.
    expect(code128('A').slice(12, 18)).toEqual([1, 3, 1, 1, 2, 3]);
    expect(code128('чек')).toEqual([]);
  });
});

describe('a copy of a receipt of another till', () => {
  it('says what the server tells of it', () => {
    const told = saleView(
      view({ change: '500.00', totalDiscount: '2000.00', fiscal: { qr: 'https://soliq' } }),
    );
    if (!told) throw new Error('not read');
    expect(copyOf(told, 'Aziz aka')).toMatchObject({
      number: '2-000127',
      change: '500.00',
      discountTotal: '2000.00',
      lineSums: ['20000.00', '9000.00'],
      customerName: 'Aziz aka',
      fiscalQr: 'https://soliq',
      sale: { kind: 'SALE', total: '27000.00', payments: [{ kind: 'CASH' }, { kind: 'DEBT' }] },
    });
  });
});
