import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { covers, exceeds } from '../src/approval/approval.ts';
import { Outbox } from '../src/outbox/outbox.ts';
import { database } from '../src/platform/db.ts';
import {
  askedFor,
  countedLines,
  type FreeLines,
  paidOut,
  preparedFreely,
  withLine,
  withProduct,
} from '../src/returns/freely.ts';
import { compare, minus, plus, product } from '../src/sales/domain/decimal.ts';
import type { SaleLine } from '../src/sales/domain/sale.ts';
import { Session } from '../src/session/session.ts';
import { aDevice, loginAnswer } from './fixtures.ts';
import { FakeServer } from './server.ts';

const ID = '0193c1e0-7b2a-7c3d-9e4f-00000000000f';
const PUT = `PUT /api/sales/${ID}`;
const COMPLETION = `POST /api/sales/${ID}/completion`;

const line = (change: Partial<SaleLine> = {}): SaleLine => ({
  lineId: 'l-1',
  productId: 'p-1',
  name: 'Shakar',
  price: '12500.00',
  quantity: '1',
  ...change,
});
const who = (change: object = {}) => ({
  id: ID,
  deviceId: 'd-1',
  cashier: 'dilnoza',
  cashierName: 'Dilnoza',
  desks: { CASH: 'naqd' },
  by: 'CASH' as const,
  step: '100',
  approval: undefined,
  terms: { currency: 'UZS', warehouse: 'asosiy' },
  now: Date.parse('2026-11-30T06:00:00Z'),
  ...change,
});

describe('goods without a receipt', () => {
  it('raise their line when they come again, but not one whose price was set by hand', () => {
    const twice = withProduct(withProduct([], line()), line({ lineId: 'l-2' }));
    expect(twice).toEqual([line({ quantity: '2' })]);
    const own = withLine(twice, 'l-1', { price: '11000' });
    expect(withProduct(own, line({ lineId: 'l-2' }))).toHaveLength(2);
  });
  it('need a manager, and a right to the price only when it is another', () => {
    expect(askedFor([line()])).toEqual({ returnWithoutReceipt: true });
    const own = withLine([line()], 'l-1', { price: '11000' });
    expect(askedFor(own)).toEqual({ returnWithoutReceipt: true, price: true });
    expect(askedFor(withLine(own, 'l-1', { price: '12500' }))).toEqual({ returnWithoutReceipt: true });
  });
  it('count only with a quantity and a price', () => {
    const lines: FreeLines = [
      line(),
      line({ lineId: 'b', quantity: '' }),
      line({ lineId: 'c', price: '' }),
      line({ lineId: 'd', quantity: '0' }),
    ];
    expect(countedLines(lines)).toHaveLength(1);
  });
  it('give out their sum, rounded only in cash: total + rounding is what is paid', () => {
    const price = fc.integer({ min: 0, max: 9_999_999 }).map(cents => (cents / 100).toFixed(2));
    const quantity = fc.integer({ min: 1, max: 9_999 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.tuple(price, quantity), { minLength: 1, maxLength: 8 }), pairs => {
        const lines = pairs.map(([of, much], index) =>
          line({ lineId: `l-${index}`, price: of, quantity: much }),
        );
        const total = pairs.reduce((sum, [of, much]) => plus(sum, product(of, much)), '0.00');
        for (const by of ['CASH', 'CARD'] as const) {
          const { sale } = preparedFreely(lines, who({ by }));
          const paid = sale.payments.reduce((sum, one) => plus(sum, one.amount), '0.00');
          expect(compare(sale.total, total)).toBe(0);
          expect(compare(paid, plus(sale.total, sale.rounding))).toBe(0);
          if (by === 'CARD') expect(compare(sale.rounding, '0')).toBe(0);
          const { due } = paidOut(lines, by, '100');
          expect(compare(minus(due, paid), '0')).toBe(0);
        }
      }),
    );
  });
  it("are a manager's word, never a right that the cashier has", () => {
    const asked = { returnWithoutReceipt: true as const };
    expect(exceeds(asked, {})).toBeUndefined();
    const given = { approvedBy: 'm', name: 'M', asked, token: 't', expiresAt: Date.now() + 900_000 };
    expect(covers(given, { price: true }, true, Date.now())).toBe(false);
  });
});

describe('a return without a receipt', () => {
  let server: FakeServer;
  let session: Session;
  let outbox: Outbox;

  beforeEach(async () => {
    const db = await database();
    await db.clear('values');
    await db.clear('finished');
    sessionStorage.clear();
    server = new FakeServer()
      .on('POST /api/auth/login', { body: loginAnswer() })
      .on(PUT, { body: { id: ID, revision: 1 } })
      .on(COMPLETION, { body: {} });
    session = new Session(aDevice());
    await session.logIn('dilnoza', 'parol');
    outbox = new Outbox(session, () => 'device-token');
  });
  afterEach(() => {
    outbox.close();
    session.close();
  });

  it('is written as a sale of its kind and completed, with the proof of the manager', async () => {
    const approval = {
      approvedBy: 'malika',
      name: 'Malika',
      asked: { returnWithoutReceipt: true as const },
      token: 'proof',
      expiresAt: Date.now() + 900_000,
    };
    const done = await outbox.giveBack(preparedFreely([line()], who({ approval })), '2', true);
    expect(done).toMatchObject({ kind: 'finished', sale: { number: '2-000001', place: 'server' } });
    expect(server.to(PUT)[0]?.body).toMatchObject({ revision: 0, kind: 'RETURN', approval: 'proof' });
    expect(server.to(PUT)[0]?.body).not.toHaveProperty('returnOf');
    expect(server.to(COMPLETION)[0]?.body).toMatchObject({
      revision: 1,
      total: '12500.00',
      deviceSequence: 1,
      approval: 'proof',
      payments: [{ kind: 'CASH', amount: '12500.00', currency: 'UZS', cashDesk: 'naqd' }],
    });
  });
  it.each([PUT, COMPLETION])(
    'refused at %s never was: nothing stays open, its number is free',
    async route => {
      server
        .problem(route, 422, 'rule-return-without-receipt')
        .on(`DELETE /api/sales/${ID}`, { status: 204 });
      const done = await outbox.giveBack(preparedFreely([line()], who()), '2', true);
      expect(done.kind).toBe('refused');
      expect(await outbox.unsent()).toEqual([]);
      expect(server.to(`DELETE /api/sales/${ID}`)).toHaveLength(1);
      server.on(route, { body: { id: ID, revision: 1 } });
      const again = await outbox.giveBack(preparedFreely([line()], who()), '2', true);
      expect(again).toMatchObject({ kind: 'finished', sale: { number: '2-000001' } });
    },
  );
  it('without the server stays here and goes in the batch, named by its manager', async () => {
    const approval = {
      approvedBy: 'malika',
      name: 'Malika',
      asked: { returnWithoutReceipt: true as const },
      expiresAt: Date.now() + 900_000,
    };
    server.on('POST /api/sales/batch', call => ({
      body: (call.body as { id: string }[]).map(({ id }) => ({ id, result: 'created' })),
    }));
    await outbox.giveBack(preparedFreely([line()], who({ approval })), '2', false);
    await expect.poll(() => server.to('POST /api/sales/batch').length).toBe(1);
    expect(server.to('POST /api/sales/batch')[0]?.body).toMatchObject([
      { kind: 'RETURN', approvedBy: 'malika' },
    ]);
  });
});
