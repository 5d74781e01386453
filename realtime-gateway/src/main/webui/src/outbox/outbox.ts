import { array, literal, nullish, number, object, picklist, string, union, unknown } from 'valibot';
import { database } from '../platform/db.ts';
import { reads, type Sales } from '../platform/http/api.ts';
import { Problem, Unreachable, UnreadableAnswer } from '../platform/http/failure.ts';
import { request } from '../platform/http/request.ts';
import { Store } from '../platform/store.ts';
import { WindowChannel, whileLeader, withLock } from '../platform/windows.ts';
import { applyAll } from '../sales/domain/sale.ts';
import type { OpenSale } from '../sales/store/open-sale.ts';
import { bodyOf, saleView } from '../sales/store/sale-view.ts';
import type { Session } from '../session/session.ts';
import {
  finishReturn,
  finishSale,
  type PreparedReturn,
  reopenSale,
  type Till,
  undoReturn,
} from './finish.ts';
import { type FinishedSale, keptFinished, type Place } from './finished-sale.ts';

export interface OutboxState {
  /** Finished sales that are only on this device. */
  unsent: number;
  /** Since when there have been any; milliseconds. */
  oldest: number | undefined;
  last: FinishedSale | undefined;
  /** What the last try failed with, if it did. */
  failure: unknown;
}

export type Finished =
  /** `where`: the server has it, or it is on this device and goes as soon as it can. */
  | { kind: 'finished'; sale: FinishedSale; where: 'server' | 'device' }
  | { kind: 'refused'; open: OpenSale; reason: string };

export type GivenBack = { kind: 'finished'; sale: FinishedSale } | { kind: 'refused'; reason: string };

/** How the server answered in the time that it has. */
type Asked = 'done' | 'late' | Problem;

/** The cashier waits no longer than this for the server. */
export const ANSWER_WITHIN = 1_500;
const BATCH = 50;
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 300_000;
/** Receipts kept for copies after the server has the sale. */
const KEPT = 500;

const resultSchema = reads<Sales<'BatchResult'>[]>()(
  array(object({ id: nullish(string()), result: picklist(['created', 'replayed', 'conflict', 'invalid']) })),
);
const revisionSchema = reads<Sales<'SaleView'>>()(object({ revision: number() }));

/** Finished sales until the server has them. One window sends, oldest first, until nothing is left; nothing is ever dropped. */
export class Outbox {
  readonly state = new Store<OutboxState>({
    unsent: 0,
    oldest: undefined,
    last: undefined,
    failure: undefined,
  });
  readonly #windows = new WindowChannel('outbox', union([literal('changed'), literal('wake')]));
  readonly #resign: () => void;
  #leading = false;
  #busy = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #delay = FIRST_RETRY;
  #closed = false;

  constructor(
    private readonly session: Session,
    private readonly deviceToken: () => string,
    /** The longest time between two tries, of the device's settings. */
    private readonly resendAfter: () => number = () => LONGEST_RETRY,
    /** What the server must know before the sales that name it. */
    private readonly before: () => Promise<void> = async () => undefined,
  ) {
    this.#windows.listen(message => {
      if (message === 'wake') this.wake();
      void this.#refresh();
    });
    this.#resign = whileLeader('outbox', () => {
      this.#leading = true;
      void this.#takeOver();
    });
    void this.#refresh();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#resign();
    this.#windows.close();
  }

  /** The network or the server is back, or there is something new to send. */
  wake(): void {
    if (!this.#leading) {
      this.#windows.tell('wake');
      return;
    }
    this.#delay = FIRST_RETRY;
    void this.#send();
  }

  /** Finishes a sale: on this device for certain, on the server if it answers in time. */
  async finish(id: string, till: Till, online: boolean): Promise<Finished> {
    const finished = await finishSale(id, till);
    const answer = online ? await this.#inTime(finished, () => this.#complete(finished)) : 'late';
    if (answer === 'late') {
      await this.#move(finished.id, { place: 'device' });
      this.wake();
      return { kind: 'finished', sale: { ...finished, place: 'device' }, where: 'device' };
    }
    if (answer instanceof Problem) {
      const open = await reopenSale(finished, answer.detail);
      this.#changed();
      if (open) return { kind: 'refused', open, reason: answer.detail };
    }
    await this.#move(finished.id, { place: 'server' });
    return { kind: 'finished', sale: { ...finished, place: 'server' }, where: 'server' };
  }

  /**
   * Finishes a return: on this device for certain, on the server if it answers in time.
   *
   * @param online the server is asked and has the receipt, if there is one
   */
  async giveBack(prepared: PreparedReturn, code: string, online: boolean): Promise<GivenBack> {
    const finished = await finishReturn(prepared, code);
    const ask = () =>
      finished.sale.returnOf ? this.#return(finished) : this.#returnWithoutReceipt(finished);
    const answer = online ? await this.#inTime(finished, ask) : 'late';
    if (answer instanceof Problem) {
      await undoReturn(finished);
      this.#changed();
      return { kind: 'refused', reason: answer.detail };
    }
    const place = answer === 'late' ? 'device' : 'server';
    await this.#move(finished.id, { place });
    if (place === 'device') this.wake();
    return { kind: 'finished', sale: { ...finished, place } };
  }

  /** A finished sale of this till, as long as it is kept. */
  async kept(id: string): Promise<FinishedSale | undefined> {
    return keptFinished(await (await database()).get('finished', id));
  }

  /** A sale finished some other way (a return that was answered, an imported one). */
  async keep(finished: FinishedSale): Promise<void> {
    await (await database()).put('finished', finished);
    this.#changed();
    if (finished.place === 'device') this.wake();
  }

  async recent(count = 50): Promise<FinishedSale[]> {
    const found: FinishedSale[] = [];
    let cursor = await (await database()).transaction('finished').store.index('at').openCursor(null, 'prev');
    for (; cursor && found.length < count; cursor = await cursor.continue()) {
      const sale = keptFinished(cursor.value);
      if (sale) found.push(sale);
    }
    return found;
  }

  async unsent(): Promise<FinishedSale[]> {
    const waiting = [...(await finishedAt('device')), ...(await finishedAt('sending'))];
    return waiting.sort((a, b) => a.at - b.at);
  }

  async printed(id: string): Promise<void> {
    await this.#move(id, { printed: true });
  }

  async #inTime(finished: FinishedSale, ask: () => Promise<Asked>): Promise<Asked> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'late'>(resolve => {
      timer = setTimeout(() => resolve('late'), ANSWER_WITHIN);
    });
    const asked = withLock(`sale.${finished.id}`, ask).catch(() => 'late' as const);
    const answer = await Promise.race([asked, late]);
    clearTimeout(timer);
    return answer;
  }

  /** What the server does not have of the open sale goes first; the completion must fit it. */
  async #complete({ id, sale, before }: FinishedSale): Promise<Asked> {
    try {
      const revision = before ? await this.#bringOpen(id, before) : 0;
      const { total, payments, customerId, comment, rounding, completedAt, deviceSequence, approval } = sale;
      await this.session.request(`/api/sales/${id}/completion`, {
        method: 'POST',
        headers: { 'X-Client-Time': new Date().toISOString() },
        body: {
          revision,
          total,
          payments,
          customerId,
          comment,
          rounding,
          completedAt,
          deviceSequence,
          approval,
        } satisfies Sales<'NewCompletion'>,
      });
      return 'done';
    } catch (failure) {
      // Only a rule or another till's change is a reason not to sell; all else is trouble on the way.
      if (failure instanceof Problem && [409, 422].includes(failure.status)) return failure;
      return 'late';
    }
  }

  async #return({ id, sale }: FinishedSale): Promise<Asked> {
    const { returnOf, payments, completedAt, deviceSequence, approval } = sale;
    const lines = sale.lines.map(({ returnOfLine, quantity }) => ({ lineId: returnOfLine, quantity }));
    try {
      await this.session.request(`/api/sales/${returnOf}/returns`, {
        method: 'POST',
        headers: { 'X-Client-Time': new Date().toISOString() },
        body: { id, completedAt, deviceSequence, lines, payments, approval } satisfies Sales<'NewReturn'>,
      });
      return 'done';
    } catch (failure) {
      if (failure instanceof Problem && [400, 403, 404, 409, 422].includes(failure.status)) return failure;
      return 'late';
    }
  }

  /** Such a return is a sale of its own kind: first open, then completed. */
  async #returnWithoutReceipt({ id, sale }: FinishedSale): Promise<Asked> {
    const { kind, currency, priceType, warehouse, lines, approval } = sale;
    const { total, payments, rounding, completedAt, deviceSequence } = sale;
    const body = { id, revision: 0, kind, currency, priceType, warehouse, lines, approval };
    try {
      const { data } = await this.session.request(`/api/sales/${id}`, {
        method: 'PUT',
        body: body satisfies Sales<'NewSale'>,
        answer: revisionSchema,
      });
      await this.session.request(`/api/sales/${id}/completion`, {
        method: 'POST',
        headers: { 'X-Client-Time': new Date().toISOString() },
        body: {
          revision: data.revision,
          total,
          payments,
          rounding,
          completedAt,
          deviceSequence,
          approval,
        } satisfies Sales<'NewCompletion'>,
      });
      return 'done';
    } catch (failure) {
      if (!(failure instanceof Problem) || ![400, 403, 404, 409, 422].includes(failure.status)) return 'late';
      // Nothing of it stays open on the server.
      await this.session.request(`/api/sales/${id}`, { method: 'DELETE' }).catch(() => undefined);
      return failure;
    }
  }

  /** @returns the revision that the server has once it has everything of this sale */
  async #bringOpen(id: string, before: OpenSale): Promise<number> {
    if (before.pending.length === 0 && before.revision > 0) return before.revision;
    const content = applyAll(before.base, before.pending);
    const put = async (revision: number) => {
      const body = { id, revision, ...bodyOf(content, before.approval) };
      const answer = revisionSchema;
      return (await this.session.request(`/api/sales/${id}`, { method: 'PUT', body, answer })).data;
    };
    try {
      return (await put(before.revision)).revision;
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.status !== 409) throw failure;
      const present = saleView((await this.session.request(`/api/sales/${id}`, { answer: unknown() })).data);
      const ours = new Set(content.lines.map(line => line.lineId));
      // Only what this till wrote itself, whose answer came too late: what another till added is seen first.
      if (present?.status !== 'OPEN' || present.lines.some(line => !ours.has(line.lineId))) throw failure;
      return (await put(present.revision)).revision;
    }
  }

  /** What another window was sending when it ended is sent again: the server knows each sale by its id. */
  async #takeOver(): Promise<void> {
    for (const sale of await finishedAt('sending'))
      if (Date.now() - sale.at > 2 * ANSWER_WITHIN) await this.#move(sale.id, { place: 'device' });
    await this.#send();
  }

  async #send(): Promise<void> {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    clearTimeout(this.#retry);
    try {
      // A session that has ended must not keep the sales here: they go by the till's own proof, and are flagged.
      await this.before().catch(failure => {
        if (failure instanceof Unreachable && this.session.state.get()?.offline !== true) throw failure;
      });
      let size = BATCH;
      const unreadable = new Map<string, Problem>();
      for (;;) {
        const device = await finishedAt('device');
        const waiting = device.filter(sale => !unreadable.has(sale.id)).sort((a, b) => a.at - b.at);
        if (waiting.length === 0 || this.#closed) break;
        const batch = waiting.slice(0, size);
        const problem = await this.#sendBatch(batch);
        // Then one sale at a time, so that one the server cannot read stops no other.
        if (problem && batch.length === 1) unreadable.set(batch[0]?.id ?? '', problem);
        size = problem ? 1 : size;
      }
      const [stuck] = unreadable.values();
      if (stuck) throw stuck;
      this.#delay = FIRST_RETRY;
      this.#fail(undefined);
    } catch (failure) {
      this.#fail(failure);
      this.#retry = setTimeout(() => void this.#send(), this.#delay * (0.75 + Math.random() / 2));
      this.#delay = Math.min(this.#delay * 2, this.resendAfter());
    } finally {
      this.#busy = false;
    }
  }

  /** @returns the problem when the server cannot read it; nothing of it is stored then */
  async #sendBatch(batch: FinishedSale[]): Promise<Problem | undefined> {
    try {
      const { data } = await this.#post(batch);
      // One result per sale, in their order; the id of what could not be read may be missing.
      if (data.length !== batch.length) throw new UnreadableAnswer('/api/sales/batch');
      for (const [index, { result }] of data.entries()) {
        const review = result === 'conflict' || result === 'invalid' ? { review: result } : {};
        await this.#move(batch[index]?.id ?? '', { place: 'server', ...review });
      }
      await this.#forgetOld();
      return undefined;
    } catch (failure) {
      if (failure instanceof Problem && [400, 413, 422].includes(failure.status)) return failure;
      throw failure;
    }
  }

  /** The till's own proof is enough: an expired session must not keep sales here. */
  async #post(batch: FinishedSale[]) {
    const token = await this.session.token().catch(() => undefined);
    const headers = {
      'X-Device-Token': this.deviceToken(),
      'X-Client-Time': new Date().toISOString(),
    };
    const body = batch.map(one => one.sale) satisfies Sales<'NewSale'>[];
    try {
      return await request('/api/sales/batch', {
        method: 'POST',
        headers: token ? { ...headers, Authorization: `Bearer ${token}` } : headers,
        body,
        answer: resultSchema,
      });
    } catch (failure) {
      if (!token || !(failure instanceof Problem) || failure.status !== 401) throw failure;
      return request('/api/sales/batch', { method: 'POST', headers, body, answer: resultSchema });
    }
  }

  async #move(id: string, change: Partial<FinishedSale>): Promise<void> {
    const transaction = (await database()).transaction('finished', 'readwrite', { durability: 'strict' });
    const sale = keptFinished(await transaction.store.get(id));
    // The server's answer stands: what it has is not only on this device again.
    if (sale && !(sale.place === 'server' && change.place === 'device')) {
      const { before, ...rest } = sale;
      const keepsBefore = (change.place ?? sale.place) === 'sending' && before;
      await transaction.store.put({ ...rest, ...(keepsBefore && { before }), ...change });
    }
    await transaction.done;
    this.#changed();
  }

  async #forgetOld(): Promise<void> {
    const transaction = (await database()).transaction('finished', 'readwrite');
    let count = 0;
    let cursor = await transaction.store.index('at').openCursor(null, 'prev');
    for (; cursor; cursor = await cursor.continue())
      if (cursor.value.place === 'server' && ++count > KEPT) await cursor.delete();
    await transaction.done;
  }

  #changed(): void {
    this.#windows.tell('changed');
    void this.#refresh();
  }

  async #refresh(): Promise<void> {
    if (this.#closed) return;
    const waiting = await this.unsent().catch(() => []);
    const [last] = await this.recent(1).catch(() => []);
    this.state.set({ ...this.state.get(), unsent: waiting.length, oldest: waiting[0]?.at, last });
  }

  #fail(failure: unknown): void {
    this.state.set({ ...this.state.get(), failure });
  }
}

async function finishedAt(place: Place): Promise<FinishedSale[]> {
  const rows = await (await database()).getAllFromIndex('finished', 'place', place);
  return rows.flatMap(row => keptFinished(row) ?? []);
}
