import { literal, union } from 'valibot';
import type { Sales } from '../platform/http/api.ts';
import { Problem } from '../platform/http/failure.ts';
import { request } from '../platform/http/request.ts';
import { Store } from '../platform/store.ts';
import { WindowChannel, whileLeader } from '../platform/windows.ts';

export type Report = Sales<'NewReport'>;

/** The server takes a till for away after 75 s. A hidden window's timers come once a minute. */
const REPORT_AFTER = 50_000;
const TICK = 10_000;
/** Between two changes, so that a sale and its arrival at the server are one report. */
const PAUSE = 1_000;

/** Why the server has not taken the last report; undefined: it has, or none was sent yet. */
export const reportFailure = new Store<unknown>(undefined);

/**
 * Tells the server what this till still has to send: at each change and every minute, as long as the program is open, whoever is
 * logged in. One window of the till does it. When the last window closes, it says so; if it cannot say for certain what is
 * unsent, it says nothing, and the till counts as away.
 */
export class TillReporter {
  readonly #outbox = new WindowChannel('outbox', union([literal('changed'), literal('wake')]));
  readonly #resign: () => void;
  readonly #undo: (() => void)[] = [];
  #leading = false;
  #report: Report | undefined;
  /** Raised with each change of the sales: a report that was gathered before one is not the present one. */
  #changes = 0;
  #gathered = -1;
  #sent = '';
  #sentAt = 0;
  /** A till that the server does not want, for example while it waits for approval, asks less often. */
  #notBefore = 0;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param gather what there is to tell; it must not be called at once for several windows */
  constructor(
    private readonly deviceToken: () => string,
    private readonly gather: () => Promise<Report>,
  ) {
    this.#outbox.listen(message => (message === 'changed' ? this.changed() : this.again()));
    const again = () => this.again();
    const hidden = () => this.#sayGoodbye();
    window.addEventListener('online', again);
    window.addEventListener('pageshow', again);
    window.addEventListener('pagehide', hidden);
    const ticking = setInterval(again, TICK);
    this.#undo.push(
      () => window.removeEventListener('online', again),
      () => window.removeEventListener('pageshow', again),
      () => window.removeEventListener('pagehide', hidden),
      () => clearInterval(ticking),
    );
    this.#resign = whileLeader('tills', () => {
      this.#leading = true;
      this.again();
    });
  }

  /** This till is left: nothing of it is unsent. */
  close(): void {
    this.#sayGoodbye();
    this.#leading = false;
    for (const undo of this.#undo) undo();
    clearTimeout(this.#timer);
    this.#resign();
    this.#outbox.close();
  }

  /** A sale was finished or sent. Until that has been looked at, what is unsent is not certain. */
  changed(): void {
    this.#changes++;
    this.again();
  }

  /** Something else may have changed: looks at once, tells within a second. */
  again(): void {
    if (!this.#leading) return;
    void this.#look();
    this.#schedule(PAUSE);
  }

  #schedule(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#tell();
    }, delay);
  }

  async #look(): Promise<void> {
    const change = this.#changes;
    try {
      const report = await this.gather();
      if (change < this.#gathered) return;
      this.#report = report;
      this.#gathered = change;
    } catch {
      // A till that cannot read what it keeps tells nothing: the server takes it for away.
    }
  }

  async #tell(): Promise<void> {
    if (this.#busy || !this.#leading || Date.now() < this.#notBefore) return;
    this.#busy = true;
    try {
      await this.#look();
      const text = JSON.stringify(this.#report);
      const due = Date.now() - this.#sentAt >= REPORT_AFTER;
      if (!this.#report || this.#gathered !== this.#changes || (text === this.#sent && !due)) return;
      await request('/api/tills/me', {
        method: 'PUT',
        headers: this.#headers(),
        body: this.#report satisfies Report,
      });
      this.#sent = text;
      this.#sentAt = Date.now();
      reportFailure.set(undefined);
    } catch (failure) {
      // The next tick tries again; the server asks only those who are too quick to come back sooner.
      this.#sent = '';
      reportFailure.set(failure);
      if (failure instanceof Problem && failure.status === 429) this.#schedule(PAUSE);
      if (failure instanceof Problem && failure.status === 403) this.#notBefore = Date.now() + REPORT_AFTER;
    } finally {
      this.#busy = false;
    }
  }

  #headers(): Record<string, string> {
    return { 'X-Device-Token': this.deviceToken(), 'X-Client-Time': new Date().toISOString() };
  }

  #sayGoodbye(): void {
    if (!this.#leading || !this.#report || this.#gathered !== this.#changes) return;
    this.#sent = '';
    this.#sentAt = 0;
    const goodbye = {
      method: 'PUT',
      keepalive: true,
      headers: { 'Content-Type': 'application/json', ...this.#headers() },
      body: JSON.stringify({ ...this.#report, closing: true } satisfies Report),
    };
    const worker = navigator.serviceWorker?.controller;
    if (worker) worker.postMessage({ goodbye });
    else fetch('/api/tills/me', goodbye).catch(() => undefined);
  }
}
