import { array, nullish, object, pipe, regex, string, unknown } from 'valibot';

/** A decimal as the API writes it: text, without an exponent. What has another form never reaches a page. */
export const decimalText = pipe(string(), regex(/^-?\d+(\.\d+)?$/));

/** As the API leaves decimals out: absent or null. */
export const noDecimal = nullish(decimalText);

/** A page of a list; each item is looked at alone, so that one bad item does not empty the page. */
export const pageSchema = object({ items: array(unknown()), next: nullish(string()) });
