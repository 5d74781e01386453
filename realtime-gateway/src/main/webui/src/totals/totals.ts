/** The day's figures, as the server gives them; money in decimal strings. */
export interface Totals {
  date: string;
  currency: string;
  version: number;
  count: number;
  returnsCount: number;
  net: string;
  cash: string;
  card: string;
  debt: string;
  customers: number;
  products: number;
  notDelivered: number;
  rejected: number;
  toReview: number;
  hours: { hour: number; count: number; net: string }[];
  at: string;
}

/** Totals on the screen, with the moment they came. */
export interface ShownTotals {
  totals: Totals;
  receivedAt: number;
}

/**
 * Which of two to show. A later date wins: the day has turned (a late sale changes an earlier day and must not come
 * back to the screen). Within a day the highest version, and of equal versions the later reading, since a reading may
 * already contain what the next event will tell.
 */
export function isNewer(candidate: Totals, shown: Totals): boolean {
  if (candidate.date !== shown.date) return candidate.date > shown.date;
  if (candidate.version !== shown.version) return candidate.version > shown.version;
  return Date.parse(candidate.at) > Date.parse(shown.at);
}
