import { Approvals } from '../approval/approvals.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { CustomerBook } from '../customers/customer-book.ts';
import { notice } from '../design/notices.tsx';
import type { Device } from '../device/device.ts';
import { HouseData } from '../house/house.ts';
import { catalogues } from '../i18n/languages.ts';
import { Outbox } from '../outbox/outbox.ts';
import { probeStorage, storageFull } from '../platform/db.ts';
import { LiveClient } from '../platform/live/live-client.ts';
import { Scans } from '../sales/scanner/scans.ts';
import { OpenSales } from '../sales/store/open-sales.ts';
import { saleView } from '../sales/store/sale-view.ts';
import { Selling } from '../sales/store/selling.ts';
import type { Session } from '../session/session.ts';
import { Syncing } from '../sync/syncing.ts';
import { TillBoard } from '../tills/till-board.ts';
import { LiveTotals } from '../totals/live-totals.ts';
import type { Preferences } from './preferences.ts';

const HOUSE_WITHIN = 3_000;
/** How often a till whose disk is full looks whether there is room again. */
const LOOK_FOR_ROOM = 10_000;

/** What lives from log-in to log-out and outlasts every change of page. */
export class Workplace {
  readonly totals: LiveTotals;
  readonly syncing: Syncing;
  readonly live: LiveClient;
  readonly house: HouseData;
  readonly catalogue: Catalogue;
  readonly sales: OpenSales;
  readonly outbox: Outbox;
  readonly selling: Selling;
  readonly approvals: Approvals;
  readonly scans = new Scans();
  readonly customers: CustomerBook;
  readonly tills: TillBoard;
  readonly #stop: (() => void)[] = [];

  constructor(
    readonly device: Device,
    readonly session: Session,
    noteOnDevice: (change: Partial<Device>) => void,
    preferences: Preferences,
  ) {
    this.totals = new LiveTotals(session);
    this.syncing = new Syncing(session, device, noteOnDevice);
    this.house = new HouseData(session, device.deviceId, settings =>
      session.changeSettings(settings, 'socket'),
    );
    this.catalogue = new Catalogue(session);
    this.live = new LiveClient({ url: socketUrl(location), tokens: session });
    this.customers = new CustomerBook(session);
    this.tills = new TillBoard(session);
    this.outbox = new Outbox(
      session,
      () => device.token,
      () => this.house.state.get().device.resendSeconds * 1000,
      async () => {
        await this.customers.sendNew();
        await this.customers.repayments.send();
      },
    );
    this.sales = new OpenSales(
      session,
      () => this.#template(),
      this.live,
      ({ kind }) => {
        const text = catalogues[preferences.language.get()];
        if (kind === 'not-stored') notice('error', text.notStored);
        else
          notice('warning', kind === 'finished-elsewhere' ? text.finishedElsewhere : text.deletedElsewhere);
      },
    );
    this.approvals = new Approvals(session, device, () => this.online);
    const { catalogue, sales, house, outbox } = this;
    this.selling = new Selling({
      catalogue,
      sales,
      house,
      outbox,
      session,
      device,
      online: () => this.online,
    });
  }

  start(): void {
    for (const follower of [
      this.totals,
      this.syncing,
      this.house.rates,
      this.house.settings,
      this.catalogue,
      this.customers,
      this.tills,
      { channel: 'sales', event: this.#sold, reload: async () => undefined },
    ])
      this.live.follow(follower);
    this.live.start();
    const online = () => {
      this.live.networkIsBack();
      this.#reconnected();
    };
    const offline = () => this.live.networkIsGone();
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    this.#stop.push(
      () => window.removeEventListener('online', online),
      () => window.removeEventListener('offline', offline),
      this.session.onToken(token => this.live.authenticate(token)),
      this.live.connection.subscribe(() => {
        if (this.live.connection.get().phase === 'live') this.#reconnected();
      }),
      this.syncing.state.subscribe(() => this.#afterSync()),
    );
    const ignored = () => undefined;
    probeStorage().catch(ignored);
    const looking = setInterval(() => storageFull.get() && probeStorage().catch(ignored), LOOK_FOR_ROOM);
    this.#stop.push(() => clearInterval(looking));
    // The socket brings the same; whichever is first fills the screen.
    this.totals.reload().catch(ignored);
    this.syncing.reload().catch(ignored);
    this.catalogue.reload().catch(ignored);
    void this.#openSales().catch(ignored);
  }

  /** A new sale begins with the house's price type and warehouse: a new till waits a moment to hear of them. */
  async #openSales(): Promise<void> {
    await this.house.open().catch(() => undefined);
    const heard = this.house.reload().catch(() => undefined);
    if (this.house.state.get().priceTypes.length === 0)
      await Promise.race([heard, new Promise(resolve => setTimeout(resolve, HOUSE_WITHIN))]);
    await this.sales.open();
  }

  close(): void {
    for (const stop of this.#stop) stop();
    this.scans.close();
    this.live.stop();
    this.totals.close();
    this.syncing.close();
    this.sales.close();
    this.outbox.close();
    this.catalogue.close();
    this.customers.close();
  }

  get online(): boolean {
    return navigator.onLine !== false && this.live.connection.get().phase !== 'offline';
  }

  /** With what a new sale begins: this user's currency, main price type and main warehouse. */
  #template() {
    const settings = this.session.state.get()?.settings ?? {};
    const house = this.house.state.get();
    const priceType = main(settings.priceTypes) ?? house.priceTypes[0]?.id;
    const warehouse = main(settings.warehouses) ?? house.warehouses[0]?.id;
    return {
      currency: settings.currency ?? house.rates.main,
      ...(priceType && { priceType }),
      ...(warehouse && { warehouse }),
    };
  }

  #reconnected(): void {
    this.outbox.wake();
    this.sales.pushAll();
    this.session.goOnline().catch(() => undefined);
  }

  /** The shown stock comes with the products; what was sold here was lowered at once. */
  readonly #sold = ({ type, data }: { type: string; data: unknown }): void => {
    const view = type === 'sale.completed' ? saleView(data, 'socket') : undefined;
    if (view) void this.catalogue.told(view.id).catch(() => undefined);
  };

  #appliedSync: string | undefined;

  /** A run that is over may have brought reference data and products. */
  #afterSync(): void {
    const { sync } = this.syncing.state.get();
    if (!sync) return;
    // A run that was over when the till started has nothing new: everything is read at the start.
    if (this.#appliedSync === undefined) this.#appliedSync = sync.status === 'RUNNING' ? '' : sync.id;
    if (sync.status !== 'COMPLETED' || sync.id === this.#appliedSync) return;
    this.#appliedSync = sync.id;
    this.house.reload().catch(() => undefined);
    this.catalogue.reload().catch(() => undefined);
    this.customers.reload().catch(() => undefined);
  }
}

function main(choices: { id: string; main: boolean }[] | undefined): string | undefined {
  return (choices?.find(one => one.main) ?? choices?.[0])?.id;
}

function socketUrl({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws`;
}
