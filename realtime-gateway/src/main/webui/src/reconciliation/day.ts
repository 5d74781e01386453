import { array, boolean, type InferOutput, nullish, number, object, string } from 'valibot';
import { reads, type Sales } from '../platform/http/api.ts';
import { decimalText, noDecimal } from '../platform/validate.ts';

const figure = object({ count: number(), sum: decimalText });
const till = object({
  deviceId: nullish(string()),
  code: nullish(string()),
  name: nullish(string()),
  unsent: number(),
  first: nullish(number()),
  last: nullish(number()),
  taken: number(),
  missing: number(),
  twice: number(),
  sales: figure,
  returns: figure,
  net: figure,
  held: figure,
  conflicts: number(),
  delivered: figure,
  waiting: figure,
  rejected: figure,
  closed: figure,
  unprocessed: number(),
  absent: number(),
});

export const reconciliationSchema = reads<Sales<'Reconciliation'>>()(
  object({
    date: string(),
    currency: string(),
    tills: array(till),
    total: till,
    unreadable: number(),
    differences: array(
      object({
        kind: string(),
        action: string(),
        till: nullish(string()),
        number: nullish(string()),
        lastNumber: nullish(string()),
        count: number(),
        id: nullish(string()),
        amount: noDecimal,
        currency: nullish(string()),
        there: noDecimal,
        reason: nullish(string()),
        at: nullish(string()),
      }),
    ),
    more: boolean(),
    backOffice: object({ told: boolean(), reason: nullish(string()), documents: number() }),
    at: string(),
  }),
);

/** A business day, compared in three places: the tills' numbers, the server's sales, the back office's documents. */
export type Reconciliation = InferOutput<typeof reconciliationSchema>;
export type Difference = Reconciliation['differences'][number];
