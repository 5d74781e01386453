import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../src/app/app.tsx';
import { ErrorBoundary } from '../src/app/error-boundary.tsx';
import { deviceRecord } from '../src/device/device-record.ts';
import { formatCompact } from '../src/format/money.ts';
import { LanguageContext } from '../src/i18n/text.ts';
import { uzLatn as uz } from '../src/i18n/uz-latn.ts';
import { opened, sealed } from '../src/outbox/rescue-file.ts';
import { database } from '../src/platform/db.ts';
import { Unreachable } from '../src/platform/http/failure.ts';
import { withLock } from '../src/platform/windows.ts';
import { OpenSales } from '../src/sales/store/open-sales.ts';
import { checkOffline, rememberLogin } from '../src/session/offline-login.ts';
import { Session } from '../src/session/session.ts';
import { readTotals } from '../src/totals/totals.ts';
import { FakeSocket } from './fake-socket.ts';
import { aDevice, loginAnswer, totals } from './fixtures.ts';
import { clear, eventually, find, show, text } from './screen.tsx';
import { FakeServer } from './server.ts';

let server: FakeServer;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await deviceRecord.forget();
  const db = await database();
  for (const store of ['values', 'finished', 'sales'] as const) await db.clear(store);
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  server = new FakeServer().on('POST /api/auth/login', { body: loginAnswer() });
});

describe('nothing blanks the till', () => {
  afterEach(clear);

  it.each([{ net: '1E+7' }, { cash: undefined }, { hours: undefined }, { count: '7' }])(
    'drops totals of another form: %o',
    change => {
      expect(readTotals({ ...totals(), ...change })).toBeUndefined();
    },
  );
  it('asks for the login when the kept session is not whole', async () => {
    await deviceRecord.create(aDevice());
    sessionStorage.setItem('ksb-pos.session', JSON.stringify({ deviceId: aDevice().deviceId, user: {} }));
    await show(<App />);
    await eventually(() => text().includes(uz.loginTitle));
  });
  it('shows a way on when a page fails', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const Broken = () => {
      throw new Error('broken page');
    };
    await show(
      <LanguageContext value="uz-Latn">
        <ErrorBoundary>
          <Broken />
        </ErrorBoundary>
      </LanguageContext>,
    );
    expect(text()).toContain(uz.pageBroken);
    expect(find('button').textContent).toBe(uz.reloadPage);
  });
});

describe('two windows are one till', () => {
  it('write the identity once', async () => {
    const first = await deviceRecord.create(aDevice({ code: '1' }));
    const second = await deviceRecord.create(aDevice({ code: '2', deviceId: 'other' }));
    expect(second).toEqual(first);
    expect(await deviceRecord.load()).toMatchObject({ code: '1' });
  });
  it('do one thing at a time under a lock', async () => {
    const order: string[] = [];
    const slow = withLock('x', async () => {
      await new Promise(resolve => setTimeout(resolve, 20));
      order.push('first');
    });
    await Promise.all([slow, withLock('x', async () => void order.push('second'))]);
    expect(order).toEqual(['first', 'second']);
  });
  it('renew the tokens of a duplicated tab once', async () => {
    let refreshed = 0;
    server.on('POST /api/auth/refresh', () => ({
      body: { ...loginAnswer(), refreshToken: `refresh-${++refreshed + 1}`, accessToken: `t.${refreshed}.x` },
    }));
    const one = new Session(aDevice());
    await one.logIn('dilnoza', 'parol');
    const two = new Session(aDevice());
    const [a, b] = [await one.renew(), await two.renew()];
    expect(a).toBe(b);
    expect(refreshed).toBe(1);
    one.close();
    two.close();
  });
});

describe('the session survives a bad line', () => {
  it('stays when the refresh has no answer', async () => {
    const session = new Session(aDevice());
    await session.logIn('dilnoza', 'parol');
    server.on('POST /api/auth/refresh', 'no internet');
    await expect(session.renew()).rejects.toThrow();
    expect(session.state.get()?.user.login).toBe('dilnoza');
    session.close();
  });
  it('takes a newer device token', async () => {
    const kept = vi.fn();
    server.on('POST /api/auth/login', { body: loginAnswer({ deviceToken: 'newer' }) });
    const session = new Session(aDevice(), sessionStorage, kept);
    await session.logIn('dilnoza', 'parol');
    expect(kept).toHaveBeenCalledWith('newer');
    session.close();
  });
});

describe('a login without internet', () => {
  const state = {
    user: { login: 'dilnoza', displayName: 'Dilnoza' },
    settings: {},
    clock: { zone: 'Asia/Tashkent', dayStart: '00:00' },
  };
  it('takes who has logged in here, for 14 days', async () => {
    await rememberLogin('parol', state);
    expect(await checkOffline('dilnoza', 'parol')).toMatchObject({ offline: true });
    expect(await checkOffline('dilnoza', 'x')).toBe('wrong');
    expect(await checkOffline('jasur', 'parol')).toBe('unknown');
    expect(await checkOffline('dilnoza', 'parol', Date.now() + 15 * 86_400_000)).toBe('unknown');
  });
});

describe('a rescue file', () => {
  const sale = {
    id: 's-1',
    at: 1,
    place: 'device' as const,
    number: '2-000007',
    change: '0.00',
    discountTotal: '0.00',
    cashierName: 'Dilnoza',
    printed: true,
    sale: {
      id: 's-1',
      kind: 'SALE' as const,
      currency: 'UZS',
      rounding: '0.00',
      total: '12500.00',
      cashier: 'dilnoza',
      deviceId: 'd-1',
      completedAt: '2026-11-23T10:00:00.000Z',
      deviceSequence: 7,
      lines: [],
      payments: [],
    },
  };
  it('gives another till the same sales, unchanged', async () => {
    const file = await sealed({ sales: [sale], repayments: [] }, 'maxfiy');
    expect(file).not.toContain('12500');
    expect((await opened(file, 'maxfiy')).sales).toMatchObject([
      { id: 's-1', number: '2-000007', sale: sale.sale },
    ]);
  });
  it('opens with its password only', async () => {
    await expect(
      opened(await sealed({ sales: [sale], repayments: [] }, 'maxfiy'), 'boshqa'),
    ).rejects.toThrow();
  });
});

describe('the chart', () => {
  it('writes large numbers short', () => {
    expect(
      [250_000, 1_500_000, 2_000_000, 900].map(value => formatCompact(value, uz).replaceAll('\u00a0', ' ')),
    ).toEqual(['250 ming', '1,5 mln', '2 mln', '900']);
  });
});

describe('a full disk', () => {
  it('shows no line that was not stored', async () => {
    const told: string[] = [];
    const sales = new OpenSales(
      { request: () => Promise.reject(new Unreachable('offline')) },
      () => ({ currency: 'UZS' }),
      { follow: () => () => undefined },
      ({ kind }) => told.push(kind),
    );
    await sales.open();
    const line = { lineId: 'l-1', productId: 'p-1', name: 'Shakar', price: '12500.00', quantity: '1' };
    expect(await sales.change({ kind: 'add', line, merge: true })).toBe(true);
    const full = new DOMException('full', 'QuotaExceededError');
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw full;
    });
    expect(await sales.change({ kind: 'add', line: { ...line, lineId: 'l-2' }, merge: false })).toBe(false);
    vi.restoreAllMocks();
    await eventually(() => sales.current?.content.lines.length === 1);
    expect(sales.current?.content.lines[0]?.lineId).toBe('l-1');
    expect(told).toEqual(['not-stored']);
    sales.close();
  });
});
