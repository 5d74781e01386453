import { array, boolean, type InferOutput, number, object, optional, string, unknown } from 'valibot';
import type { Dropped } from '../platform/border.ts';
import { database, readValue } from '../platform/db.ts';
import { randomUuid } from '../platform/uuid.ts';
import { WindowChannel, withLock } from '../platform/windows.ts';
import { scanned } from './codes.ts';
import { FeedParser, keptProducts, productsIn } from './feed.ts';
import type { Product } from './product.ts';
import { BUCKETS, bucketOf, type Found, ProductIndex } from './product-index.ts';

export interface CodeHit {
  products: Product[];
  /** From a label of the scales, in the product's unit. */
  quantity?: string;
}

export interface Sold {
  productId: string;
  warehouse: string;
  quantity: string;
}

/** What the catalogue tells its window: which products changed ("many" when it does not pay to say), and the progress of loading. */
export type CatalogueNews =
  | { kind: 'changed'; ids: string[] | 'many'; count: number }
  | { kind: 'loading'; rows: number }
  | { kind: 'loaded'; version: number; count: number }
  /** Rows that could not be read. */
  | { kind: 'dropped'; dropped: readonly Dropped[] };

/** What a window asks of its catalogue; in a worker or, where there is none, in the window itself. */
export interface CatalogueEngine {
  open(): Promise<{ version: number; count: number }>;
  /** @throws Error `http-<status>` when the server refuses */
  catchUp(token: string): Promise<void>;
  offer(rows: unknown[], fromVersion: number, toVersion: number): Promise<boolean>;
  search(query: string, from: number, count: number): Promise<Found>;
  byScan(code: string, weighedPatterns: readonly string[]): Promise<CodeHit>;
  byTyped(text: string, weighedPatterns: readonly string[]): Promise<CodeHit>;
  get(ids: readonly string[]): Promise<Product[]>;
  sell(saleId: string, sold: readonly Sold[]): Promise<void>;
  told(saleId: string): Promise<void>;
}

/** With the change version of the product's row when it was sold. */
interface Lowered extends Sold {
  row: number;
}

const VERSION = 'catalogue.version';
const REMEMBERED_SALES = 2_000;
const WRITE_EVERY = 20_000;
/** Milliseconds. */
const PREPARE_AFTER = 100;

const FIRST_PAGE = 'catalogue.first-page';
const FIRST_PAGE_ROWS = 60;
/** Buckets. */
const READ_AT_ONCE = 16;

const firstPageSchema = object({ total: number(), products: array(unknown()) });
type FirstPage = InferOutput<typeof firstPageSchema>;

/** `anew`: what was there before counts no more. */
const writtenSchema = object({
  from: string(),
  buckets: array(number()),
  version: number(),
  anew: optional(boolean()),
});
type Written = InferOutput<typeof writtenSchema>;

/**
 * The catalogue of one window: in memory for answers, in IndexedDB for the next start and for the other windows. One window
 * at a time reads the server's feed; the others take what it wrote.
 */
export class LocalEngine implements CatalogueEngine {
  #index = new ProductIndex();
  readonly #windows = new WindowChannel('catalogue', writtenSchema);
  readonly #me = randomUuid();
  /** What sales took here that no row of the server may contain yet; nothing, once the server has told of them. */
  readonly #soldSales = new Map<string, Lowered[]>();
  #version = 0;
  #catchingUp: Promise<void> | undefined;
  #opened: Promise<unknown> = Promise.resolve();
  /** What the list begins with, as long as the rest is still being read. */
  #firstPage: Promise<FirstPage | undefined> = Promise.resolve(undefined);

  constructor(private readonly tell: (news: CatalogueNews) => void) {
    this.#windows.listen(written => {
      this.#takeOver(written).catch(() => undefined);
    });
  }

  open(): Promise<{ version: number; count: number }> {
    this.#firstPage = readValue(FIRST_PAGE, firstPageSchema).catch(() => undefined);
    const opening = this.#open();
    this.#opened = opening.catch(() => undefined);
    return opening;
  }

  async #open(): Promise<{ version: number; count: number }> {
    const db = await database();
    // In parts, so that the first page is given out in between.
    for (let from = 0; from < BUCKETS; from += READ_AT_ONCE) {
      const range = IDBKeyRange.bound(from, from + READ_AT_ONCE - 1);
      for (const bucket of await db.getAll('catalogue', range))
        for (const product of keptProducts(bucket)) this.#index.put(product);
    }
    this.#version = (await readValue(VERSION, number())) ?? 0;
    const opened = { version: this.#version, count: this.#index.size };
    this.tell({ kind: 'loaded', ...opened });
    this.#firstPage = Promise.resolve(undefined);
    // After the first page of the list.
    setTimeout(() => this.#index.prepare(), PREPARE_AFTER);
    return opened;
  }

  catchUp(token: string): Promise<void> {
    this.#catchingUp ??= withLock('catalogue', () => this.#readFeed(token)).finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  /** @returns false when rows before these are missing: the feed must be read */
  async offer(rows: unknown[], fromVersion: number, toVersion: number): Promise<boolean> {
    if (fromVersion > this.#version) return false;
    await this.#take(productsIn(rows), Math.max(this.#version, toVersion));
    return true;
  }

  async search(query: string, from: number, count: number): Promise<Found> {
    const first = query.trim() === '' && from === 0 ? await this.#firstPage : undefined;
    if (first) return { total: first.total, products: keptProducts(first.products).slice(0, count) };
    await this.#opened;
    return this.#index.search(query, from, count);
  }

  async byScan(code: string, weighedPatterns: readonly string[]): Promise<CodeHit> {
    await this.#opened;
    return this.#index.byCode(scanned(code, weighedPatterns));
  }

  async byTyped(text: string, weighedPatterns: readonly string[]): Promise<CodeHit> {
    await this.#opened;
    return this.#index.byTypedCode(text, weighedPatterns);
  }

  async get(ids: readonly string[]): Promise<Product[]> {
    await this.#opened;
    return ids.flatMap(id => this.#index.get(id) ?? []);
  }

  async sell(saleId: string, sold: readonly Sold[]): Promise<void> {
    if (this.#soldSales.has(saleId)) return;
    this.#remember(
      saleId,
      sold.map(one => ({ ...one, row: this.#index.get(one.productId)?.changeVersion ?? 0 })),
    );
    await this.#lowered(
      sold.flatMap(one => this.#index.sell(one.productId, one.warehouse, one.quantity) ?? []),
    );
  }

  /** The server has this sale: the next row of each of its products contains it, or one that came meanwhile does. */
  async told(saleId: string): Promise<void> {
    const lowered = this.#soldSales.get(saleId) ?? [];
    this.#remember(saleId, []);
    const contained = lowered.filter(one => (this.#index.get(one.productId)?.changeVersion ?? 0) > one.row);
    await this.#lowered(
      contained.flatMap(one => this.#index.sell(one.productId, one.warehouse, negated(one.quantity)) ?? []),
    );
  }

  async #lowered(changed: Product[]): Promise<void> {
    if (changed.length === 0) return;
    this.tell({ kind: 'changed', ids: changed.map(product => product.id), count: this.#index.size });
    await this.#write(changed, this.#version);
  }

  /** A new row of a product, less what was sold here that the server has not heard of. */
  #put(product: Product): boolean {
    if (!this.#index.put(product)) return false;
    for (const lowered of this.#soldSales.values())
      for (const one of lowered)
        if (one.productId === product.id) this.#index.sell(one.productId, one.warehouse, one.quantity);
    return true;
  }

  async #readFeed(token: string): Promise<void> {
    // Another window may have read it while this one waited for its turn.
    this.#version = Math.max(this.#version, (await readValue(VERSION, number())) ?? 0);
    for (let more = true; more; ) {
      const after = this.#version;
      const response = await fetch(`/api/products/changes?after=${after}`, {
        headers: { Authorization: `Bearer ${token}` },
        cache: 'no-store',
      });
      if (!response.ok) throw new Error(`http-${response.status}`);
      const end = await this.#readPage(response, after === 0);
      more = end.more && end.changeVersion > 0;
      if (end.changeVersion < after) {
        await this.#forget();
        more = true;
      }
    }
    this.tell({ kind: 'loaded', version: this.#version, count: this.#index.size });
  }

  /** The server knows less than this till, as after its database was restored: its versions begin anew, and so do the rows. */
  async #forget(): Promise<void> {
    this.#beginAnew();
    const transaction = (await database()).transaction(['catalogue', 'values'], 'readwrite');
    await transaction.objectStore('catalogue').clear();
    await transaction.objectStore('values').delete(VERSION);
    await transaction.objectStore('values').delete(FIRST_PAGE);
    await transaction.done;
    this.#windows.tell({ from: this.#me, buckets: [], version: 0, anew: true });
  }

  #beginAnew(): void {
    this.#index = new ProductIndex();
    this.#version = 0;
  }

  async #readPage(response: Response, whole: boolean): Promise<{ changeVersion: number; more: boolean }> {
    const parser = new FeedParser();
    let batch: Product[] = [];
    let rows = 0;
    const take = async (chunk: string) => {
      const found = productsIn(parser.push(chunk));
      rows += found.length;
      batch.push(...found);
      if (whole && found.length > 0) this.tell({ kind: 'loading', rows });
      if (batch.length >= WRITE_EVERY) {
        await this.#take(batch, this.#version);
        batch = [];
      }
    };
    const reader = response.body?.getReader();
    if (reader) {
      const decoder = new TextDecoder();
      for (let part = await reader.read(); !part.done; part = await reader.read())
        await take(decoder.decode(part.value, { stream: true }));
    } else {
      await take(await response.text());
    }
    const end = parser.end();
    await this.#take(batch, end.changeVersion);
    return end;
  }

  async #take(products: Product[], version: number): Promise<void> {
    const changed = products
      .filter(product => this.#put(product))
      .map(product => this.#index.get(product.id) ?? product);
    const moved = version > this.#version;
    this.#version = Math.max(this.#version, version);
    if (changed.length > 0) {
      const ids = changed.length > 500 ? ('many' as const) : changed.map(product => product.id);
      this.tell({ kind: 'changed', ids, count: this.#index.size });
    }
    if (changed.length > 0 || moved) await this.#write(changed, version);
  }

  /** Merges into what is stored, since another window may have stored something newer; the version goes with the last row. */
  async #write(products: Product[], version: number): Promise<void> {
    const byBucket = new Map<number, Product[]>();
    for (const product of products) {
      const bucket = bucketOf(product.id);
      const those = byBucket.get(bucket);
      if (those) those.push(product);
      else byBucket.set(bucket, [product]);
    }
    const transaction = (await database()).transaction(['catalogue', 'values'], 'readwrite');
    const store = transaction.objectStore('catalogue');
    for (const [bucket, changed] of byBucket) {
      const kept = new Map(keptProducts(await store.get(bucket)).map(product => [product.id, product]));
      for (const product of changed) {
        const before = kept.get(product.id);
        const newer = !before || before.changeVersion < product.changeVersion;
        if (newer || (product.sold && before.changeVersion === product.changeVersion))
          kept.set(product.id, product);
      }
      await store.put([...kept.values()], bucket);
    }
    const values = transaction.objectStore('values');
    if ((((await values.get(VERSION)) as number | undefined) ?? 0) < version)
      await values.put(version, VERSION);
    const { total, products: first } = this.#index.search('', 0, FIRST_PAGE_ROWS);
    await values.put({ total, products: first } satisfies FirstPage, FIRST_PAGE);
    await transaction.done;
    if (byBucket.size > 0) this.#windows.tell({ from: this.#me, buckets: [...byBucket.keys()], version });
  }

  async #takeOver({ from, buckets, version, anew }: Written): Promise<void> {
    if (from === this.#me) return;
    if (anew) this.#beginAnew();
    const db = await database();
    const changed: Product[] = [];
    const all = buckets.length >= BUCKETS ? await db.getAll('catalogue') : undefined;
    for (const bucket of all ?? (await Promise.all(buckets.map(one => db.get('catalogue', one)))))
      for (const product of keptProducts(bucket)) if (this.#index.put(product)) changed.push(product);
    this.#version = Math.max(this.#version, version);
    if (changed.length === 0) return;
    const ids = changed.length > 500 ? ('many' as const) : changed.map(product => product.id);
    this.tell({ kind: 'changed', ids, count: this.#index.size });
  }

  #remember(saleId: string, lowered: Lowered[]): void {
    this.#soldSales.set(saleId, lowered);
    if (this.#soldSales.size <= REMEMBERED_SALES) return;
    for (const oldest of this.#soldSales.keys()) {
      this.#soldSales.delete(oldest);
      return;
    }
  }
}

const negated = (quantity: string): string => (quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`);
