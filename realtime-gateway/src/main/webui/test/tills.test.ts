import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '../src/i18n/en.ts';
import { finishSale, forgetOpenSale } from '../src/outbox/finish.ts';
import { tillNumbers } from '../src/outbox/till-numbers.ts';
import { database, writeValue } from '../src/platform/db.ts';
import { chromeOf, storageTold, warningsOf } from '../src/till-state/health.ts';
import type { ShopTill } from '../src/tills/shop-till.ts';
import { TillBoard } from '../src/tills/till-board.ts';
import { type Report, TillReporter } from '../src/tills/till-reporter.ts';
import { wholeDay } from '../src/tills/whole-day.ts';
import { momentOf, stateOf } from '../src/tills/words.ts';
import { FakeServer } from './server.ts';

const ME = 'PUT /api/tills/me';
const NOW = Date.parse('2026-11-23T10:00:00+05:00');

function aTill(change: Partial<ShopTill> = {}): ShopTill {
  return {
    deviceId: 'two',
    code: '2',
    name: 'Zal',
    state: 'working',
    complete: true,
    since: null,
    away: false,
    unsent: 0,
    missing: 0,
    program: '1.0.0',
    storage: null,
    warnings: [],
    heardAt: null,
    settled: null,
    version: 1,
    ...change,
  };
}

const event = (data: unknown) => ({
  op: 'event' as const,
  channel: 'tills',
  type: 'till.reported',
  id: crypto.randomUUID(),
  time: '',
  position: '',
  data,
});

describe('the day', () => {
  const own = { deviceId: 'one', unsent: 0, oldest: undefined };
  const board = (...tills: ShopTill[]) => ({ tills, at: NOW });

  it('is whole when no till owes anything', () => {
    expect(wholeDay(board(aTill(), aTill({ state: 'closed' })), own, true, NOW).kind).toBe('whole');
  });
  it('lacks what a till owes, and names it', () => {
    const away = aTill({ state: 'away', complete: false });
    expect(wholeDay(board(aTill({ deviceId: 'x' }), away), own, true, NOW)).toEqual({
      kind: 'lacking',
      tills: [away],
    });
  });
  it('lacks what this till has not sent, before the server knows', () => {
    const mine = aTill({ deviceId: 'one' });
    const day = wholeDay(board(mine), { ...own, unsent: 2, oldest: NOW }, true, NOW);
    expect(day).toMatchObject({ kind: 'lacking', tills: [{ state: 'unsent', unsent: 2 }] });
  });
  it('is not known without a link, or by an old list', () => {
    expect(wholeDay(board(aTill()), own, false, NOW).kind).toBe('unknown');
    expect(wholeDay(board(aTill()), own, true, NOW + 90_001).kind).toBe('unknown');
    expect(wholeDay({ tills: [], at: undefined }, own, true, NOW).kind).toBe('checking');
  });
});

describe('the board', () => {
  let server: FakeServer;
  let board: TillBoard;

  beforeEach(() => {
    server = new FakeServer();
    board = new TillBoard({
      request: async <T>(path: string) => {
        const response = await server.fetch(path, {});
        return { data: (await response.json()) as T, headers: response.headers };
      },
    });
  });
  const shown = () => board.board.get().tills.map(till => `${till.code} ${till.state}`);

  it('keeps the highest version, in whatever order they come', () => {
    board.event(event(aTill({ version: 3, state: 'away', complete: false })));
    board.snapshot({ items: [aTill({ version: 2 }), aTill({ deviceId: 'ten', code: '10' })], next: null });
    board.event(event(aTill({ version: 1, state: 'closed' })));
    expect(shown()).toEqual(['2 away', '10 working']);
    board.event(event(aTill({ version: 4, state: 'removed' })));
    expect(shown()).toEqual(['10 working']);
  });
  it('reads all pages of a long list', async () => {
    server
      .on('GET /api/tills?limit=1000', { body: { items: [aTill()], next: 'a b' } })
      .on('GET /api/tills?limit=1000&after=a%20b', {
        body: { items: [aTill({ deviceId: 'three', code: '3' })] },
      });
    await board.snapshot({ items: [aTill()], next: 'a b' });
    expect(shown()).toEqual(['2 working', '3 working']);
  });
  it('drops what is no till', () => {
    board.snapshot({ items: [{ deviceId: 7 }, aTill()], next: null });
    board.event(event({ nothing: true }));
    expect(shown()).toEqual(['2 working']);
  });
});

describe('a till reports', () => {
  let server: FakeServer;
  let report: Report;
  let reporter: TillReporter | undefined;

  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    server = new FakeServer().on(ME, { body: {} });
    report = { unsent: 0, version: '1.0.0' };
  });
  afterEach(() => {
    reporter?.close();
    vi.useRealTimers();
  });
  const start = () => {
    reporter = new TillReporter(
      () => 'device-token',
      async () => ({ ...report }),
    );
  };
  const bodies = () => server.to(ME).map(call => call.body);

  it('at its start, with its own token', async () => {
    start();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(bodies()).toEqual([{ unsent: 0, version: '1.0.0' }]);
    expect(server.to(ME)[0]?.headers['x-device-token']).toBe('device-token');
    expect(server.to(ME)[0]?.headers['x-client-time']).toBeDefined();
  });
  it('each change once, at most once a second, and every minute without one', async () => {
    start();
    await vi.advanceTimersByTimeAsync(1_500);
    report = { ...report, unsent: 1 };
    for (let i = 0; i < 20; i++) reporter?.changed();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(bodies()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(bodies().length).toBeGreaterThanOrEqual(7);
    expect(bodies().length).toBeLessThanOrEqual(8);
  });
  it('again and again until the server takes it', async () => {
    server.on(ME, 'no internet');
    start();
    await vi.advanceTimersByTimeAsync(25_000);
    const tries = bodies().length;
    expect(tries).toBeGreaterThan(1);
    server.on(ME, { body: {} });
    await vi.advanceTimersByTimeAsync(12_000);
    expect(bodies()).toHaveLength(tries + 1);
  });
  it('less often while the server does not want it', async () => {
    server.problem(ME, 403, 'device-pending');
    start();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(bodies().length).toBeLessThanOrEqual(3);
    server.on(ME, { body: {} });
    await vi.advanceTimersByTimeAsync(70_000);
    expect(bodies().length).toBeGreaterThan(2);
  });
  it('its end, if it knows for certain what is unsent', async () => {
    start();
    await vi.advanceTimersByTimeAsync(1_500);
    window.dispatchEvent(new Event('pagehide'));
    expect(bodies().at(-1)).toEqual({ unsent: 0, version: '1.0.0', closing: true });
    window.dispatchEvent(new Event('pageshow'));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(bodies().at(-1)).toEqual({ unsent: 0, version: '1.0.0' });
  });
  it('its end also while it looks again for another reason', async () => {
    start();
    await vi.advanceTimersByTimeAsync(1_500);
    reporter?.again();
    window.dispatchEvent(new Event('pagehide'));
    expect(bodies().at(-1)).toMatchObject({ closing: true });
  });
  it('no end while a sale has just been finished', async () => {
    start();
    await vi.advanceTimersByTimeAsync(1_500);
    reporter?.changed();
    window.dispatchEvent(new Event('pagehide'));
    expect(bodies()).toHaveLength(1);
  });
});

describe('the numbers of a till', () => {
  beforeEach(async () => {
    const db = await database();
    for (const store of ['sales', 'finished', 'values'] as const) await db.clear(store);
  });
  const open = (id: string, sequence?: number) => ({
    id,
    openedAt: 1,
    revision: 0,
    base: { currency: 'UZS', lines: [] },
    pending: [],
    content: { currency: 'UZS', lines: [] },
    payment: { cash: '', card: '', debt: '' },
    paying: false,
    ...(sequence && { sequence }),
  });

  it('name what is unsent and what is kept for the next sales', async () => {
    const db = await database();
    await writeValue('sequence', 9);
    await writeValue('spare-sequences', [3]);
    await db.put('sales', open('a', 7) as never);
    await db.put('finished', { id: 'f', place: 'device', at: 500 } as never);
    await db.put('finished', { id: 'g', place: 'sending', at: 900 } as never);
    await db.put('finished', { id: 'h', place: 'server', at: 100 } as never);
    expect(await tillNumbers()).toEqual({ unsent: 2, oldest: 500, last: 9, reserved: [3, 7] });
  });
  it('have no gap when a refused sale is given up: its number goes to the next one', async () => {
    const db = await database();
    await writeValue('sequence', 7);
    await db.put('sales', open('a', 7) as never);
    await forgetOpenSale('a');
    expect(await db.get('sales', 'a')).toBeUndefined();
    expect((await tillNumbers()).reserved).toEqual([7]);
    await db.put('sales', open('b') as never);
    const finished = await finishSale('b', {
      deviceId: 'd',
      code: '2',
      cashier: 'c',
      cashierName: 'C',
      desks: {},
      step: undefined,
      now: NOW,
    });
    expect(finished.sale.deviceSequence).toBe(7);
    expect((await tillNumbers()).reserved).toEqual([]);
  });
});

describe('what is wrong with a till', () => {
  const well = { persisted: true, freeMegabytes: 9_000, clockSeconds: 3, chrome: 150 };
  it('is nothing when all is well or unknown', () => {
    expect(warningsOf(well, false, 0)).toEqual([]);
    const unknown = {
      persisted: undefined,
      freeMegabytes: undefined,
      clockSeconds: undefined,
      chrome: undefined,
    };
    expect(warningsOf(unknown, false, 0)).toEqual([]);
  });
  it('is named', () => {
    const ill = { persisted: false, freeMegabytes: 150, clockSeconds: -121, chrome: 108 };
    expect(warningsOf(ill, true, 2)).toEqual([
      'not-persisted',
      'low-space',
      'full',
      'clock',
      'old-browser',
      'dropped',
    ]);
    expect(chromeOf('Mozilla/5.0 Chrome/109.0.5414.120 Safari/537.36')).toBe(109);
  });
  it('is told coarsely, so that it is no news all the time', () => {
    expect(storageTold({ ...well, freeMegabytes: 9_876 })).toEqual({ persisted: true, freeMegabytes: 9_000 });
    expect(storageTold({ ...well, freeMegabytes: 876 })).toEqual({ persisted: true, freeMegabytes: 800 });
  });
});

describe('the words', () => {
  it('name the till, how many and since when', () => {
    const since = '2026-11-23T04:02:00Z';
    const unsent = aTill({ state: 'unsent', complete: false, unsent: 3, missing: 2, since });
    expect(stateOf(unsent, en, 'Asia/Tashkent', NOW)).toBe('3 sales not sent, since 09:02');
    const gone = { ...unsent, away: true, heardAt: '2026-11-22T15:00:00Z' };
    expect(stateOf(gone, en, 'Asia/Tashkent', NOW)).toBe(
      '3 sales not sent, since 09:02; not heard since 22.11.2026 20:00',
    );
    expect(momentOf(undefined, 'Asia/Tashkent', NOW)).toBe('–');
    expect(stateOf(aTill({ state: 'new-word' }), en, 'Asia/Tashkent', NOW)).toBe('new-word');
  });
});
