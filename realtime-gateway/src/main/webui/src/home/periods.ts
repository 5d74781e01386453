import { compare, minus, plus } from '../sales/domain/decimal.ts';

export const periods = ['day', 'week', 'month', 'year'] as const;
export type Period = (typeof periods)[number];

/** A date of the period before: yesterday, a week ago, in the month or the year before. */
export function dateBefore(period: Period, date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const before = {
    day: Date.UTC(year, month - 1, day - 1),
    week: Date.UTC(year, month - 1, day - 7),
    month: Date.UTC(year, month - 1, 0),
    year: Date.UTC(year - 1, 0, 1),
  }[period];
  return new Date(before).toISOString().slice(0, 10);
}

/**
 * How many points of a period are over, in the order of time: the present one is not, and counts in no comparison.
 *
 * @param hour of the enterprise's clock
 */
export function pointsOver(period: Period, date: string, hour: number, dayStart: string): number {
  const [, month = 1, day = 1] = date.split('-').map(Number);
  switch (period) {
    case 'day':
      return (hour - Number(dayStart.slice(0, 2)) + 24) % 24;
    case 'week':
      return (new Date(date).getUTCDay() + 6) % 7;
    case 'month':
      return day - 1;
    case 'year':
      return month - 1;
  }
}

export interface Comparison {
  now: string;
  before: string;
  /** Whole percent of the sum before; undefined when there was none. */
  percent: number | undefined;
}

/** The sums of the points that are over, of a period and of the same points of the one before. */
export function compared(
  now: readonly string[],
  before: readonly string[],
  over: number,
): Comparison | undefined {
  if (over === 0) return undefined;
  const sum = (nets: readonly string[]) => nets.slice(0, over).reduce((all, net) => plus(all, net), '0.00');
  const [ours, theirs] = [sum(now), sum(before)];
  if (compare(ours, '0') === 0 && compare(theirs, '0') === 0) return undefined;
  const percent =
    compare(theirs, '0') > 0 ? Math.round((Number(minus(ours, theirs)) / Number(theirs)) * 100) : undefined;
  return { now: ours, before: theirs, percent };
}

/** The hours of a business day in the order of time. */
export function hoursOf(dayStart: string): number[] {
  const first = Number(dayStart.slice(0, 2)) || 0;
  return Array.from({ length: 24 }, (_, index) => (first + index) % 24);
}
