import { array, boolean, type InferOutput, nullish, number, object, optional, string } from 'valibot';
import { type Border, checked } from '../platform/border.ts';
import { reads, type Sales } from '../platform/http/api.ts';
import { decimalText } from '../platform/validate.ts';

const schema = reads<Sales<'CustomerView'>>()(
  object({
    id: string(),
    name: string(),
    phone: nullish(string()),
    /** Positive: credit, negative: debt. */
    balances: optional(array(object({ currency: string(), amount: decimalText })), []),
    archived: optional(boolean(), false),
    version: optional(number(), 0),
  }),
);

export type Customer = InferOutput<typeof schema>;

/** What is no customer is left out, and the others stay. */
export function customerOf(data: unknown, border: Border): Customer | undefined {
  return checked(schema, data, border, 'customer');
}
