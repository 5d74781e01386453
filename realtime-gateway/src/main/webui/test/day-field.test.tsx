import { describe, expect, it } from 'vitest';
import { dayOf } from '../src/design/day-field.tsx';

describe('a day that is typed', () => {
  it.each([
    ['30.11.2026', '2026-11-30'],
    ['3.1.2026', '2026-01-03'],
    ['30,11,2026', '2026-11-30'],
    ['30/11/2026', '2026-11-30'],
    ['30112026', '2026-11-30'],
    [' 29.02.2028 ', '2028-02-29'],
    ['', ''],
  ])('%s is %s', (typed, day) => {
    expect(dayOf(typed)).toBe(day);
  });

  it.each(['31.11.2026', '29.02.2026', '11/30/2026', '30.11.26', '30.11', 'today', '00.00.2026'])(
    '%s is none',
    typed => {
      expect(dayOf(typed)).toBeUndefined();
    },
  );
});
