import type { Totals } from '../totals/totals.ts';

export interface HourBars {
  hours: number[];
  /** For drawing only: money in figures comes from the decimal strings. */
  sums: number[];
}

/** A shop's usual hours, and more when there were sales outside of them; hours without sales stand at zero. */
export function hourBars(hours: Totals['hours'], opens = 8, closes = 20): HourBars {
  const present = hours.map(({ hour }) => hour);
  const first = Math.min(opens, ...present);
  const last = Math.max(closes, ...present);
  const sums = new Map(hours.map(({ hour, net }) => [hour, Number(net)]));
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return { hours: all, sums: all.map(hour => sums.get(hour) ?? 0) };
}
