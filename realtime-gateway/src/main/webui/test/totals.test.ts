import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hourBars } from '../src/home/hour-bars.ts';
import { Session } from '../src/session/session.ts';
import { LiveTotals } from '../src/totals/live-totals.ts';
import { isNewer } from '../src/totals/totals.ts';
import { aDevice, loginAnswer, totals } from './fixtures.ts';
import { FakeServer } from './server.ts';

describe('of two totals', () => {
  it('the higher version of a day wins, in whatever order they come', () => {
    expect(isNewer(totals({ version: 2 }), totals({ version: 1 }))).toBe(true);
    expect(isNewer(totals({ version: 1, at: '2026-11-23T11:00:00+05:00' }), totals({ version: 2 }))).toBe(
      false,
    );
  });
  it('a new day wins, and a late sale of yesterday does not come back', () => {
    expect(isNewer(totals({ date: '2026-11-24', version: 1 }), totals({ version: 900 }))).toBe(true);
    expect(isNewer(totals({ date: '2026-11-22', version: 900 }), totals({ version: 1 }))).toBe(false);
  });
  it('a later reading of the same version wins: it may hold what is not folded yet', () => {
    expect(isNewer(totals({ at: '2026-11-23T10:00:01+05:00' }), totals())).toBe(true);
    expect(isNewer(totals(), totals())).toBe(false);
    expect(isNewer(totals({ at: '2026-11-23T05:00:00Z' }), totals({ at: '2026-11-23T05:00:00.5Z' }))).toBe(
      false,
    );
  });
});

describe('live totals', () => {
  let server: FakeServer;
  let session: Session;
  let live: LiveTotals;

  beforeEach(async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-23T23:59:30+05:00') });
    sessionStorage.clear();
    server = new FakeServer().on('POST /api/auth/login', { body: loginAnswer() });
    session = new Session(aDevice());
    await session.logIn('dilnoza', 'parol');
    live = new LiveTotals(session);
  });
  afterEach(() => {
    live.close();
    session.close();
    vi.useRealTimers();
  });

  it('turn to the new business day by themselves', async () => {
    live.snapshot(totals({ version: 7 }));
    server.on('GET /api/totals', { body: totals({ date: '2026-11-24', version: 0, net: '0.00' }) });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(live.shown.get()?.totals).toMatchObject({ date: '2026-11-24', net: '0.00' });
  });
  it('stay over F5 for the same user only', () => {
    live.snapshot(totals({ version: 7 }));
    const after = new LiveTotals(session);
    expect(after.shown.get()?.totals.version).toBe(7);
    after.close();
    const kept = JSON.parse(sessionStorage.getItem('ksb-pos.totals') ?? '{}');
    sessionStorage.setItem('ksb-pos.totals', JSON.stringify({ ...kept, login: 'jasur' }));
    const other = new LiveTotals(session);
    expect(other.shown.get()).toBeUndefined();
    other.close();
  });
});

describe('the bars of the hours', () => {
  it('show the usual hours, with zero where nothing was sold', () =>
    expect(hourBars([{ hour: 9, count: 1, net: '100.00' }], 8, 10)).toEqual({
      hours: [8, 9, 10],
      sums: [0, 100, 0],
    }));
  it('reach further for a shop that sells at night', () => {
    const { hours } = hourBars([{ hour: 23, count: 1, net: '1.00' }]);
    expect([hours[0], hours.at(-1)]).toEqual([8, 23]);
  });
});
