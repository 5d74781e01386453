import { formatCount } from '../format/money.ts';
import { formatClock, formatMoment } from '../format/time.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { ShopTill } from './shop-till.ts';

/** "2-kassa (Zal)" */
export function nameOf({ code, name }: ShopTill, text: Catalogue): string {
  const short = text.tills.name(code ?? '–');
  return name ? `${short} (${name})` : short;
}

/** `14:05` of today, else with its date. */
export function momentOf(time: string | null | undefined, zone: string, now: number): string {
  if (!time) return '–';
  const at = Date.parse(time);
  const isToday = formatMoment(at, zone).slice(0, 10) === formatMoment(now, zone).slice(0, 10);
  return isToday ? formatClock(at, zone) : formatMoment(at, zone);
}

/** What a till owes, in the words of the shop; of a till that owes nothing, its state. */
export function stateOf(till: ShopTill, text: Catalogue, zone: string, now: number): string {
  const since = momentOf(till.since, zone, now);
  switch (till.state) {
    case 'unsent': {
      const owed = text.tills.unsent(formatCount(Math.max(till.unsent, till.missing)), since);
      return till.away ? `${owed}; ${text.tills.away(momentOf(till.heardAt, zone, now))}` : owed;
    }
    case 'missing':
      return text.tills.missing(formatCount(till.missing), since);
    case 'away':
      return text.tills.away(since);
    case 'unheard':
      return text.tills.unheard(since);
    case 'blocked':
      return till.complete ? text.tills.states.blocked : text.tills.blocked(formatCount(till.missing));
    default:
      // A newer server may know a state that this program does not.
      return (text.tills.states as Record<string, string>)[till.state] ?? till.state;
  }
}
