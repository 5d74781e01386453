import { object, string, union } from 'valibot';
import { checked } from '../platform/border.ts';
import { Problem, SessionEnded } from '../platform/http/failure.ts';
import type { Follower } from '../platform/live/live-client.ts';
import type { LiveEvent } from '../platform/live/protocol.ts';
import { Store } from '../platform/store.ts';
import { WindowChannel } from '../platform/windows.ts';
import type { Session } from '../session/session.ts';
import { cooldownSchema, type Sync, syncSchema } from './sync.ts';

export interface SyncState {
  /** The sync this till started last, running or over. */
  sync: Sync | undefined;
  /** Until when, by this device's clock, the server takes no further one. */
  readyAt: number;
  starting: boolean;
  failure: unknown;
  /** Whether this till has ever synced. */
  synced: boolean;
  /** Whether the back office was asked to offer everything again with the next sync. */
  everything: boolean;
}

/** What the till remembers of its syncs over restarts. */
export interface SyncMemory {
  lastSync?: string | undefined;
  synced?: boolean | undefined;
}

/** Without a word of the socket for so long, the run is asked for. */
const POLL = 5_000;
const ROUNDING = 2_000;
const READY_AT = 'ksb-pos.sync-ready-at';
const eventSchema = union([syncSchema, object({ syncId: string() })]);

/**
 * The Sync button's state. It lives outside the pages and is rebuilt from the server after a reload or restart, so
 * progress and timer go on wherever one goes. The waiting time comes from the server as seconds left: the till's clock
 * may be wrong.
 */
export class Syncing implements Follower {
  readonly channel = 'sync';
  readonly state: Store<SyncState>;
  readonly #windows = new WindowChannel('sync', string());
  #poll: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(
    private readonly session: Session,
    private readonly memory: SyncMemory,
    private readonly remember: (memory: SyncMemory) => void,
    private readonly storage: Storage = localStorage,
  ) {
    this.state = new Store<SyncState>({
      sync: undefined,
      readyAt: Number(storage.getItem(READY_AT) ?? 0) || 0,
      starting: false,
      failure: undefined,
      synced: memory.synced === true,
      everything: false,
    });
    // Another window of this till has started a run: its progress and its timer are this one's, too.
    this.#windows.listen(id => {
      this.#note({ lastSync: id });
      this.reload().catch(() => undefined);
    });
  }

  close(): void {
    this.#closed = true;
    this.#windows.close();
    clearTimeout(this.#poll);
  }

  async start(): Promise<void> {
    this.#change({ starting: true, failure: undefined, everything: false });
    try {
      const { data } = await this.session.request('/api/syncs', {
        method: 'POST',
        body: {},
        answer: syncSchema,
      });
      this.#take(data);
      this.#windows.tell(data.id);
      await this.#readCooldown();
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 429) this.#waitFor(failure.retryAfter ?? 60);
      else this.#change({ failure });
    } finally {
      this.#change({ starting: false });
    }
  }

  /** Ends the run that goes on; what has come stays, and what was not confirmed comes again. */
  async cancel(): Promise<void> {
    const { sync } = this.state.get();
    if (sync?.status !== 'RUNNING') return;
    try {
      this.#take(
        (await this.session.request(`/api/syncs/${sync.id}`, { method: 'DELETE', answer: syncSchema })).data,
      );
    } catch (failure) {
      this.#change({ failure });
    }
  }

  /** Asks the back office to offer everything again; the next sync brings it. For an administrator. */
  async askForEverything(): Promise<void> {
    this.#change({ failure: undefined });
    try {
      await this.session.request('/api/syncs/full', { method: 'POST', body: {} });
      this.#change({ everything: true });
    } catch (failure) {
      this.#change({ failure });
    }
  }

  async reload(): Promise<void> {
    await this.#readCooldown();
    await this.#readLast();
  }

  event(event: LiveEvent): void {
    const told = checked(eventSchema, event.data, 'socket', event.type);
    if (!told) return;
    if ('syncId' in told) {
      // What the CRM gets too tells only that something happened to the run.
      if (told.syncId === this.memory.lastSync) this.#readLast().catch(() => undefined);
    } else if (told.id === this.memory.lastSync) {
      this.#take(told);
    }
  }

  async #readCooldown(): Promise<void> {
    const { data } = await this.session.request('/api/syncs/cooldown', { answer: cooldownSchema });
    if (data.running && data.running !== this.memory.lastSync) this.#note({ lastSync: data.running });
    this.#waitFor(data.secondsLeft);
  }

  async #readLast(): Promise<void> {
    const id = this.memory.lastSync;
    if (!id) return;
    try {
      this.#take((await this.session.request(`/api/syncs/${id}`, { answer: syncSchema })).data);
    } catch (failure) {
      // Too old, the server no longer has it: nothing to show.
      if (!(failure instanceof Problem) || failure.status !== 404) throw failure;
    }
  }

  #take(sync: Sync): void {
    if (this.#closed) return;
    const before = this.state.get().sync;
    // A poll that was on its way must not make a finished run look alive again.
    if (before?.id === sync.id && before.status !== 'RUNNING' && sync.status === 'RUNNING') return;
    if (before?.id !== sync.id) this.#note({ lastSync: sync.id });
    if (sync.status === 'COMPLETED') this.#note({ synced: true });
    this.#change({ sync, synced: this.memory.synced === true });
    clearTimeout(this.#poll);
    if (sync.status === 'RUNNING') this.#poll = setTimeout(() => this.#pollOnce(), POLL);
    else if (before?.status === 'RUNNING') this.#readCooldown().catch(() => undefined);
  }

  /** The socket tells sooner; this is for the moments without one. */
  #pollOnce(): void {
    this.#readLast().catch(failure => {
      if (this.#closed || failure instanceof SessionEnded) return;
      this.#poll = setTimeout(() => this.#pollOnce(), POLL);
    });
  }

  #note(change: SyncMemory): void {
    Object.assign(this.memory, change);
    this.remember(change);
  }

  #waitFor(seconds: number): void {
    const told = seconds > 0 ? Date.now() + seconds * 1000 : 0;
    const { readyAt: known } = this.state.get();
    // The server tells whole seconds: what differs by less than that is the same moment, and a timer never goes back.
    const readyAt = told > known && told - known < ROUNDING ? known : told;
    this.storage.setItem(READY_AT, String(readyAt));
    this.#change({ readyAt });
  }

  #change(change: Partial<SyncState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
