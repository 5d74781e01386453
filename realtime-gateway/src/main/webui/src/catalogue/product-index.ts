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

/** All keys in the list's order as one text: it is searched in a tenth of the time that a hundred thousand texts take. */
interface OneText {
  text: string;
  /** Where the key of each entry begins. */
  starts: Uint32Array;
}

/** Ends each key in the one text; no normal form has it. */
const END = '\u0000';

/** The whole catalogue in memory: by id, by code, in order of names. Everything answers in a few milliseconds. */
export class ProductIndex {
  readonly #entries = new Map<string, Entry>();
  /** Nearly every code belongs to one product: then it is its id alone. Made when first asked for. */
  #codes: Map<string, string | string[]> | undefined;
  #ordered: Entry[] | undefined;
  #text: OneText | undefined;
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
  byCode({ candidates, weighed, quantity }: ScannedCode): { products: Product[]; quantity?: string } {
    for (const code of candidates) {
      const products = this.#byCode(code);
      if (products.length > 0) return { products, ...(quantity !== undefined && { quantity }) };
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

  /** Makes what the first scan and the first search would else have to wait for. */
  prepare(): void {
    this.#allCodes();
    this.#oneText();
  }

  #replace(before: Entry | undefined, product: Product): void {
    if (before && this.#codes) this.#dropCodes(this.#codes, before.product);
    if (this.#codes && isShown(product)) this.#keepCodes(this.#codes, product);
    const name = normalForm(product.name ?? '');
    const key = `${name}\n${normalForm(product.article ?? '')}`;
    if (before?.key === key && isShown(before.product) === isShown(product)) {
      // Prices and stock change all day long: neither the order nor what was found changes with them.
      before.product = product;
      return;
    }
    const entry = { product, name, key };
    this.#entries.set(product.id, entry);
    this.#last = undefined;
    this.#text = undefined;
    if (!this.#ordered) return;
    if (before) this.#takeOut(before);
    if (isShown(product)) this.#ordered.splice(this.#place(entry), 0, entry);
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
    this.#ordered ??= [...this.#entries.values()].filter(({ product }) => isShown(product)).sort(byName);
    return this.#ordered;
  }

  #oneText(): OneText {
    if (this.#text) return this.#text;
    const ordered = this.#order();
    const starts = new Uint32Array(ordered.length);
    let length = 0;
    ordered.forEach(({ key }, index) => {
      starts[index] = length;
      length += key.length + END.length;
    });
    this.#text = { text: ordered.map(({ key }) => key).join(END), starts };
    return this.#text;
  }

  /** Those whose key has the text, in order. */
  #having(wanted: string): Entry[] {
    const { text, starts } = this.#oneText();
    const ordered = this.#order();
    const found: Entry[] = [];
    let index = 0;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, starts[index])) {
      index = lastNotAfter(starts, at, index);
      found.push(ordered[index] as Entry);
      index += 1;
      if (index >= starts.length) break;
    }
    return found;
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
    // Few keys have the longest word, so few are looked at.
    const rarest = words.reduce((one, other) => (other.length > one.length ? other : one));
    for (const entry of this.#having(rarest)) {
      const { key } = entry;
      const at = key.indexOf(first);
      if (at < 0 || !others.every(word => key.includes(word))) continue;
      if (key.startsWith(phrase) || key.endsWith(`\n${phrase}`)) starts.push(entry);
      else if (at === 0 || key.charAt(at - 1) === ' ' || key.includes(` ${first}`)) wordStarts.push(entry);
      else inside.push(entry);
    }
    this.#last = { query, entries: [...starts, ...wordStarts, ...inside] };
    return this.#last.entries;
  }

  #byCode(code: string): Product[] {
    return idsOf(this.#allCodes().get(code)).flatMap(id => this.get(id) ?? []);
  }

  #allCodes(): Map<string, string | string[]> {
    if (this.#codes) return this.#codes;
    const codes = new Map<string, string | string[]>();
    for (const { product } of this.#entries.values()) if (isShown(product)) this.#keepCodes(codes, product);
    this.#codes = codes;
    return codes;
  }

  #keepCodes(codes: Map<string, string | string[]>, product: Product): void {
    for (const code of codesOf(product)) {
      const ids = codes.get(code);
      if (ids === undefined) codes.set(code, product.id);
      else if (!idsOf(ids).includes(product.id)) codes.set(code, [...idsOf(ids), product.id]);
    }
  }

  #dropCodes(codes: Map<string, string | string[]>, product: Product): void {
    for (const code of codesOf(product)) {
      const rest = idsOf(codes.get(code)).filter(id => id !== product.id);
      if (rest.length === 0) codes.delete(code);
      else codes.set(code, rest.length === 1 ? (rest[0] as string) : rest);
    }
  }
}

function isShown(product: Product): boolean {
  return !product.deleted && !product.archived;
}

/** The index of the last start that is not after the position, at least `from`. */
function lastNotAfter(starts: Uint32Array, position: number, from: number): number {
  let low = from;
  let high = starts.length - 1;
  // Near ones first: a word that many have stands in the next few keys.
  for (let step = 1; low + step <= high && (starts[low + step] as number) <= position; step *= 2) low += step;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
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
