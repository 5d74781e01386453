import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { number, object, string } from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../src/app/app.tsx';
import { LocalEngine } from '../src/catalogue/engine.ts';
import { deviceRecord } from '../src/device/device-record.ts';
import { HouseData } from '../src/house/house.ts';
import { uzLatn as uz } from '../src/i18n/uz-latn.ts';
import { opened, sealed } from '../src/outbox/rescue-file.ts';
import { checked, droppedThings, takeDropped } from '../src/platform/border.ts';
import { database, databaseState } from '../src/platform/db.ts';
import { parseFrame } from '../src/platform/live/protocol.ts';
import { WindowChannel } from '../src/platform/windows.ts';
import { saleView } from '../src/sales/store/sale-view.ts';
import { Session } from '../src/session/session.ts';
import { readTillUsers } from '../src/session/till-users.ts';
import { aDevice, aProduct, loginAnswer } from './fixtures.ts';
import { clear, eventually, show, text } from './screen.tsx';
import { FakeServer } from './server.ts';

const SOURCES = join(import.meta.dirname, '../src');

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  droppedThings.set([]);
  databaseState.set({ kind: 'ready' });
  const db = await database();
  for (const store of ['device', 'values', 'finished', 'sales', 'catalogue', 'customers'] as const)
    await db.clear(store);
});

const dropped = () => droppedThings.get().map(({ border, what, count }) => `${border} ${what} ${count}`);

describe('what is dropped', () => {
  it('is told by its kind, the newest first, with how often', () => {
    const schema = object({ net: string() });
    expect(checked(schema, { net: '1' }, 'socket', 'totals')).toEqual({ net: '1' });
    expect(checked(schema, { net: 1 }, 'socket', 'totals')).toBeUndefined();
    expect(checked(schema, {}, 'server', '/api/totals')).toBeUndefined();
    expect(checked(schema, null, 'socket', 'totals')).toBeUndefined();
    expect(dropped()).toEqual(['socket totals 2', 'server /api/totals 1']);
    expect(droppedThings.get()[1]?.why).toContain('net');
  });
  it('takes no more memory however much it is', () => {
    for (let index = 0; index < 1_000; index++) checked(number(), 'x'.repeat(1_000), 'server', `p${index}`);
    expect(droppedThings.get().length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(droppedThings.get()).length).toBeLessThan(20_000);
  });
  it('in a worker is told in its window', () => {
    checked(number(), '', 'server', 'product');
    takeDropped([{ border: 'server', what: 'product', why: 'id', count: 7, at: 1 }]);
    expect(dropped()).toEqual(['server product 7']);
  });
});

describe('a message of the socket', () => {
  it.each([
    '{"op":"subscribed"}',
    '{"op":"subscribed","channels":"totals","recovered":true}',
    '{"op":"event","channel":"totals"}',
    '{"op":"move","within":"soon"}',
    '{"op":7}',
    'null',
    '[]',
    '{',
  ])('of another form is dropped and told: %s', frame => {
    expect(parseFrame(frame)).toBeUndefined();
    expect(droppedThings.get()).toHaveLength(1);
  });
  it('of a newer server is passed over in silence', () => {
    expect(parseFrame('{"op":"sing","song":1}')).toBeUndefined();
    expect(droppedThings.get()).toEqual([]);
  });
  it('is never a reason to fail, whatever it is', () => {
    fc.assert(fc.property(fc.json(), frame => void parseFrame(frame)));
    fc.assert(fc.property(fc.string(), frame => void parseFrame(frame)));
  });
});

describe('a sale', () => {
  const sale = {
    id: 'a',
    revision: 1,
    status: 'OPEN',
    currency: 'UZS',
    total: '1.00',
    lines: [{ lineId: 'l', productId: 'p', price: '1.00', quantity: '1' }],
  };

  it.each([
    { total: '1E+7' },
    { total: 1 },
    { status: 'EATEN' },
    { lines: [{ ...sale.lines[0], price: 'free' }] },
    { lines: [{ ...sale.lines[0], quantity: '1,5' }] },
    { payments: [{ kind: 'CASH', amount: '' }] },
    { discount: { percent: '5%' } },
  ])('with another form never reaches a page: %o', change => {
    expect(saleView(sale)).toMatchObject({ id: 'a' });
    expect(saleView({ ...sale, ...change })).toBeUndefined();
  });
});

describe('an answer of the server', () => {
  it('without its tokens logs nobody in', async () => {
    const { accessToken: _, ...answer } = loginAnswer();
    new FakeServer().on('POST /api/auth/login', { body: answer });
    const session = new Session(aDevice());
    await expect(session.logIn('dilnoza', 'parol')).rejects.toThrow();
    expect(session.state.get()).toBeUndefined();
  });
  it('to a refresh that cannot be read ends no session', async () => {
    new FakeServer()
      .on('POST /api/auth/login', { body: loginAnswer() })
      .on('POST /api/auth/refresh', { body: { accessToken: 'x', expiresIn: 'long' } });
    const session = new Session(aDevice());
    await session.logIn('dilnoza', 'parol');
    await expect(session.renew()).rejects.toThrow();
    expect(session.state.get()?.user.login).toBe('dilnoza');
    session.close();
  });
  it('with a right of another form gives no right', async () => {
    const settings = { ...loginAnswer().settings, mayChangePrice: 'yes', maxDiscountPercent: 'all' };
    new FakeServer().on('POST /api/auth/login', { body: loginAnswer({ settings }) });
    const session = new Session(aDevice());
    await session.logIn('dilnoza', 'parol');
    expect(session.state.get()?.settings).toMatchObject({ mayChangePrice: false, maxDiscountPercent: '0' });
    session.close();
  });
  it('of users that is no list leaves those who were known', async () => {
    const server = new FakeServer().on('GET /api/enterprises/10000001/users', {
      body: [{ login: 'dilnoza', displayName: 'Dilnoza' }],
    });
    await readTillUsers(aDevice());
    server.on('GET /api/enterprises/10000001/users', { body: { dilnoza: true } });
    expect(await readTillUsers(aDevice())).toMatchObject({ kind: 'users', users: [{ login: 'dilnoza' }] });
  });
});

describe('what is kept on the till', () => {
  afterEach(clear);

  it.each(['nonsense', { device: 7 }, { units: {}, rates: [], enterprise: null, device: [] }])(
    'of the house in another form leaves the usual rules: %o',
    async kept => {
      await (await database()).put('values', kept, 'house');
      const house = new HouseData(new Session(aDevice()), 'd');
      await house.open();
      expect(house.state.get()).toMatchObject({
        units: [],
        rates: { main: 'UZS' },
        device: { scan: 'RAISES_LINE' },
      });
    },
  );
  it('of the catalogue is taken as far as it is whole', async () => {
    const db = await database();
    await db.put('catalogue', [aProduct(), { id: 'p-2' }, null] as never, 0);
    await db.put('catalogue', 'nonsense' as never, 1);
    const engine = new LocalEngine(() => undefined);
    expect(await engine.open()).toMatchObject({ count: 1 });
    expect(dropped()).toEqual(['storage product 2']);
  });
  it('of who it is, unreadable, is not a new till', async () => {
    await (await database()).put('device', { ksbId: '10000001' } as never, 'this');
    await show(<App />);
    await eventually(() => text().includes(uz.reloadPage));
    expect(text()).not.toContain(uz.ksbIdTitle);
    expect(await (await database()).get('device', 'this')).toEqual({ ksbId: '10000001' });
    await clear();
    databaseState.set({ kind: 'ready' });
    await deviceRecord.forget();
  });
});

describe('another window', () => {
  it('that runs another version is not believed', async () => {
    const ours = new WindowChannel('borders', object({ id: string() }));
    const heard = vi.fn();
    ours.listen(heard);
    const theirs = new BroadcastChannel('ksb-pos.borders');
    theirs.postMessage({ saleId: 'a' });
    theirs.postMessage(null);
    theirs.postMessage({ id: 'a' });
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), 20_000);
    expect(heard).toHaveBeenCalledWith({ id: 'a' });
    expect(dropped()).toEqual(['window borders 2']);
    theirs.close();
    ours.close();
  });
});

describe('a file of unsent sales', () => {
  it.each([{ total: 'much' }, { lines: undefined }, { payments: [{ kind: 'GOLD' }] }])(
    'with a sale of another form is refused whole: %o',
    async change => {
      const sale = {
        id: 'a',
        kind: 'SALE',
        currency: 'UZS',
        rounding: '0.00',
        total: '1.00',
        cashier: 'dilnoza',
        deviceId: 'd',
        completedAt: '2026-11-23T10:00:00Z',
        deviceSequence: 1,
        lines: [],
        payments: [],
        ...change,
      };
      const file = await sealed(
        { sales: [{ sale, number: '2-000001', cashierName: 'D' } as never], repayments: [] },
        'parol',
      );
      await expect(opened(file, 'parol')).rejects.toThrow();
    },
  );
});

describe('the sources', () => {
  it('believe no answer without a schema', () => {
    for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file) || file.endsWith('http/request.ts') || file.endsWith('session/session.ts'))
        continue;
      expect(readFileSync(join(SOURCES, file), 'utf8'), file).not.toMatch(/\brequest<(?!T>)/);
    }
  });
});
