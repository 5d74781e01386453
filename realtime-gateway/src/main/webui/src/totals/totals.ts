import { array, type InferOutput, number, object, pipe, regex, string } from 'valibot';
import { type Border, checked } from '../platform/border.ts';
import { reads, type Sales } from '../platform/http/api.ts';
import { decimalText } from '../platform/validate.ts';

const whole = number();
const schema = reads<Sales<'TotalsView'>>()(
  object({
    date: pipe(string(), regex(/^\d{4}-\d{2}-\d{2}$/)),
    currency: string(),
    version: whole,
    count: whole,
    returnsCount: whole,
    net: decimalText,
    cash: decimalText,
    card: decimalText,
    debt: decimalText,
    customers: whole,
    products: whole,
    notDelivered: whole,
    rejected: whole,
    toReview: whole,
    hours: array(object({ hour: whole, count: whole, net: decimalText })),
    at: string(),
  }),
);

/** The day's figures, as the server gives them; money in decimal strings. */
export type Totals = InferOutput<typeof schema>;

/** @returns undefined for what is no totals: it changes nothing on the screen */
export function readTotals(data: unknown, border: Border = 'socket'): Totals | undefined {
  return checked(schema, data, border, 'totals');
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
