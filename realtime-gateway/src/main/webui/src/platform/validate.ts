import { pipe, regex, string } from 'valibot';

/** A decimal as the API writes it: text, without an exponent. What has another form never reaches a page. */
export const decimalText = pipe(string(), regex(/^-?\d+(\.\d+)?$/));
