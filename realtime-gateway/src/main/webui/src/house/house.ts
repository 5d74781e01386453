import {
  array,
  fallback,
  type InferOutput,
  nullish,
  number,
  object,
  optional,
  parse,
  record,
  string,
  union,
  unknown,
} from 'valibot';
import { DEFAULT_WEIGHED } from '../catalogue/codes.ts';
import type { Rates } from '../catalogue/product.ts';
import { type Border, checked, checkedEach } from '../platform/border.ts';
import { readValue, writeValue } from '../platform/db.ts';
import { type Products, reads, type Settings } from '../platform/http/api.ts';
import type { Follower } from '../platform/live/live-client.ts';
import { Store } from '../platform/store.ts';
import { decimalText, pageSchema } from '../platform/validate.ts';
import { converted } from '../sales/domain/arithmetic.ts';
import type { Session } from '../session/session.ts';

const named = reads<Products<'ReferenceItem'>>()(object({ id: string(), name: optional(string(), '') }));
const ratesSchema = reads<Products<'Rates'>>()(
  object({
    main: optional(string()),
    version: optional(number(), 0),
    items: array(object({ currency: string(), rate: decimalText })),
  }),
);
const enterpriseSchema = reads<Settings<'EnterpriseView'>>()(
  object({
    name: fallback(string(), ''),
    phones: fallback(array(string()), []),
    licenceUntil: nullish(string()),
    currency: fallback(string(), 'UZS'),
    negativeStock: fallback(string(), 'WARN'),
    /** In the main currency; null: as much as one likes. */
    cashLimit: fallback(nullish(decimalText), null),
    cashRoundings: fallback(record(string(), union([number(), string()])), {}),
    weighedBarcodes: fallback(array(string()), DEFAULT_WEIGHED),
  }),
);
const deviceSchema = reads<Settings<'DeviceSettings'>>()(
  object({
    resendSeconds: fallback(number(), 300),
    receiptHeader: fallback(string(), ''),
    receiptFooter: fallback(string(), ''),
    receiptWidth: fallback(string(), 'MM80'),
    scan: fallback(string(), 'RAISES_LINE'),
    askQuantity: fallback(unknown(), false),
  }),
);

export type Named = InferOutput<typeof named>;
export type Enterprise = InferOutput<typeof enterpriseSchema>;
export type DeviceSettings = InferOutput<typeof deviceSchema>;

/** What the shop has decided and the till sells by: reference data, rates, the enterprise's rules, this device's settings. */
export interface House {
  units: Named[];
  warehouses: Named[];
  priceTypes: Named[];
  cashDesks: Named[];
  rates: Rates;
  ratesVersion: number;
  enterprise: Enterprise;
  device: DeviceSettings;
}

const KEPT_AS = 'house';
const snapshotSchema = nullish(object({ user: optional(unknown()), device: optional(unknown()) }));
const changeSchema = object({ login: nullish(string()), deviceId: nullish(string()), settings: unknown() });
const keptNames = fallback(array(named), []);
const keptSchema = object({
  units: keptNames,
  warehouses: keptNames,
  priceTypes: keptNames,
  cashDesks: keptNames,
  rates: fallback(object({ main: string(), rates: record(string(), decimalText) }), {
    main: 'UZS',
    rates: {},
  }),
  ratesVersion: fallback(number(), 0),
  enterprise: fallback(enterpriseSchema, parse(enterpriseSchema, {})),
  device: fallback(deviceSchema, parse(deviceSchema, {})),
});

const EMPTY: House = {
  units: [],
  warehouses: [],
  priceTypes: [],
  cashDesks: [],
  rates: { main: 'UZS', rates: {} },
  ratesVersion: 0,
  enterprise: parse(enterpriseSchema, {}),
  device: parse(deviceSchema, {}),
};

export const unitName = (house: House, unit: string | null | undefined): string =>
  house.units.find(one => one.id === unit)?.name || (unit ?? '');

export const nameOf = (items: readonly Named[], id: string | undefined): string =>
  items.find(one => one.id === id)?.name || (id ?? '');

/** The names of what a user may choose from; a dash for nothing. */
export const namesOf = (choices: readonly { id: string }[] | undefined, items: readonly Named[]): string =>
  choices?.map(choice => nameOf(items, choice.id)).join(', ') || '–';

/** The step to which cash of a currency is rounded; undefined: it is not. */
export function roundingStep({ enterprise }: House, currency: string): string | undefined {
  const step = enterprise.cashRoundings[currency];
  return step === undefined || Number(step) <= 0 ? undefined : String(step);
}

/** The most that may be paid in cash, in that currency; undefined: as much as one likes. */
export function cashLimit({ enterprise, rates }: House, currency: string): string | undefined {
  const limit = enterprise.cashLimit;
  if (!limit) return undefined;
  if (currency === rates.main) return limit;
  const rate = rates.rates[currency];
  return rate === undefined ? undefined : converted(limit, '1', rate);
}

export class HouseData {
  readonly state = new Store<House>(EMPTY);
  readonly rates: Follower = {
    channel: 'rates',
    snapshot: data => this.#takeRates(data),
    event: ({ data }) => this.#takeRates(data),
    reload: () => this.#readRates(),
  };
  readonly settings: Follower = {
    channel: 'settings',
    snapshot: data => this.#takeSettings(data),
    event: ({ type, data }) => this.#takeEvent(type, data),
    reload: () => this.#readDevice(),
  };

  constructor(
    private readonly session: Session,
    private readonly deviceId: string,
    private readonly onUserSettings: (settings: unknown) => void = () => undefined,
  ) {}

  /** What was known at the last start, so that a till without internet sells by it. */
  async open(): Promise<void> {
    const kept = await readValue(KEPT_AS, keptSchema);
    if (kept) this.state.set(kept);
  }

  async reload(): Promise<void> {
    await Promise.all([
      this.#readNamed('units', 'units'),
      this.#readNamed('warehouses', 'warehouses'),
      this.#readNamed('price-types', 'priceTypes'),
      this.#readNamed('cash-desks', 'cashDesks'),
      this.#readRates(),
      this.#readEnterprise(),
      this.#readDevice(),
    ]);
  }

  async #readNamed(kind: string, as: 'units' | 'warehouses' | 'priceTypes' | 'cashDesks'): Promise<void> {
    const { data } = await this.session.request(`/api/reference/${kind}`, { answer: pageSchema });
    this.#change({ [as]: checkedEach(named, data.items, 'server', kind) });
  }

  async #readRates(): Promise<void> {
    this.#takeRates(
      (await this.session.request('/api/currency-rates', { answer: unknown() })).data,
      'server',
    );
  }

  async #readEnterprise(): Promise<void> {
    this.#takeEnterprise(
      (await this.session.request('/api/enterprise', { answer: unknown() })).data,
      'server',
    );
  }

  async #readDevice(): Promise<void> {
    const path = `/api/devices/${this.deviceId}/settings` as const;
    this.#takeDevice((await this.session.request(path, { answer: unknown() })).data, 'server');
  }

  /** The highest version wins; a message of another form changes nothing. */
  #takeRates(data: unknown, border: Border = 'socket'): void {
    const told = checked(ratesSchema, data, border, 'rates');
    const { rates, ratesVersion } = this.state.get();
    if (!told || told.version < ratesVersion) return;
    const { main, items, version } = told;
    const all = Object.fromEntries(items.map(item => [item.currency, item.rate]));
    this.#change({ rates: { main: main ?? rates.main, rates: all }, ratesVersion: version });
  }

  #takeEnterprise(data: unknown, border: Border = 'socket'): void {
    const enterprise = checked(enterpriseSchema, data, border, 'enterprise');
    if (enterprise) this.#change({ enterprise });
  }

  #takeDevice(data: unknown, border: Border = 'socket'): void {
    const device = checked(deviceSchema, data, border, 'device settings');
    if (device) this.#change({ device });
  }

  #takeSettings(data: unknown): void {
    const { user, device } = checked(snapshotSchema, data, 'socket', 'settings') ?? {};
    if (user) this.onUserSettings(user);
    if (device) this.#takeDevice(device);
  }

  #takeEvent(type: string, data: unknown): void {
    if (type === 'enterprise.changed') {
      this.#takeEnterprise(data);
      return;
    }
    const { login, deviceId, settings } = checked(changeSchema, data, 'socket', type) ?? {};
    if (login !== undefined && login === this.session.state.get()?.user.login) this.onUserSettings(settings);
    else if (deviceId === this.deviceId && settings) this.#takeDevice(settings);
  }

  #change(change: Partial<House>): void {
    this.state.set({ ...this.state.get(), ...change });
    writeValue(KEPT_AS, this.state.get()).catch(() => undefined);
  }
}
