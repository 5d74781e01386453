import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { GenericSchema, InferOutput } from 'valibot';
import type { Product } from '../catalogue/product.ts';
import type { Customer } from '../customers/customer.ts';
import type { Device } from '../device/device.ts';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import type { OpenSale } from '../sales/store/open-sale.ts';
import { checked } from './border.ts';
import { Store } from './store.ts';

/** Everything this till keeps. Nothing here is ever deleted by a log-out or an update. */
export interface TillSchema extends DBSchema {
  device: { key: 'this'; value: Device };
  /** Single values: versions, reference data, counters, preferences of the till. */
  values: { key: string; value: unknown };
  /** The catalogue, in buckets: a hundred thousand rows of their own would take seconds to read. */
  catalogue: { key: number; value: Product[] };
  customers: { key: string; value: Customer };
  /** Open sales: the one truth for all windows. */
  sales: { key: string; value: OpenSale };
  /** Finished sales: unsent ones until the server has them, then the last ones for a copy of the receipt. */
  finished: { key: string; value: FinishedSale; indexes: { place: string; at: number } };
}

export type TillDatabase = IDBPDatabase<TillSchema>;

/**
 * How the database is. `blocked`: another window keeps an older version open; `superseded`: another window needs a newer
 * one and this one has let go; `failed`: the browser gives none, with its words.
 */
export type DatabaseState =
  | { kind: 'ready' }
  | { kind: 'blocked' }
  | { kind: 'superseded' }
  | { kind: 'failed'; reason: string };

export const databaseState = new Store<DatabaseState>({ kind: 'ready' });

/** Whether the last write failed because the disk is full: nothing that is sold now would be kept. */
export const storageFull = new Store(false);

const NAME = 'ksb-pos';
const VERSION = 2;

let opened: Promise<TillDatabase> | undefined;

/** @throws when the browser gives no database: never taken for an empty one. */
export function database(): Promise<TillDatabase> {
  opened ??= open().catch(failure => {
    opened = undefined;
    databaseState.set({ kind: 'failed', reason: String(failure) });
    throw failure;
  });
  return opened;
}

async function open(): Promise<TillDatabase> {
  const db = await openDB<TillSchema>(NAME, VERSION, {
    upgrade(db, from) {
      if (from < 1) db.createObjectStore('device');
      if (from < 2) {
        db.createObjectStore('values');
        db.createObjectStore('catalogue');
        db.createObjectStore('customers', { keyPath: 'id' });
        db.createObjectStore('sales', { keyPath: 'id' });
        const finished = db.createObjectStore('finished', { keyPath: 'id' });
        finished.createIndex('place', 'place');
        finished.createIndex('at', 'at');
      }
    },
    blocked() {
      databaseState.set({ kind: 'blocked' });
    },
    blocking() {
      db.close();
      opened = undefined;
      databaseState.set({ kind: 'superseded' });
    },
    terminated() {
      // The browser ended the connection (for example, its data were cleared): the next use opens a new one.
      opened = undefined;
    },
  });
  // Every transaction's end bubbles up to here, whoever began it.
  db.addEventListener('abort', event => {
    if ((event.target as IDBTransaction | null)?.error?.name === 'QuotaExceededError') storageFull.set(true);
  });
  databaseState.set({ kind: 'ready' });
  return db;
}

const PROBE = 'storage-probe';
/** About as much as a day's sales take. */
const PROBE_SIZE = 1_000_000;

/** Writes something and takes it away again: whether there is room is known before the first sale needs it. */
export async function probeStorage(): Promise<void> {
  await writeValue(PROBE, new Uint8Array(PROBE_SIZE));
  await (await database()).delete('values', PROBE);
  storageFull.set(false);
}

/** @returns undefined when there is none, or one that an older version or another program left in another form */
export async function readValue<Schema extends GenericSchema>(
  key: string,
  schema: Schema,
): Promise<InferOutput<Schema> | undefined> {
  const value = await (await database()).get('values', key);
  return value === undefined ? undefined : checked(schema, value, 'storage', key);
}

export async function writeValue(key: string, value: unknown): Promise<void> {
  await (await database()).put('values', value, key);
}
