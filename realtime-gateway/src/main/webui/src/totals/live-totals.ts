import { number, object, optional, string, unknown } from 'valibot';
import { businessDate } from '../format/time.ts';
import { type Border, checked } from '../platform/border.ts';
import type { Follower } from '../platform/live/live-client.ts';
import type { LiveEvent } from '../platform/live/protocol.ts';
import { Store } from '../platform/store.ts';
import type { Session } from '../session/session.ts';
import { isNewer, readTotals, type ShownTotals } from './totals.ts';

const KEPT_AS = 'ksb-pos.totals';
const keptSchema = object({ totals: unknown(), login: optional(string()), receivedAt: number() });
const LOOK_AT_THE_DATE = 20_000;

/** Today's totals: from the socket, over HTTP when events may be missing, and anew when the business day turns. */
export class LiveTotals implements Follower {
  readonly channel = 'totals';
  readonly shown: Store<ShownTotals | undefined>;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly session: Session,
    private readonly storage: Storage = sessionStorage,
  ) {
    this.shown = new Store(readKept(storage, session.state.get()?.user.login));
    this.#timer = setInterval(() => this.#turnTheDay(), LOOK_AT_THE_DATE);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  snapshot(data: unknown): void {
    this.#offer(data);
  }

  event(event: LiveEvent): void {
    this.#offer(event.data);
  }

  async reload(): Promise<void> {
    this.#offer((await this.session.request('/api/totals', { answer: unknown() })).data, 'server');
  }

  #offer(data: unknown, border: Border = 'socket'): void {
    const totals = readTotals(data, border);
    if (!totals) return;
    const shown = this.shown.get();
    if (shown && !isNewer(totals, shown.totals)) return;
    const now = { totals, receivedAt: Date.now() };
    this.shown.set(now);
    const login = this.session.state.get()?.user.login;
    try {
      this.storage.setItem(KEPT_AS, JSON.stringify({ ...now, login }));
    } catch {
      // Denied storage costs F5 its figures until the server answers, nothing more.
    }
  }

  /** The till's clock only says when to ask; which day it is, the server decides. */
  #turnTheDay(): void {
    const shown = this.shown.get();
    const clock = this.session.state.get()?.clock;
    if (!shown || !clock || businessDate(Date.now(), clock.zone, clock.dayStart) <= shown.totals.date) return;
    this.reload().catch(() => undefined);
  }
}

/** What this window showed before F5, so that a till without internet still shows it, with its age. */
function readKept(storage: Storage, login: string | undefined): ShownTotals | undefined {
  try {
    const stored = storage.getItem(KEPT_AS);
    const kept = stored === null ? undefined : checked(keptSchema, JSON.parse(stored), 'storage', 'totals');
    if (!kept || kept.login !== login) return undefined;
    const totals = readTotals(kept.totals, 'storage');
    return totals && { totals, receivedAt: kept.receivedAt };
  } catch {
    return undefined;
  }
}
