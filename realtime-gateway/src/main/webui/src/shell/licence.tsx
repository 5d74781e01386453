import { businessDate, formatDate } from '../format/time.ts';
import { useText } from '../i18n/text.ts';
import { useNow } from '../platform/use-now.ts';

const WARNED_DAYS = 7;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Days until the licence's last day: 0 on that day, below 0 after it.
 * @param until `2026-12-31`
 */
export function daysLeft(until: string, now: number, zone: string): number {
  return Math.round((Date.parse(until.slice(0, 10)) - Date.parse(businessDate(now, zone, '00:00'))) / DAY);
}

/** In the title bar: until when, with a warning in the last days. It never stops anybody from selling. */
export function Licence({ until, zone }: { until: string; zone: string }) {
  const text = useText();
  const left = daysLeft(until, useNow(), zone);
  const date = formatDate(until);
  if (left > WARNED_DAYS) return <span className="title-bar-detail">{text.licenceUntil(date)}</span>;
  return (
    <span className="title-bar-warning" role="status" data-testid="licence-warning">
      {left < 0 ? text.licenceEnded(date) : text.licenceEnds(left, date)}
    </span>
  );
}
