import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishSale } from '../src/outbox/finish.ts';
import { Outbox } from '../src/outbox/outbox.ts';
import { database } from '../src/platform/db.ts';
import { settle } from '../src/sales/domain/arithmetic.ts';
import { compare, minus, plus, typed } from '../src/sales/domain/decimal.ts';
import {
  cashBreach,
  NO_PAYMENT,
  orExactCash,
  paymentsOf,
  reckon,
  usualNotes,
} from '../src/sales/domain/payment.ts';
import { apply, applyAll, type Change, type SaleContent, type SaleLine } from '../src/sales/domain/sale.ts';
import { OpenSales } from '../src/sales/store/open-sales.ts';
import type { Session } from '../src/session/session.ts';
import { Session as RealSession } from '../src/session/session.ts';
import { aDevice, loginAnswer } from './fixtures.ts';
import { type Call, FakeServer } from './server.ts';

const line = (change: Partial<SaleLine> = {}): SaleLine => ({
  lineId: 'l-1',
  productId: 'p-1',
  name: 'Shakar',
  price: '12500.00',
  quantity: '1',
  ...change,
});
const empty: SaleContent = { currency: 'UZS', lines: [] };
const add = (change: Partial<SaleLine> = {}, merge = true): Change => ({
  kind: 'add',
  line: line(change),
  merge,
});

describe('numbers as people type them', () => {
  it('have a comma or a point, and spaces', () => {
    expect(typed('12 500,5', 2)).toBe('12500.5');
    expect(typed('007', 2)).toBe('7');
    expect(typed('1.234', 2)).toBeUndefined();
    expect(typed('1e7', 2)).toBeUndefined();
  });
});

describe('changes of a sale', () => {
  it('raise the line of the same product at the same price', () => {
    const twice = applyAll(empty, [add(), add({ lineId: 'l-2', price: '12500' })]);
    expect(twice.lines).toEqual([line({ quantity: '2' })]);
  });
  it('begin a line of its own at another price', () => {
    expect(applyAll(empty, [add(), add({ lineId: 'l-2', price: '13000.00' })]).lines).toHaveLength(2);
  });
  it('raise a line that another till left without its warehouse', () => {
    const sale = { ...empty, warehouse: 'asosiy' };
    const twice = applyAll(sale, [add(), add({ lineId: 'l-2', warehouse: 'asosiy' })]);
    expect(twice.lines).toEqual([line({ quantity: '2' })]);
  });
  it('take a line out when nothing of it is left', () => {
    expect(applyAll(empty, [add(), { kind: 'step', lineId: 'l-1', by: '-1' }]).lines).toEqual([]);
  });
  it('do nothing twice when an answer was lost', () => {
    const once = apply(empty, add({}, false));
    expect(apply(once, add({}, false))).toEqual(once);
  });
  it('applied to what another till wrote lose no scan of either', () => {
    const scans = fc.array(fc.constantFrom('p-1', 'p-2', 'p-3'), { maxLength: 10 });
    fc.assert(
      fc.property(scans, scans, (ours, theirs) => {
        const changes = (ids: string[], who: string) =>
          ids.map((productId, index) => add({ productId, lineId: `${who}${index}` }));
        const both = applyAll(applyAll(empty, changes(theirs, 't')), changes(ours, 'o'));
        const total = both.lines.reduce((sum, one) => sum + Number(one.quantity), 0);
        expect(total).toBe(ours.length + theirs.length);
      }),
    );
  });
});

describe('a payment', () => {
  it('in cash is rounded to the step of what is left', () => {
    expect(reckon('17812.50', { ...NO_PAYMENT, cash: '20000' }, '100')).toMatchObject({
      rounding: '-12.50',
      change: '2200.00',
      complete: true,
    });
  });
  it('by card is not rounded', () => {
    expect(reckon('17812.50', { ...NO_PAYMENT, card: '17812.50' }, '100')).toMatchObject({
      rounding: '0.00',
      complete: true,
    });
  });
  it('in cash to the cent stays exact', () => {
    expect(reckon('17812.50', { ...NO_PAYMENT, cash: '17812.50' }, '100')).toMatchObject({
      rounding: '0.00',
      complete: true,
    });
  });
  it('with nothing entered is the exact sum in cash', () => {
    expect(orExactCash(NO_PAYMENT, '17812.50', '100').cash).toBe('17800.00');
  });
  it('of less than half a step is to the cent, and complete', () => {
    const draft = orExactCash(NO_PAYMENT, '30.00', '100');
    expect(draft.cash).toBe('30.00');
    expect(reckon('30.00', draft, '100')).toMatchObject({ complete: true, rounding: '0.00' });
  });
  it('in cash is not for what the law forbids, nor above the limit', () => {
    const cash = reckon('17800.00', { ...NO_PAYMENT, cash: '20000' }, '100');
    expect(cashBreach(cash, { forbiddenFor: [] })).toBeUndefined();
    expect(cashBreach(cash, { forbiddenFor: ['Vino'] })).toBe('forbidden');
    // What counts is what stays here, not what was handed over.
    expect(cashBreach(cash, { forbiddenFor: [], limit: '17800' })).toBeUndefined();
    expect(cashBreach(cash, { forbiddenFor: [], limit: '17799.99' })).toBe('limit');
    const card = reckon('17800.00', { ...NO_PAYMENT, card: '17800' }, '100');
    expect(cashBreach(card, { forbiddenFor: ['Vino'], limit: '1' })).toBeUndefined();
  });
  it('with nothing entered is by card where cash is not allowed', () => {
    const rule = { forbiddenFor: ['Vino'] };
    expect(orExactCash(NO_PAYMENT, '17812.50', '100', rule)).toMatchObject({ cash: '', card: '17812.50' });
    expect(orExactCash(NO_PAYMENT, '0.00', '100', rule)).toMatchObject({ card: '' });
  });
  it('offers what people hand over', () => {
    expect(usualNotes('166910.00', 'UZS')).toEqual(['170000', '200000', '500000']);
    expect(usualNotes('3200.00', 'UZS')).toEqual(['5000', '10000', '50000']);
    expect(usualNotes('60500.00', 'UZS')).toEqual(['70000', '100000', '200000']);
  });
  it('keeps cash + card + debt - change = total + rounding', () => {
    const sum = fc
      .bigInt({ min: 0n, max: 10n ** 12n })
      .map(value => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        sum,
        sum,
        sum,
        sum,
        fc.constantFrom('1', '50', '100', '500', undefined),
        (total, cash, card, debt, step) => {
          const found = reckon(total, { cash, card, debt }, step);
          if (!found.complete) return;
          const left = minus(plus(plus(found.cash, found.card), found.debt), found.change);
          expect(compare(left, plus(total, found.rounding))).toBe(0);
          const payments = paymentsOf({ cash, card, debt }, 'UZS', {}).map(one => ({ ...one, rate: '1' }));
          expect(settle(total, found.rounding, '1', payments)).toMatchObject({
            missing: '0.00',
            excess: '0.00',
          });
        },
      ),
    );
  });
});

/** A sales-service of one sale: revisions as domain.md says. */
class FakeSales {
  readonly sales = new Map<string, Record<string, unknown> & { revision: number }>();
  readonly batches: Record<string, unknown>[][] = [];
  away = false;
  refusal: string | undefined;
  unreadable: number | undefined;
  /** Numbers of sales that the server has with another content. */
  readonly conflicts: unknown[] = [];

  constructor(server: FakeServer) {
    const respond = (call: Call) => this.answer(call);
    vi.stubGlobal('fetch', async (path: string, options: RequestInit = {}) => {
      if (!path.startsWith('/api/sales')) return server.fetch(path, options);
      const call: Call = {
        method: options.method ?? 'GET',
        path,
        headers: (options.headers ?? {}) as Record<string, string>,
        body: options.body === undefined ? undefined : JSON.parse(String(options.body)),
      };
      await Promise.resolve();
      if (this.away) throw new TypeError('Failed to fetch');
      const { status, body } = respond(call);
      return new Response(JSON.stringify(body), { status });
    });
  }

  view(id: string) {
    return { status: 'OPEN', total: '0.00', ...this.sales.get(id), id };
  }

  answer({ method, path, body }: Call): { status: number; body: unknown } {
    const id = path.split('/')[3] ?? '';
    const sent = body as Record<string, unknown> & { revision: number };
    if (path === '/api/sales/batch') {
      const batch = body as Record<string, unknown>[];
      if (batch.some(one => one.deviceSequence === this.unreadable)) return { status: 400, body: {} };
      this.batches.push(batch);
      const conflict = { result: 'conflict', problem: 'Another content is stored under this id.' };
      return {
        status: 200,
        body: batch.map(one => ({
          id: one.id,
          ...(this.conflicts.includes(one.deviceSequence) ? conflict : { result: 'created' }),
        })),
      };
    }
    if (path.endsWith('/completion')) {
      if (this.refusal)
        return { status: 422, body: { type: '/problems/rule', status: 422, detail: this.refusal } };
      return { status: 200, body: { ...this.view(id), status: 'COMPLETED' } };
    }
    const now = this.sales.get(id)?.revision ?? 0;
    if (method === 'GET') return { status: 200, body: this.view(id) };
    if (sent.revision !== now) return { status: 409, body: { type: '/problems/revision', status: 409 } };
    this.sales.set(id, { ...sent, revision: now + 1 });
    return { status: 200, body: this.view(id) };
  }

  lines(id: string): SaleLine[] {
    return (this.sales.get(id)?.lines ?? []) as SaleLine[];
  }
}

describe('open and finished sales', () => {
  let fake: FakeSales;
  let session: Session;
  let sales: OpenSales;
  let outbox: Outbox;
  const till = () => ({
    deviceId: 'd-1',
    code: '2',
    cashier: 'dilnoza',
    cashierName: 'Dilnoza',
    desks: {},
    step: '100',
    now: Date.now(),
  });
  const openSales = (storage: Storage = sessionStorage) =>
    new OpenSales(
      session,
      () => ({ currency: 'UZS' }),
      { follow: () => () => undefined },
      () => undefined,
      storage,
    );
  const until = (condition: () => boolean | Promise<boolean>) =>
    vi.waitFor(async () => expect(await condition()).toBe(true), 20_000);

  beforeEach(async () => {
    const db = await database();
    for (const store of ['sales', 'finished', 'values'] as const) await db.clear(store);
    sessionStorage.clear();
    localStorage.clear();
    const server = new FakeServer().on('POST /api/auth/login', { body: loginAnswer() });
    session = new RealSession(aDevice());
    await session.logIn('dilnoza', 'parol');
    fake = new FakeSales(server);
    sales = openSales();
    outbox = new Outbox(session, () => 'device-token');
    await sales.open();
  });
  afterEach(() => {
    sales.close();
    outbox.close();
    session.close();
  });

  it('tell the server what was scanned in a quarter of a second by one PUT', async () => {
    const { current } = sales.state.get();
    for (const number of [1, 2, 3, 4, 5])
      await sales.change(add({ lineId: `l-${number}`, productId: `p-${number}` }));
    expect(sales.current?.content.lines).toHaveLength(5);
    await until(() => sales.current?.revision === 1);
    expect(fake.lines(current)).toHaveLength(5);
    expect(sales.current?.pending).toEqual([]);
  });
  it('are drawn again only where something changed: a line that is as before is the same object', async () => {
    await sales.change(add());
    await until(() => sales.current?.revision === 1);
    const first = sales.current?.content.lines[0];
    await sales.change(add({ lineId: 'l-2', productId: 'p-2' }));
    await until(() => sales.current?.revision === 2);
    expect(sales.current?.content.lines).toHaveLength(2);
    expect(sales.current?.content.lines[0]).toBe(first);
  });
  it('lose no scan when another till wrote meanwhile', async () => {
    const { current } = sales.state.get();
    await sales.change(add());
    await until(() => fake.lines(current).length === 1);
    const stored = fake.sales.get(current);
    if (stored)
      fake.sales.set(current, {
        ...stored,
        revision: 7,
        lines: [...fake.lines(current), line({ lineId: 't-1', productId: 'p-9' })],
      });
    await sales.change(add({ lineId: 'l-3', productId: 'p-3' }));
    await until(() => fake.lines(current).length === 3);
    expect(sales.current?.content.lines.map(one => one.productId)).toEqual(['p-1', 'p-9', 'p-3']);
  });
  it('survive a restart of the till, with the dialog that was open', async () => {
    fake.away = true;
    await sales.change(add());
    await sales.pay({ cash: '20000' });
    await sales.setPaying(true);
    const again = openSales();
    await again.open();
    expect(again.current).toMatchObject({ paying: true, payment: { cash: '20000' } });
    expect(again.current?.content.lines).toHaveLength(1);
    again.close();
  });
  it('are the same in two windows', async () => {
    fake.away = true;
    const { current } = sales.state.get();
    const other = openSales();
    await other.open();
    await Promise.all([sales.change(add(), current), other.change(add({ lineId: 'l-2' }), current)]);
    await until(() => other.get(current)?.content.lines[0]?.quantity === '2');
    await until(() => sales.get(current)?.content.lines[0]?.quantity === '2');
    other.close();
  });
  it('finish on the server when it answers', async () => {
    await sales.change(add());
    await sales.pay({ cash: '20000' });
    const done = await outbox.finish(sales.state.get().current, till(), true);
    expect(done).toMatchObject({
      kind: 'finished',
      where: 'server',
      sale: { number: '2-000001', change: '7500.00' },
    });
    expect(fake.batches).toEqual([]);
  });
  it('finish on this device when the server is away, and go once', async () => {
    fake.away = true;
    await sales.change(add());
    await sales.pay({ card: '12500' });
    const done = await outbox.finish(sales.state.get().current, till(), true);
    expect(done).toMatchObject({ where: 'device' });
    fake.away = false;
    outbox.wake();
    await until(async () => fake.batches.length > 0 && (await outbox.unsent()).length === 0);
    expect(fake.batches.flat()).toMatchObject([
      { deviceSequence: 1, total: '12500.00', payments: [{ kind: 'CARD', amount: '12500.00' }] },
    ]);
  });
  it('come back open with their number when a rule refuses them', async () => {
    fake.refusal = 'exceeds your limit';
    await sales.change(add());
    const id = sales.state.get().current;
    const done = await outbox.finish(id, till(), true);
    expect(done).toMatchObject({ kind: 'refused', reason: 'exceeds your limit' });
    if (done.kind === 'refused') await sales.restored(done.open);
    fake.refusal = undefined;
    expect(await outbox.finish(id, till(), true)).toMatchObject({ sale: { number: '2-000001' } });
  });
  it('take one number after the other, each once', async () => {
    fake.away = true;
    const numbers: string[] = [];
    for (let index = 0; index < 5; index++) {
      await sales.create();
      await sales.change(add());
      const { current } = sales.state.get();
      numbers.push((await finishSale(current, till())).number);
      await sales.gone(current);
    }
    expect(numbers).toEqual(['2-000001', '2-000002', '2-000003', '2-000004', '2-000005']);
  });
  it('that the server cannot read stop no other', async () => {
    fake.unreadable = 1;
    fake.away = true;
    for (let index = 0; index < 3; index++) {
      await sales.create();
      await sales.change(add());
      const { current } = sales.state.get();
      await outbox.finish(current, till(), false);
      await sales.gone(current);
    }
    fake.away = false;
    outbox.wake();
    await until(async () => (await outbox.unsent()).length === 1);
    expect((await outbox.unsent())[0]).toMatchObject({ number: '2-000001' });
    expect(fake.batches.flat().map(one => one.deviceSequence)).toEqual([2, 3]);
  });
  it('in conflict are kept by the server and stop no other', async () => {
    fake.conflicts.push(1);
    for (let index = 0; index < 2; index++) {
      await sales.create();
      await sales.change(add());
      const { current } = sales.state.get();
      await outbox.finish(current, till(), false);
      await sales.gone(current);
    }
    await until(async () => (await outbox.unsent()).length === 0);
    const reviews = (await outbox.recent()).map(one => [one.number, one.review]);
    expect(reviews).toContainEqual(['2-000001', 'conflict']);
    expect(reviews).toContainEqual(['2-000002', undefined]);
  });
  it('that storage gives back broken are left there, and the others go on', async () => {
    const db = await database();
    await sales.change(add());
    const whole = sales.current;
    if (!whole) throw new Error('no sale');
    const broken = {
      ...whole,
      id: 'broken',
      content: { ...whole.content, lines: [line({ price: '1E+7' })] },
    };
    await until(async () => (await db.get('sales', whole.id))?.content.lines.length === 1);
    await db.put('sales', broken);
    const again = openSales();
    await again.open();
    expect(again.state.get().sales.map(one => one.id)).toEqual([whole.id]);
    await outbox.finish(whole.id, till(), false);
    const finished = await outbox.kept(whole.id);
    if (!finished) throw new Error('not finished');
    await db.put('finished', { ...finished, id: 'broken', place: 'device', sale: {} } as never);
    outbox.wake();
    await until(async () => (await outbox.unsent()).length === 0);
    expect(fake.batches.flat().map(one => one.id)).toEqual([whole.id]);
    expect(await db.get('sales', 'broken')).toBeDefined();
    expect(await db.get('finished', 'broken')).toBeDefined();
    again.close();
  });
  it('are given no number when the last one cannot be read', async () => {
    await (await database()).put('values', 'seven', 'sequence');
    await sales.change(add());
    const { current } = sales.state.get();
    await expect(finishSale(current, till())).rejects.toThrow();
    expect(await (await database()).get('sales', current)).toBeDefined();
  });
  it('cannot be finished twice', async () => {
    await sales.change(add());
    const { current } = sales.state.get();
    await finishSale(current, till());
    await expect(finishSale(current, till())).rejects.toThrow();
  });
});
