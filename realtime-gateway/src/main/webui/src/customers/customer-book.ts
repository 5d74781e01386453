import { array, exactOptional, type InferOutput, object, string, unknown } from 'valibot';
import { normalForm, searchWords } from '../catalogue/text.ts';
import { checked } from '../platform/border.ts';
import { database, readValue } from '../platform/db.ts';
import type { Sales } from '../platform/http/api.ts';
import { Problem } from '../platform/http/failure.ts';
import type { Requests } from '../platform/http/request.ts';
import type { Follower } from '../platform/live/live-client.ts';
import { Store } from '../platform/store.ts';
import { timeUuid } from '../platform/uuid.ts';
import { pageSchema } from '../platform/validate.ts';
import { withLock } from '../platform/windows.ts';
import { type Customer, customerOf } from './customer.ts';
import { Repayments, withRepayments } from './repayments.ts';

const newSchema = array(object({ id: string(), name: string(), phone: exactOptional(string()) }));
type NewCustomer = InferOutput<typeof newSchema>[number];

/** A customer as this till finds them; `form` is the normal form of name and phone. */
interface Entry {
  customer: Customer;
  name: string;
  form: string;
}

const PAGE = 1_000;
/** A cap of memory, far above any shop's customers. */
const MOST = 200_000;
const NEW = 'new-customers';
const RETRY = 30_000;
const ANSWER_WITHIN = 1_500;

/** The customers, kept on this till: searched without the server, and made here without internet, each once. */
export class CustomerBook implements Follower {
  readonly channel = 'customers';
  /** Rises with each change. */
  readonly revision = new Store(0);
  #entries: Map<string, Entry> | undefined;
  #loading: Promise<void> | undefined;
  #again = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** Debts paid back here while the server was away. */
  readonly repayments: Repayments;

  constructor(private readonly server: Requests) {
    this.repayments = new Repayments(server, data => this.event({ data }));
    this.repayments.waiting.subscribe(() => this.#changed());
    this.repayments.open().catch(() => undefined);
  }

  close(): void {
    this.repayments.close();
    this.#closed = true;
    this.#again = false;
    clearTimeout(this.#retry);
  }

  /** What changed meanwhile is not known. The whole list may take long: nothing waits for it, and a failure tries again. */
  async reload(): Promise<void> {
    if (this.#closed) return;
    if (this.#loading) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#loading = this.load()
      .catch(() => {
        clearTimeout(this.#retry);
        if (!this.#closed) this.#retry = setTimeout(() => void this.reload(), RETRY);
      })
      .finally(() => {
        this.#loading = undefined;
        if (this.#again) void this.reload();
      });
  }

  async event({ data }: { data: unknown }): Promise<void> {
    const customer = customerOf(data, 'socket');
    if (customer) await this.#take([customer]);
  }

  /** Those whose name or phone has all the words: at the start of the name first, then of a word, then inside. */
  async search(words: string, limit = 30): Promise<Customer[]> {
    const entries = await this.#read();
    const wanted = searchWords(words);
    if (wanted.length === 0 && words.trim() !== '') return [];
    const found: { rank: number; entry: Entry }[] = [];
    for (const entry of entries.values()) {
      if (entry.customer.archived) continue;
      if (wanted.every(word => entry.form.includes(word)))
        found.push({ rank: rankOf(entry.form, wanted[0] ?? ''), entry });
    }
    return found
      .sort((a, b) => a.rank - b.rank || (a.entry.name < b.entry.name ? -1 : 1))
      .slice(0, limit)
      .map(one => withRepayments(one.entry.customer, this.repayments.waiting.get()));
  }

  async get(id: string): Promise<Customer | undefined> {
    const customer = (await this.#read()).get(id)?.customer;
    return customer && withRepayments(customer, this.repayments.waiting.get());
  }

  /** Makes a customer here; the server hears of it at once or as soon as it can. */
  async add(name: string, phone: string): Promise<Customer> {
    const made: NewCustomer = {
      id: timeUuid(),
      name: name.trim(),
      ...(phone.trim() && { phone: phone.trim() }),
    };
    const customer: Customer = { ...made, balances: [], archived: false, version: 0 };
    const transaction = (await database()).transaction(['customers', 'values'], 'readwrite', {
      durability: 'strict',
    });
    const waiting = waitingIn(await transaction.objectStore('values').get(NEW));
    await transaction.objectStore('values').put([...waiting, made], NEW);
    await transaction.objectStore('customers').put(customer);
    await transaction.done;
    (await this.#read()).set(customer.id, entryOf(customer));
    this.#changed();
    // The cashier waits no longer for the server than for a receipt.
    const sent = this.sendNew().catch(() => undefined);
    await Promise.race([sent, new Promise(resolve => setTimeout(resolve, ANSWER_WITHIN))]);
    return (await this.get(customer.id)) ?? customer;
  }

  /** Before any sale that may name them. The server knows each by its id, however often it is sent. */
  sendNew(): Promise<void> {
    return withLock('new-customers', async () => {
      for (;;) {
        const [next] = (await readValue(NEW, newSchema)) ?? [];
        if (!next || this.#closed) return;
        try {
          const { data } = await this.server.request('/api/customers', {
            method: 'POST',
            body: next satisfies Sales<'NewCustomer'>,
            answer: unknown(),
          });
          const customer = customerOf(data, 'server');
          if (customer) await this.#take([customer]);
        } catch (failure) {
          // Refused for good: it stays here, and its sales are flagged for a manager.
          if (!(failure instanceof Problem) || ![400, 409, 422].includes(failure.status)) throw failure;
        }
        await this.#forgetNew(next.id);
      }
    });
  }

  async #forgetNew(id: string): Promise<void> {
    const transaction = (await database()).transaction('values', 'readwrite');
    const waiting = waitingIn(await transaction.store.get(NEW));
    await transaction.store.put(
      waiting.filter(one => one.id !== id),
      NEW,
    );
    await transaction.done;
  }

  /** All customers, page by page. */
  async load(): Promise<void> {
    let after: string | null | undefined;
    let count = 0;
    do {
      const query = new URLSearchParams({ limit: String(PAGE), ...(after && { after }) });
      const { data } = await this.server.request(`/api/customers?${query}`, { answer: pageSchema });
      const customers = data.items.flatMap(item => customerOf(item, 'server') ?? []);
      await this.#take(customers);
      count += customers.length;
      after = data.next;
    } while (after && count < MOST && !this.#closed);
  }

  /** The highest version wins. */
  async #take(customers: Customer[]): Promise<void> {
    const entries = await this.#read();
    const newer = customers.filter(one => one.version >= (entries.get(one.id)?.customer.version ?? 0));
    if (newer.length === 0) return;
    const transaction = (await database()).transaction('customers', 'readwrite');
    await Promise.all(newer.map(one => transaction.store.put(one)));
    await transaction.done;
    for (const one of newer) entries.set(one.id, entryOf(one));
    this.#changed();
  }

  async #read(): Promise<Map<string, Entry>> {
    if (!this.#entries) {
      const rows = await (await database()).getAll('customers');
      const kept = rows.flatMap(row => customerOf(row, 'storage') ?? []);
      this.#entries ??= new Map(kept.map(customer => [customer.id, entryOf(customer)]));
    }
    return this.#entries;
  }

  #changed(): void {
    this.revision.set(this.revision.get() + 1);
  }
}

const waitingIn = (value: unknown): NewCustomer[] =>
  value === undefined ? [] : (checked(newSchema, value, 'storage', NEW) ?? []);

function entryOf(customer: Customer): Entry {
  const name = normalForm(customer.name);
  return { customer, name, form: `${name} ${normalForm(customer.phone ?? '')}` };
}

function rankOf(form: string, word: string): number {
  return form.startsWith(word) ? 0 : form.includes(` ${word}`) ? 1 : 2;
}
