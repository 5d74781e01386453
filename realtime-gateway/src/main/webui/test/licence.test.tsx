import { describe, expect, it } from 'vitest';
import { daysLeft } from '../src/shell/licence.tsx';

const ZONE = 'Asia/Tashkent';

describe('the licence in the title bar', () => {
  it.each([
    ['2026-12-07T10:00:00+05:00', 7],
    ['2026-12-06T23:59:59+05:00', 8],
    ['2026-12-14T00:00:00+05:00', 0],
    ['2026-12-14T23:59:59+05:00', 0],
    ['2026-12-15T00:00:00+05:00', -1],
    // Still the day before in London, where the till's own clock may be.
    ['2026-12-14T20:00:00Z', -1],
  ])('has its days by the enterprise’s calendar: %s', (now, days) => {
    expect(daysLeft('2026-12-14', Date.parse(now), ZONE)).toBe(days);
  });
});
