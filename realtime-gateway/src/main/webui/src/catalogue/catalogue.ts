import { array, nullish, number, object, unknown } from 'valibot';
import { checked, takeDropped } from '../platform/border.ts';
import { SessionEnded } from '../platform/http/failure.ts';
import type { Follower } from '../platform/live/live-client.ts';
import type { LiveEvent } from '../platform/live/protocol.ts';
import { Store } from '../platform/store.ts';
import type { Session } from '../session/session.ts';
import { type CatalogueEngine, type CatalogueNews, type CodeHit, LocalEngine, type Sold } from './engine.ts';
import type { Product } from './product.ts';
import type { Found } from './product-index.ts';

const eventSchema = object({
  rows: nullish(array(unknown())),
  fromVersion: nullish(number()),
  toVersion: nullish(number()),
});

export interface CatalogueState {
  /** Whether answers come from a whole catalogue. */
  ready: boolean;
  count: number;
  /** Rows read so far while the catalogue is loaded for the first time. */
  loading: number | undefined;
  /** Rises with each change, for lists to look again. */
  revision: number;
}

/** The till's catalogue as pages use it: kept current by events and, after a gap, by the changes feed. */
export class Catalogue implements Follower {
  readonly channel = 'products';
  readonly state = new Store<CatalogueState>({ ready: false, count: 0, loading: undefined, revision: 0 });
  readonly #listeners = new Set<(ids: string[] | 'many') => void>();
  readonly #engine: CatalogueEngine;
  readonly #opened: Promise<unknown>;
  #worker: Worker | undefined;

  constructor(private readonly session: Pick<Session, 'token' | 'renew'>) {
    this.#engine = this.#makeEngine();
    this.#opened = this.#engine.open().catch(() => undefined);
  }

  close(): void {
    this.#worker?.terminate();
    this.#listeners.clear();
  }

  onChange(listener: (ids: string[] | 'many') => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  search(query: string, from: number, count: number): Promise<Found> {
    return this.#engine.search(query, from, count);
  }

  byScan(code: string, weighedPatterns: readonly string[]): Promise<CodeHit> {
    return this.#engine.byScan(code, weighedPatterns);
  }

  byTyped(text: string, weighedPatterns: readonly string[]): Promise<CodeHit> {
    return this.#engine.byTyped(text, weighedPatterns);
  }

  get(ids: readonly string[]): Promise<Product[]> {
    return this.#engine.get(ids);
  }

  sell(saleId: string, sold: readonly Sold[]): Promise<void> {
    return this.#engine.sell(saleId, sold);
  }

  /** The server has this sale: its rows contain it from now on. */
  told(saleId: string): Promise<void> {
    return this.#engine.told(saleId);
  }

  async reload(): Promise<void> {
    await this.#opened;
    try {
      await this.#engine.catchUp(await this.session.token());
    } catch (failure) {
      if (failure instanceof SessionEnded || !String(failure).includes('http-401')) throw failure;
      await this.#engine.catchUp(await this.session.renew());
    }
  }

  /** Rows of large imports are not in the event; the feed has them. */
  async event({ data }: LiveEvent): Promise<void> {
    const { rows, fromVersion, toVersion } = checked(eventSchema, data, 'socket', 'products') ?? {};
    await this.#opened;
    const whole = rows && rows.length > 0 && fromVersion != null && toVersion != null;
    if (whole && (await this.#engine.offer(rows, fromVersion, toVersion))) return;
    await this.reload();
  }

  #makeEngine(): CatalogueEngine {
    if (typeof Worker === 'undefined') return new LocalEngine(news => this.#hear(news));
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    return new WorkerEngine(this.#worker, news => this.#hear(news));
  }

  #hear(news: CatalogueNews): void {
    const state = this.state.get();
    const revision = state.revision + 1;
    switch (news.kind) {
      case 'loading':
        this.state.set({ ...state, loading: news.rows });
        return;
      case 'loaded':
        this.state.set({ ready: news.version > 0, count: news.count, loading: undefined, revision });
        return;
      case 'dropped':
        takeDropped(news.dropped);
        return;
      case 'changed':
        this.state.set({ ...state, count: news.count, revision });
        for (const listener of [...this.#listeners]) listener(news.ids);
    }
  }
}

type Answer = { call: number; result?: unknown; failure?: string } | { news: CatalogueNews };

/** The same engine on the other side of a worker's port. */
class WorkerEngine implements CatalogueEngine {
  readonly #waiting = new Map<
    number,
    { done: (result: unknown) => void; failed: (failure: Error) => void }
  >();
  #calls = 0;

  constructor(
    private readonly worker: Worker,
    hear: (news: CatalogueNews) => void,
  ) {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ('news' in data) return hear(data.news);
      const waiting = this.#waiting.get(data.call);
      this.#waiting.delete(data.call);
      if (data.failure === undefined) waiting?.done(data.result);
      else waiting?.failed(new Error(data.failure));
    };
    worker.onerror = () => {
      for (const { failed } of this.#waiting.values()) failed(new Error('the catalogue does not answer'));
      this.#waiting.clear();
    };
  }

  open = () => this.#call('open') as ReturnType<CatalogueEngine['open']>;
  catchUp = (token: string) => this.#call('catchUp', token) as Promise<void>;
  offer = (rows: unknown[], from: number, to: number) =>
    this.#call('offer', rows, from, to) as Promise<boolean>;
  search = (query: string, from: number, count: number) =>
    this.#call('search', query, from, count) as Promise<Found>;
  byScan = (code: string, patterns: readonly string[]) =>
    this.#call('byScan', code, patterns) as Promise<CodeHit>;
  byTyped = (text: string, patterns: readonly string[]) =>
    this.#call('byTyped', text, patterns) as Promise<CodeHit>;
  get = (ids: readonly string[]) => this.#call('get', ids) as Promise<Product[]>;
  sell = (saleId: string, sold: readonly Sold[]) => this.#call('sell', saleId, sold) as Promise<void>;
  told = (saleId: string) => this.#call('told', saleId) as Promise<void>;

  #call(method: keyof CatalogueEngine, ...args: unknown[]): Promise<unknown> {
    const call = ++this.#calls;
    return new Promise((done, failed) => {
      this.#waiting.set(call, { done, failed });
      this.worker.postMessage({ call, method, args });
    });
  }
}
