import { droppedThings } from '../platform/border.ts';
import { storageFull } from '../platform/db.ts';
import { Store } from '../platform/store.ts';

/** What may be wrong with the till itself, by the names that the server gets too. */
const WARNINGS = ['not-persisted', 'low-space', 'full', 'clock', 'old-browser', 'dropped'] as const;
export type Warning = (typeof WARNINGS)[number];

export interface Health {
  /** Whether the browser has promised not to clear this till's data; undefined: not known. */
  persisted: boolean | undefined;
  freeMegabytes: number | undefined;
  /** Seconds by which this device is ahead of the server; undefined: not known. */
  clockSeconds: number | undefined;
  /** Of Chrome; undefined: another browser. */
  chrome: number | undefined;
}

/** Below this a day's sales, or a new program, may find no room. */
const LOW_SPACE = 200;
/** The server moves the times of a till that is more than two minutes off. */
const CLOCK_OFF = 120;
/** The last Chrome of Windows 7 and 8.1: the program is made for it and for newer ones. */
const OLDEST_CHROME = 109;
const LOOK_EVERY = 60_000;
const MEGABYTE = 1_048_576;

export const health = new Store<Health>({
  persisted: undefined,
  freeMegabytes: undefined,
  clockSeconds: undefined,
  chrome: chromeOf(navigator.userAgent),
});

/** @param full whether the last write found no room; @param dropped how many things came in another form */
export function warningsOf(state: Health, full: boolean, dropped: number): Warning[] {
  const { persisted, freeMegabytes, clockSeconds, chrome } = state;
  const found: Record<Warning, boolean> = {
    'not-persisted': persisted === false,
    'low-space': freeMegabytes !== undefined && freeMegabytes < LOW_SPACE,
    full,
    clock: clockSeconds !== undefined && Math.abs(clockSeconds) > CLOCK_OFF,
    'old-browser': chrome !== undefined && chrome < OLDEST_CHROME,
    dropped: dropped > 0,
  };
  return WARNINGS.filter(name => found[name]);
}

/** What is wrong now. */
export const warnings = (): Warning[] =>
  warningsOf(health.get(), storageFull.get(), droppedThings.get().length);

/** As it is told to the server: coarse, so that what changes all the time is no news. */
export function storageTold({ persisted, freeMegabytes }: Health) {
  if (persisted === undefined && freeMegabytes === undefined) return undefined;
  const step = (freeMegabytes ?? 0) < 1_000 ? 100 : 1_000;
  return {
    ...(persisted !== undefined && { persisted }),
    ...(freeMegabytes !== undefined && { freeMegabytes: Math.floor(freeMegabytes / step) * step }),
  };
}

/** Looks now and every minute, until the returned function is called. */
export function watchHealth(): () => void {
  const look = () => void lookAtHealth().catch(() => undefined);
  look();
  const timer = setInterval(look, LOOK_EVERY);
  return () => clearInterval(timer);
}

export async function lookAtHealth(): Promise<void> {
  const [persisted, space, clockSeconds] = await Promise.all([
    navigator.storage?.persisted?.().catch(() => undefined),
    navigator.storage?.estimate?.().catch(() => undefined),
    clockDifference().catch(() => health.get().clockSeconds),
  ]);
  const free = space?.quota === undefined ? undefined : space.quota - (space.usage ?? 0);
  health.set({
    ...health.get(),
    persisted,
    freeMegabytes: free === undefined ? undefined : Math.floor(free / MEGABYTE),
    clockSeconds,
  });
}

/** Asks the browser to keep the till's data; whether it does is then known. */
export async function askToPersist(): Promise<boolean> {
  const persisted = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
  health.set({ ...health.get(), persisted });
  return persisted;
}

async function clockDifference(): Promise<number | undefined> {
  const asked = Date.now();
  const response = await fetch('/manifest.webmanifest', { method: 'HEAD', cache: 'no-store' });
  const date = Date.parse(response.headers.get('Date') ?? '');
  // The header has whole seconds, and the answer was on its way.
  return Number.isNaN(date) ? undefined : Math.round(((asked + Date.now()) / 2 - date - 500) / 1000);
}

export function chromeOf(agent: string): number | undefined {
  const version = /Chrome\/(\d+)/.exec(agent)?.[1];
  return version === undefined ? undefined : Number(version);
}
