import type { Device } from '../device/device.ts';
import { LiveClient } from '../platform/live/live-client.ts';
import type { Session } from '../session/session.ts';
import { Syncing } from '../sync/syncing.ts';
import { LiveTotals } from '../totals/live-totals.ts';

/** What lives from log-in to log-out and outlasts every change of page. */
export class Workplace {
  readonly totals: LiveTotals;
  readonly syncing: Syncing;
  readonly live: LiveClient;
  readonly #stopListening: () => void;

  constructor(
    readonly device: Device,
    readonly session: Session,
    noteOnDevice: (change: Partial<Device>) => void,
  ) {
    this.totals = new LiveTotals(session);
    this.syncing = new Syncing(session, device, noteOnDevice);
    this.live = new LiveClient({
      url: socketUrl(location),
      tokens: session,
      followers: [this.totals, this.syncing],
    });
    this.#stopListening = session.onToken(token => this.live.authenticate(token));
  }

  start(): void {
    this.live.start();
    window.addEventListener('online', this.#online);
    // The socket brings the same; whichever is first fills the screen.
    this.totals.reload().catch(() => undefined);
    this.syncing.reload().catch(() => undefined);
  }

  close(): void {
    window.removeEventListener('online', this.#online);
    this.#stopListening();
    this.live.stop();
    this.totals.close();
    this.syncing.close();
  }

  readonly #online = (): void => this.live.networkIsBack();
}

function socketUrl({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws`;
}
