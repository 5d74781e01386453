import { object, string, unknown } from 'valibot';
import type { Approval } from '../../approval/approval.ts';
import { forgetOpenSale } from '../../outbox/finish.ts';
import type { Border } from '../../platform/border.ts';
import { database } from '../../platform/db.ts';
import { Problem, SessionEnded, Unreachable } from '../../platform/http/failure.ts';
import type { Requests } from '../../platform/http/request.ts';
import type { Follower, LiveClient } from '../../platform/live/live-client.ts';
import { Store } from '../../platform/store.ts';
import { timeUuid } from '../../platform/uuid.ts';
import { WindowChannel, withLock } from '../../platform/windows.ts';
import { NO_PAYMENT, type PaymentDraft } from '../domain/payment.ts';
import { apply, applyAll, type Change, type SaleContent, touchedLine } from '../domain/sale.ts';
import { keptOpenSale, type OpenSale } from './open-sale.ts';
import { bodyOf, contentOf, type SaleView, saleView, sameContent } from './sale-view.ts';

export interface OpenSalesState {
  loaded: boolean;
  sales: OpenSale[];
  current: string;
  /** The line that work is done on; undefined: the newest. */
  selected: string | undefined;
  /** Rises when a line came up, so that it flashes once. */
  flash: number;
}

/** Something happened to a sale elsewhere that the cashier must hear of. */
export type SaleNotice = { kind: 'finished-elsewhere' | 'deleted-elsewhere' | 'not-stored'; id: string };

const CURRENT = 'ksb-pos.current-sale';
const RETRY = 5_000;
/** What is scanned or typed in so short a time goes to the server as one PUT. */
const GATHER = 250;

/**
 * The open sales of this till. IndexedDB is the one truth for all its windows: each change is applied there in a
 * transaction, shown at once, and told to the server by one PUT after the other. When another till wrote meanwhile (409),
 * the changes the server does not have are applied again to what it has.
 */
export class OpenSales {
  readonly state = new Store<OpenSalesState>({
    loaded: false,
    sales: [],
    current: '',
    selected: undefined,
    flash: 0,
  });
  readonly #windows = new WindowChannel('sales', object({ id: string() }));
  readonly #writes = new Map<string, Promise<unknown>>();
  readonly #followed = new Map<string, () => void>();
  readonly #gathering = new Set<string>();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #lastAdded: { saleId: string; lineId: string; by: string } | undefined;
  #closed = false;

  constructor(
    private readonly server: Requests,
    private readonly template: () => Omit<SaleContent, 'lines'>,
    private readonly live: Pick<LiveClient, 'follow'>,
    private readonly notify: (notice: SaleNotice) => void,
    private readonly storage: Storage = sessionStorage,
  ) {
    this.#windows.listen(({ id }) => void this.#readAgain(id));
  }

  async open(): Promise<void> {
    const rows = await (await database()).getAll('sales');
    const kept = rows.flatMap(row => keptOpenSale(row) ?? []).sort((a, b) => a.openedAt - b.openedAt);
    for (const sale of kept) this.#follow(sale.id);
    const current = kept.find(sale => sale.id === this.storage.getItem(CURRENT)) ?? kept.at(-1);
    this.state.set({ ...this.state.get(), loaded: true, sales: kept, current: current?.id ?? '' });
    if (!current) await this.create();
    for (const sale of kept) void this.push(sale.id);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    for (const leave of this.#followed.values()) leave();
    this.#windows.close();
  }

  get(id: string): OpenSale | undefined {
    return this.state.get().sales.find(sale => sale.id === id);
  }

  get current(): OpenSale | undefined {
    return this.get(this.state.get().current);
  }

  /** A new sale; an empty one that is there already is taken instead. */
  async create(): Promise<string> {
    const empty = this.state.get().sales.find(sale => isUntouched(sale));
    if (empty) {
      this.select(empty.id);
      return empty.id;
    }
    const content: SaleContent = { ...this.template(), lines: [] };
    const sale = openSale(timeUuid(), Date.now(), 0, content);
    this.#show(sale);
    this.select(sale.id);
    await this.#store(sale.id, () => sale);
    return sale.id;
  }

  /** A sale that another till began goes on here, too. */
  async adopt(view: SaleView, customerName?: string): Promise<void> {
    if (!this.get(view.id)) {
      const content = contentOf(view, { currency: view.currency, lines: [] });
      const named = customerName ? { ...content, customerName } : content;
      const sale = openSale(view.id, Date.parse(view.openedAt ?? '') || Date.now(), view.revision, named);
      this.#show(sale);
      await this.#store(sale.id, stored => stored ?? sale);
    }
    this.select(view.id);
  }

  select(id: string): void {
    this.storage.setItem(CURRENT, id);
    this.state.set({ ...this.state.get(), current: id, selected: undefined });
    this.#follow(id);
  }

  selectLine(lineId: string | undefined): void {
    this.state.set({ ...this.state.get(), selected: lineId });
  }

  /** @returns whether it is stored on this device; what could not be stored is not shown either */
  async change(change: Change, id = this.state.get().current): Promise<boolean> {
    const before = this.get(id);
    if (!before) return false;
    const after = apply(before.content, change);
    if (change.kind === 'add') {
      const lineId = touchedLine(before.content, after, change) ?? '';
      this.#lastAdded = { saleId: id, lineId, by: change.line.quantity };
    }
    this.#touch(before.content, after, change);
    try {
      await this.#update(id, sale => {
        const { refusal: _, ...rest } = sale;
        return { ...rest, pending: [...sale.pending, change], content: apply(sale.content, change) };
      });
    } catch {
      return false;
    }
    this.#pushSoon(id);
    return true;
  }

  /** Takes back the last product that came, whatever was done since. */
  async takeBack(): Promise<boolean> {
    const last = this.#lastAdded;
    if (!last || last.saleId !== this.state.get().current) return false;
    this.#lastAdded = undefined;
    return this.change({ kind: 'step', lineId: last.lineId, by: `-${last.by}` }, last.saleId);
  }

  async pay(payment: Partial<PaymentDraft>, id = this.state.get().current): Promise<void> {
    await this.#update(id, sale => ({ ...sale, payment: { ...sale.payment, ...payment } }));
  }

  /** A manager has allowed something in it. */
  async approve(approval: Approval, id: string): Promise<void> {
    await this.#update(id, ({ refusal: _, ...sale }) => ({ ...sale, approval }));
    void this.push(id);
  }

  async setPaying(paying: boolean, id = this.state.get().current): Promise<void> {
    await this.#update(id, sale => ({ ...sale, paying }));
  }

  /** To the server's trash, where it can be restored; here it is gone. */
  async discard(id: string): Promise<void> {
    const sale = this.get(id);
    await this.#remove(id);
    if (sale && sale.revision > 0)
      await this.server.request(`/api/sales/${id}`, { method: 'DELETE' }).catch(() => undefined);
  }

  /** Takes an open sale of another till (or of the server) into this window's tabs. */
  async takeOver(view: SaleView): Promise<void> {
    const content = contentOf(view, { currency: view.currency, lines: [] });
    if (!this.get(view.id)) {
      const sale = openSale(view.id, Date.parse(view.openedAt ?? '') || Date.now(), view.revision, content);
      this.#show(sale);
      await this.#store(view.id, () => sale);
    }
    this.select(view.id);
  }

  /** Forgets a sale that another part of the till has finished; a new one takes its place. */
  async gone(id: string): Promise<void> {
    this.#windows.tell({ id });
    this.#drop(id);
    await this.#ensureCurrent();
  }

  /** A finished sale that the server refused is open again, with its reason. */
  async restored(sale: OpenSale): Promise<void> {
    this.#show(sale);
    this.select(sale.id);
    this.#windows.tell({ id: sale.id });
  }

  /** Brings the server what it does not have. One request at a time, from whichever window. */
  push(id: string): Promise<void> {
    return withLock(`sale.${id}`, async () => {
      await this.#writes.get(id);
      while (!this.#closed && (await this.#pushOnce(id)));
    });
  }

  #pushSoon(id: string): void {
    if (this.#gathering.has(id)) return;
    this.#gathering.add(id);
    setTimeout(() => {
      this.#gathering.delete(id);
      void this.push(id);
    }, GATHER);
  }

  pushAll(): void {
    for (const sale of this.state.get().sales) if (sale.pending.length > 0) void this.push(sale.id);
  }

  /** @returns whether there may be more to send */
  async #pushOnce(id: string): Promise<boolean> {
    const sale = await this.#stored(id);
    if (!sale || sale.pending.length === 0 || sale.refusal) return false;
    const count = sale.unanswered ?? sale.pending.length;
    const content = applyAll(sale.base, sale.pending.slice(0, count));
    if (content.lines.length === 0 && sale.revision === 0) return false;
    await this.#store(id, one => one && { ...one, unanswered: count });
    try {
      const body = { id, revision: sale.revision, ...bodyOf(content, sale.approval) };
      const { data } = await this.server.request(`/api/sales/${id}`, {
        method: 'PUT',
        body,
        answer: unknown(),
      });
      await this.#accept(id, saleView(data), count);
      // What came meanwhile is gathered for a PUT of its own.
      return sale.unanswered !== undefined;
    } catch (failure) {
      return this.#refused(id, failure);
    }
  }

  async #refused(id: string, failure: unknown): Promise<boolean> {
    if (failure instanceof Problem && failure.status === 409) {
      const { data } = await this.server
        .request(`/api/sales/${id}`, { answer: unknown() })
        .catch(() => ({ data: undefined }));
      const view = saleView(data);
      if (view) return this.#accept(id, view, 0);
    } else if (
      failure instanceof Problem &&
      failure.status < 500 &&
      failure.status !== 429 &&
      failure.status !== 401
    ) {
      await this.#update(id, sale => ({ ...withoutAnswer(sale), refusal: failure.detail }));
      return false;
    }
    if (failure instanceof SessionEnded) return false;
    if (failure instanceof Problem || failure instanceof Unreachable) this.#tryLater();
    return false;
  }

  /** What the server has now is the new base; `count` pending changes are in it. */
  async #accept(id: string, view: SaleView | undefined, count: number): Promise<boolean> {
    if (!view) return false;
    if (view.status !== 'OPEN') {
      this.notify({ kind: view.status === 'COMPLETED' ? 'finished-elsewhere' : 'deleted-elsewhere', id });
      await this.#remove(id);
      return false;
    }
    await this.#update(id, sale => {
      if (view.revision < sale.revision) return withoutAnswer(sale);
      const base = contentOf(view, sale.content);
      const pending = sale.pending.slice(count);
      return {
        ...withoutAnswer(sale),
        revision: view.revision,
        base,
        pending,
        content: applyAll(base, pending),
      };
    });
    return true;
  }

  /** Another till wrote. Under the sale's lock: a PUT of ours that is on its way is answered first. */
  async #hear(id: string, data: unknown, border: Border = 'socket'): Promise<void> {
    const view = saleView(data, border);
    if (!view) return;
    await withLock(`sale.${id}`, async () => {
      await this.#writes.get(id);
      const sale = await this.#stored(id);
      if (!sale || view.revision <= sale.revision) return;
      if (sale.unanswered !== undefined) while (await this.#pushOnce(id));
      else await this.#accept(id, view, 0);
    });
  }

  #follow(id: string): void {
    if (this.#followed.has(id) || this.#closed) return;
    const follower: Follower = {
      channel: `sale:${id}`,
      snapshot: data => this.#hear(id, data),
      event: ({ data }) => this.#hear(id, data),
      reload: async () => {
        // The server has never heard of it: there is nothing to read.
        if (!this.get(id)?.revision) return;
        const { data } = await this.server.request(`/api/sales/${id}`, { answer: unknown() });
        await this.#hear(id, data, 'server');
      },
    };
    this.#followed.set(id, this.live.follow(follower));
  }

  async #update(id: string, change: (sale: OpenSale) => OpenSale): Promise<void> {
    const shown = this.get(id);
    if (shown) this.#show(change(shown));
    await this.#store(id, stored => (stored ? change(stored) : undefined));
  }

  /** Applies a change to what is stored, so that windows never overwrite each other. */
  #store(id: string, change: (sale: OpenSale | undefined) => OpenSale | undefined): Promise<void> {
    const before = this.#writes.get(id) ?? Promise.resolve();
    const write = before.then(async () => {
      const transaction = (await database()).transaction('sales', 'readwrite');
      const next = change(keptOpenSale(await transaction.store.get(id)));
      if (next) await transaction.store.put(next);
      await transaction.done;
      if (this.#writes.get(id) === settled && next) this.#show(next);
      this.#windows.tell({ id });
    });
    const settled: Promise<unknown> = write.catch(() => this.#showStored(id));
    this.#writes.set(id, settled);
    return write;
  }

  /** A change that could not be stored must not stand on the screen: it would be paid and then missing. */
  async #showStored(id: string): Promise<void> {
    this.notify({ kind: 'not-stored', id });
    const stored = await this.#stored(id);
    if (stored) this.#show(stored);
    else this.#drop(id);
  }

  async #stored(id: string): Promise<OpenSale | undefined> {
    return keptOpenSale(await (await database()).get('sales', id));
  }

  async #readAgain(id: string): Promise<void> {
    await this.#writes.get(id);
    const sale = await this.#stored(id);
    if (sale) {
      this.#show(sale);
      return;
    }
    if (!this.get(id)) return;
    this.#drop(id);
    await this.#ensureCurrent();
  }

  async #remove(id: string): Promise<void> {
    await this.#writes.get(id);
    await forgetOpenSale(id);
    this.#windows.tell({ id });
    this.#drop(id);
    await this.#ensureCurrent();
  }

  #drop(id: string): void {
    this.#followed.get(id)?.();
    this.#followed.delete(id);
    this.#writes.delete(id);
    const state = this.state.get();
    this.state.set({ ...state, sales: state.sales.filter(sale => sale.id !== id) });
  }

  async #ensureCurrent(): Promise<void> {
    if (this.#closed || this.current) return;
    const next = this.state.get().sales.find(isUntouched) ?? this.state.get().sales.at(-1);
    if (next) this.select(next.id);
    else await this.create();
  }

  #show(next: OpenSale): void {
    const state = this.state.get();
    const known = state.sales.find(one => one.id === next.id);
    const sale = known ? { ...next, content: sameContent(next.content, known.content) } : next;
    const sales = known ? state.sales.map(one => (one.id === sale.id ? sale : one)) : [...state.sales, sale];
    this.state.set({ ...state, sales });
    if (!known) this.#follow(sale.id);
  }

  #touch(before: SaleContent, after: SaleContent, change: Change): void {
    const state = this.state.get();
    const selected = touchedLine(before, after, change) ?? state.selected;
    this.state.set({ ...state, selected, flash: change.kind === 'add' ? state.flash + 1 : state.flash });
  }

  #tryLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.pushAll(), RETRY);
  }
}

/** A sale as the server has it, without changes of this till. */
function openSale(id: string, openedAt: number, revision: number, content: SaleContent): OpenSale {
  return { id, openedAt, revision, base: content, pending: [], content, payment: NO_PAYMENT, paying: false };
}

function withoutAnswer({ unanswered: _, ...sale }: OpenSale): OpenSale {
  return sale;
}

function isUntouched(sale: OpenSale): boolean {
  return sale.content.lines.length === 0 && sale.revision === 0 && !sale.content.customerId;
}
