import { plus } from '../sales/domain/decimal.ts';
import { type ScannedCode, scanned } from './codes.ts';
import type { Product } from './product.ts';
import { normalForm, searchWords } from './text.ts';

export const BUCKETS = 256;

interface Entry {
  product: Product;
  /** The normal form of the name: what the list is ordered by. */
  name: string;
  /** Name and article: what is searched. */
  key: string;
}

export interface Found {
  total: number;
  products: Product[];
}

/** The whole catalogue in memory: by id, by code, in order of names. Everything answers in a few milliseconds. */
export class ProductIndex {
  readonly #entries = new Map<string, Entry>();
  /** Nearly every code belongs to one product: then it is its id alone. */
  readonly #codes = new Map<string, string | string[]>();
  #ordered: Entry[] | undefined;
  #last: { query: string; entries: Entry[] } | undefined;

  get size(): number {
    return this.#order().length;
  }

  get(id: string): Product | undefined {
    return this.#entries.get(id)?.product;
  }

  all(): Product[] {
    return [...this.#entries.values()].map(entry => entry.product);
  }

  /** @returns whether it was newer than what was there */
  put(product: Product): boolean {
    const before = this.#entries.get(product.id);
    if (before && before.product.changeVersion >= product.changeVersion) return false;
    this.#replace(before, product);
    return true;
  }

  /** Lowers the shown stock by what was sold, until the next row of that product settles it. */
  sell(id: string, warehouse: string, quantity: string): Product | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    const sold = entry.product.sold ?? {};
    entry.product = {
      ...entry.product,
      sold: { ...sold, [warehouse]: plus(sold[warehouse] ?? '0', quantity) },
    };
    return entry.product;
  }

  /** Those at the start of the name first, then at the start of a word, then inside; each group by name. */
  search(query: string, from: number, count: number): Found {
    const entries = this.#search(query);
    return { total: entries.length, products: entries.slice(from, from + count).map(entry => entry.product) };
  }

  /** Several products may carry one code. */
  byCode({ candidates, weighed }: ScannedCode): { products: Product[]; quantity?: string } {
    for (const code of candidates) {
      const products = this.#byCode(code);
      if (products.length > 0) return { products };
    }
    if (!weighed) return { products: [] };
    return { products: this.#byCode(`article:${weighed.article}`), quantity: weighed.quantity };
  }

  /** What was typed, taken as a code: a barcode or an article. */
  byTypedCode(text: string, weighedPatterns: readonly string[]): { products: Product[]; quantity?: string } {
    const found = this.byCode(scanned(text, weighedPatterns));
    if (found.products.length > 0) return found;
    return { products: this.#byCode(`article:${text}`) };
  }

  #replace(before: Entry | undefined, product: Product): void {
    if (before) this.#dropCodes(before.product);
    const hidden = product.deleted || product.archived;
    const name = normalForm(product.name ?? '');
    const entry = { product, name, key: `${name}\n${normalForm(product.article ?? '')}` };
    this.#entries.set(product.id, entry);
    this.#last = undefined;
    if (!hidden) this.#keepCodes(product);
    if (!this.#ordered) return;
    if (before) this.#takeOut(before);
    if (!hidden) this.#ordered.splice(this.#place(entry), 0, entry);
  }

  #takeOut(entry: Entry): void {
    const ordered = this.#ordered ?? [];
    const index = this.#place(entry);
    if (ordered[index] === entry) ordered.splice(index, 1);
  }

  #place(entry: Entry): number {
    const ordered = this.#ordered ?? [];
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byName(ordered[middle] as Entry, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #order(): Entry[] {
    this.#ordered ??= [...this.#entries.values()]
      .filter(({ product }) => !product.deleted && !product.archived)
      .sort(byName);
    return this.#ordered;
  }

  #search(query: string): Entry[] {
    if (query.trim() === '') return this.#order();
    if (this.#last?.query === query) return this.#last.entries;
    const words = searchWords(query);
    if (words.length === 0) return [];
    const phrase = words.join(' ');
    const [first = '', ...others] = words;
    const starts: Entry[] = [];
    const wordStarts: Entry[] = [];
    const inside: Entry[] = [];
    for (const entry of this.#order()) {
      const { key } = entry;
      const at = key.indexOf(first);
      if (at < 0 || (others.length > 0 && !others.every(word => key.includes(word)))) continue;
      if (key.startsWith(phrase) || key.endsWith(`\n${phrase}`)) starts.push(entry);
      else if (at === 0 || key.charAt(at - 1) === ' ' || key.includes(` ${first}`)) wordStarts.push(entry);
      else inside.push(entry);
    }
    this.#last = { query, entries: [...starts, ...wordStarts, ...inside] };
    return this.#last.entries;
  }

  #byCode(code: string): Product[] {
    return idsOf(this.#codes.get(code)).flatMap(id => this.get(id) ?? []);
  }

  #keepCodes(product: Product): void {
    for (const code of codesOf(product)) {
      const ids = this.#codes.get(code);
      if (ids === undefined) this.#codes.set(code, product.id);
      else if (!idsOf(ids).includes(product.id)) this.#codes.set(code, [...idsOf(ids), product.id]);
    }
  }

  #dropCodes(product: Product): void {
    for (const code of codesOf(product)) {
      const rest = idsOf(this.#codes.get(code)).filter(id => id !== product.id);
      if (rest.length === 0) this.#codes.delete(code);
      else this.#codes.set(code, rest.length === 1 ? (rest[0] as string) : rest);
    }
  }
}

/** Which bucket of the database a product is kept in. */
export function bucketOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index++) hash = (hash * 31 + id.charCodeAt(index)) | 0;
  return (hash >>> 0) % BUCKETS;
}

function codesOf(product: Product): string[] {
  const { article } = product;
  if (!article) return product.barcodes;
  const codes = [...product.barcodes, `article:${article}`];
  if (article.startsWith('0')) codes.push(`article:${article.replace(/^0+(?=.)/, '')}`);
  return codes;
}

function idsOf(ids: string | string[] | undefined): string[] {
  return ids === undefined ? [] : typeof ids === 'string' ? [ids] : ids;
}

function byName(one: Entry, other: Entry): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.product.id < other.product.id ? -1 : one.product.id > other.product.id ? 1 : 0;
}
