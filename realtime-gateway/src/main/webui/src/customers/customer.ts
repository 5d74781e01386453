import {
  array,
  boolean,
  type InferOutput,
  nullish,
  number,
  object,
  optional,
  safeParse,
  string,
} from 'valibot';

const schema = object({
  id: string(),
  name: string(),
  phone: nullish(string()),
  /** Positive: credit, negative: debt. */
  balances: optional(array(object({ currency: string(), amount: string() })), []),
  archived: optional(boolean(), false),
  version: optional(number(), 0),
});

export type Customer = InferOutput<typeof schema>;

/** What is no customer is left out, and the others stay. */
export function customerOf(data: unknown): Customer | undefined {
  const parsed = safeParse(schema, data);
  return parsed.success ? parsed.output : undefined;
}
