import { array, boolean, nullish, number, object, optional, string, unknown } from 'valibot';
import { checked, checkedEach, drop } from '../platform/border.ts';
import { type Products, reads } from '../platform/http/api.ts';
import { decimalText } from '../platform/validate.ts';
import type { Product } from './product.ts';

const text = nullish(string());
const productSchema = reads<Products<'ProductRow'> & { changeVersion: number }>()(
  object({
    id: string(),
    name: optional(string(), ''),
    article: text,
    unit: text,
    currency: text,
    barcodes: optional(array(string()), []),
    prices: optional(array(object({ priceType: string(), price: decimalText, currency: text })), []),
    stock: optional(array(object({ warehouse: string(), quantity: decimalText })), []),
    archived: optional(boolean()),
    deleted: optional(boolean()),
    version: number(),
    changeVersion: number(),
    cashAllowed: nullish(boolean()),
  }),
);

/** Rows that are no products are left out: one bad row must not stop the catalogue. */
export function productsIn(rows: readonly unknown[]): Product[] {
  return checkedEach(productSchema, rows, 'server', 'product');
}

/**
 * The products of what was stored. They were whole when they were written; a hundred thousand of them are only looked at
 * for what another version of the program could have left out.
 */
export function keptProducts(bucket: unknown): Product[] {
  if (bucket === undefined) return [];
  const whole = Array.isArray(bucket) ? bucket.filter(isProduct) : [];
  if (!Array.isArray(bucket) || whole.length < bucket.length) drop('storage', 'product', 'not a product');
  return whole;
}

function isProduct(row: unknown): row is Product {
  const { id, name, barcodes, prices, stock, version, changeVersion } = (row ?? {}) as Record<
    string,
    unknown
  >;
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    typeof version === 'number' &&
    typeof changeVersion === 'number' &&
    Array.isArray(barcodes) &&
    Array.isArray(prices) &&
    Array.isArray(stock)
  );
}

const feedEndSchema = object({ items: array(unknown()), changeVersion: number(), more: boolean() });

/**
 * Takes the rows out of `{"items":[{…},{…}],"changeVersion":…,"more":…}` while it arrives, so that a hundred thousand of
 * them never stand in memory as one text.
 */
export class FeedParser {
  #rest = '';
  #position = 0;
  #depth = 0;
  #start = -1;
  #inText = false;
  #stage: 'before' | 'items' | 'after' = 'before';
  #tail = '';

  /** @returns the rows that are complete by now */
  push(chunk: string): unknown[] {
    this.#rest += chunk;
    if (this.#stage === 'before') {
      const open = this.#rest.indexOf('[');
      if (open < 0) return [];
      this.#stage = 'items';
      this.#position = open + 1;
    }
    const rows: unknown[] = [];
    while (this.#stage === 'items' && this.#position < this.#rest.length) this.#step(rows);
    if (this.#stage === 'after') {
      this.#tail += this.#rest.slice(this.#position);
      this.#rest = '';
      this.#position = 0;
    } else {
      const keep = this.#start < 0 ? this.#position : this.#start;
      this.#rest = this.#rest.slice(keep);
      this.#position -= keep;
      if (this.#start >= 0) this.#start = 0;
    }
    return rows;
  }

  /** @throws when the answer broke off */
  end(): { changeVersion: number; more: boolean } {
    const end = checked(feedEndSchema, JSON.parse(`{"items":[]${this.#tail}`), 'server', 'changes');
    if (!end) throw new Error('the catalogue broke off');
    return end;
  }

  #step(rows: unknown[]): void {
    const sign = this.#rest.charCodeAt(this.#position);
    if (this.#inText) {
      if (sign === 92) this.#position += 1;
      else if (sign === 34) this.#inText = false;
    } else if (sign === 34) {
      this.#inText = true;
    } else if (sign === 123) {
      if (this.#depth++ === 0) this.#start = this.#position;
    } else if (sign === 125) {
      if (--this.#depth === 0) {
        rows.push(JSON.parse(this.#rest.slice(this.#start, this.#position + 1)));
        this.#start = -1;
      }
    } else if (sign === 93 && this.#depth === 0) {
      this.#stage = 'after';
    }
    this.#position += 1;
  }
}
