import {
  array,
  boolean,
  fallback,
  type InferOutput,
  looseObject,
  minValue,
  nullish,
  number,
  object,
  optional,
  picklist,
  pipe,
  string,
  transform,
} from 'valibot';
import type { Device } from '../device/device.ts';
import { type Border, checked } from '../platform/border.ts';
import { type ApiPath, reads, type Settings } from '../platform/http/api.ts';
import { Problem, SessionEnded, Unreachable } from '../platform/http/failure.ts';
import { type Answer, type RequestOptions, request } from '../platform/http/request.ts';
import { Store } from '../platform/store.ts';
import { randomUuid } from '../platform/uuid.ts';
import { decimalText } from '../platform/validate.ts';
import { withLock } from '../platform/windows.ts';
import { enterpriseClock } from './claims.ts';

const roles = ['CASHIER', 'MANAGER', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

/** Whether somebody decides what a cashier may not. */
export const hasManagerRights = ({ user: { role } }: LoginState): boolean =>
  role === 'MANAGER' || role === 'ADMIN';

export interface Choice {
  id: string;
  main: boolean;
}

const choices = optional(fallback(array(object({ id: string(), main: fallback(boolean(), false) })), []));
/** The user's settings as far as the pages use them; a right of another form is none. What the pages do not use is kept as it is. */
export const settingsSchema = reads<Settings<'UserSettings'>>()(
  looseObject({
    language: optional(fallback(string(), 'uz-Latn')),
    theme: optional(fallback(string(), 'system')),
    currency: optional(fallback(string(), 'UZS')),
    maySeeTotals: optional(fallback(boolean(), false)),
    mayChangePrice: optional(fallback(boolean(), false)),
    maySeePurchasePrice: optional(fallback(boolean(), false)),
    /** Null or absent: not limited. */
    maxDiscountPercent: nullish(fallback(decimalText, '0')),
    warehouses: choices,
    priceTypes: choices,
    cashDesks: optional(fallback(array(object({ kind: picklist(['CASH', 'CARD']), id: string() })), [])),
  }),
);
export type UserSettings = InferOutput<typeof settingsSchema>;

const userSchema = reads<Settings<'LoggedInUser'>>()(
  object({
    login: string(),
    displayName: string(),
    // Roles of machines do not log in at a till; whoever has a role of a newer server has the rights of a cashier.
    role: optional(
      pipe(
        string(),
        transform(role => roles.find(one => one === role) ?? 'CASHIER'),
      ),
    ),
  }),
);
export type User = InferOutput<typeof userSchema>;

const tokens = {
  accessToken: string(),
  /** Seconds. */
  expiresIn: pipe(number(), minValue(1)),
  refreshToken: string(),
  /** A newer proof that this is the registered till. */
  deviceToken: optional(string()),
};
const loginSchema = reads<Settings<'LoginResponse'>>()(
  object({ ...tokens, user: userSchema, settings: settingsSchema }),
);
const refreshSchema = reads<Settings<'LoginResponse'>>()(
  object({ ...tokens, user: optional(userSchema), settings: optional(settingsSchema) }),
);
const clockSchema = object({ zone: string(), dayStart: string() });
/** Of a log-in, as a till keeps it to let the same user in without the server. */
export const loginStateSchema = object({
  user: userSchema,
  settings: settingsSchema,
  clock: clockSchema,
  /** Logged in without the server: rights as last known, and nothing can be asked of it. */
  offline: optional(boolean()),
});
const keptSchema = object({
  deviceId: string(),
  family: string(),
  accessToken: string(),
  refreshToken: string(),
  expiresAt: number(),
  ...loginStateSchema.entries,
});

const sharedSchema = object({ accessToken: string(), refreshToken: string(), expiresAt: number() });
type SharedTokens = InferOutput<typeof sharedSchema>;

type Refreshed = InferOutput<typeof refreshSchema>;

export type LoginState = InferOutput<typeof loginStateSchema>;

/** By which somebody was let in without the server. */
export interface Secret {
  password?: string;
  pin?: string;
}

interface Kept extends LoginState {
  deviceId: string;
  /** One log-in, in whatever windows: a duplicated tab has the same tokens. */
  family: string;
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
}

const KEPT_AS = 'ksb-pos.session';
/** A token with less than this left is renewed before it is used. */
const MARGIN = 60_000;
/** Well before the gateway's own warning. */
const RENEW_BEFORE = 120_000;
const RETRY = 15_000;

/**
 * Who is logged in, in this window only: sessionStorage survives F5 and ends with the window, so every start leads to
 * the login. Tokens are renewed before they expire; without internet the session stays and the renewal is tried again.
 */
export class Session {
  readonly state = new Store<LoginState | undefined>(undefined);
  /** Why the login page is shown again, if not because of a log-out. */
  readonly ended = new Store(false);
  readonly #tokenListeners = new Set<(token: string) => void>();
  #kept: Kept | undefined;
  #renewal: Promise<string> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of a log-in without internet: used once, as soon as the server answers. */
  #secret: Secret | undefined;

  constructor(
    private readonly device: Device,
    private readonly storage: Storage = sessionStorage,
    private readonly onDeviceToken: (token: string) => void = () => undefined,
    /** What all windows of this browser see. */
    private readonly shared: Storage = localStorage,
  ) {
    const kept = readKept(storage);
    if (kept?.deviceId === device.deviceId) this.#keep(kept);
  }

  async logIn(login: string, password: string): Promise<void> {
    await this.#begin('/api/auth/login', { login, password });
  }

  /** Takes the till over from whoever is logged in: their session at the server goes on, so that they can come back. */
  async logInByPin(login: string, pin: string): Promise<LoginState> {
    return this.#begin('/api/auth/pin', { login, pin });
  }

  async #begin(
    path: '/api/auth/login' | '/api/auth/pin',
    secret: { login: string; password?: string; pin?: string },
  ): Promise<LoginState> {
    const { ksbId, deviceId } = this.device;
    const { data } = await request(path, {
      method: 'POST',
      headers: this.#deviceHeader(),
      body: { ksbId, deviceId, ...secret },
      answer: loginSchema,
    });
    this.ended.set(false);
    this.#secret = undefined;
    const family = randomUuid();
    const next = { ...this.#fromTokens(data), user: data.user, settings: data.settings };
    this.#keep({ ...next, family });
    for (const listener of this.#tokenListeners) listener(data.accessToken);
    return { user: next.user, settings: next.settings, clock: next.clock };
  }

  /** Goes on with what was checked on this device; the real log-in follows when the server answers. */
  logInOffline(state: LoginState, secret: Secret): void {
    this.ended.set(false);
    this.#secret = secret;
    this.#keep({
      ...state,
      offline: true,
      deviceId: this.device.deviceId,
      family: randomUuid(),
      accessToken: '',
      refreshToken: '',
      expiresAt: 0,
    });
  }

  /** Turns a log-in without internet into a real one, if it still can. */
  async goOnline(): Promise<void> {
    const { login } = this.#kept?.user ?? {};
    if (!login || !this.#kept?.offline || !this.#secret) return;
    if (this.#secret.pin !== undefined) await this.logInByPin(login, this.#secret.pin);
    else if (this.#secret.password !== undefined) await this.logIn(login, this.#secret.password);
  }

  async logOut(): Promise<void> {
    const kept = this.#kept;
    this.#forget();
    if (!kept || kept.offline) return;
    // The till is logged out in any case; a server that did not hear it lets the token run out.
    await request('/api/auth/logout', {
      method: 'POST',
      headers: { ...this.#deviceHeader(), Authorization: `Bearer ${kept.accessToken}` },
      body: { refreshToken: kept.refreshToken },
    }).catch(() => undefined);
  }

  /** Stops the timer; the session itself stays for the next load of this window. */
  close(): void {
    clearTimeout(this.#timer);
  }

  onToken(listener: (token: string) => void): () => void {
    this.#tokenListeners.add(listener);
    return () => this.#tokenListeners.delete(listener);
  }

  /** Settings of another form change nothing. */
  changeSettings(data: unknown, border: Border): void {
    const settings = checked(settingsSchema, data, border, 'user settings');
    if (this.#kept && settings) this.#keep({ ...this.#kept, settings });
  }

  /** A token that is good for at least another minute. */
  async token(): Promise<string> {
    if (!this.#kept) throw new SessionEnded();
    if (this.#kept.offline) throw new Unreachable('logged in without the server');
    return this.#kept.expiresAt - Date.now() > MARGIN ? this.#kept.accessToken : this.renew();
  }

  /** A new token now. Several callers share one request: the refresh token changes with each use. */
  renew(): Promise<string> {
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** A request as the user; a token the server does not take any more is renewed once. */
  async request<T>(path: ApiPath, options: RequestOptions<T> = {}): Promise<Answer<T>> {
    try {
      return await request(path, withToken(options, await this.token()));
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.status !== 401) throw failure;
      return request(path, withToken(options, await this.renew()));
    }
  }

  #renewOnce(): Promise<string> {
    return withLock('tokens', async () => {
      const kept = this.#kept;
      if (!kept) throw new SessionEnded();
      if (kept.offline) throw new Unreachable('logged in without the server');
      const shared = this.#readShared(kept);
      // Another window of the same log-in was first: its tokens are ours.
      if (shared && shared.refreshToken !== kept.refreshToken && shared.expiresAt - Date.now() > MARGIN)
        return this.#adopt({ ...shared, expiresIn: (shared.expiresAt - Date.now()) / 1000 });
      return this.#refresh(shared?.refreshToken ?? kept.refreshToken);
    });
  }

  #readShared(kept: Kept): SharedTokens | undefined {
    try {
      const stored = this.shared.getItem(sharedAs(kept));
      return stored === null ? undefined : checked(sharedSchema, JSON.parse(stored), 'storage', 'tokens');
    } catch {
      return undefined;
    }
  }

  async #refresh(refreshToken: string): Promise<string> {
    try {
      const { data } = await request('/api/auth/refresh', {
        method: 'POST',
        headers: this.#deviceHeader(),
        body: { refreshToken } satisfies Settings<'Refreshing'>,
        answer: refreshSchema,
      });
      return await this.#adopt(data);
    } catch (failure) {
      if (!(failure instanceof Problem) || ![400, 401, 403].includes(failure.status)) throw failure;
      this.#forget();
      this.ended.set(true);
      throw new SessionEnded();
    }
  }

  async #adopt(data: Refreshed): Promise<string> {
    const kept = this.#kept;
    if (!kept) throw new SessionEnded();
    const user = data.user ?? kept.user;
    const settings = data.settings ?? kept.settings;
    const next = { ...this.#fromTokens(data), family: kept.family, user, settings };
    this.#keep(next);
    const { accessToken, refreshToken, expiresAt } = next;
    attempt(() =>
      this.shared.setItem(sharedAs(kept), JSON.stringify({ accessToken, refreshToken, expiresAt })),
    );
    for (const listener of this.#tokenListeners) listener(accessToken);
    return accessToken;
  }

  #fromTokens(tokens: Refreshed): Omit<Kept, 'user' | 'settings' | 'family'> {
    if (tokens.deviceToken && tokens.deviceToken !== this.device.token) {
      this.device.token = tokens.deviceToken;
      this.onDeviceToken(tokens.deviceToken);
    }
    return {
      deviceId: this.device.deviceId,
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken,
      expiresAt: Date.now() + tokens.expiresIn * 1000,
      clock: enterpriseClock(tokens.accessToken),
    };
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    // Denied storage costs F5 its session, nothing more.
    attempt(() => this.storage.setItem(KEPT_AS, JSON.stringify(kept)));
    const { user, settings, clock, offline } = kept;
    this.state.set({ user, settings, clock, offline });
    if (offline) return;
    this.#schedule(Math.max(0, kept.expiresAt - Date.now() - RENEW_BEFORE));
  }

  #forget(): void {
    const kept = this.#kept;
    this.#kept = undefined;
    this.#secret = undefined;
    clearTimeout(this.#timer);
    attempt(() => this.storage.removeItem(KEPT_AS));
    if (kept) attempt(() => this.shared.removeItem(sharedAs(kept)));
    this.state.set(undefined);
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.renew().catch(() => this.#kept && this.#schedule(RETRY));
    }, delay);
  }

  #deviceHeader(): Record<string, string> {
    return { 'X-Device-Token': this.device.token };
  }
}

function withToken<T>(options: RequestOptions<T>, token: string): RequestOptions<T> {
  return { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } };
}

/** Anything that is not a whole session is none: the login comes, instead of an empty page. */
function readKept(storage: Storage): Kept | undefined {
  try {
    const stored = storage.getItem(KEPT_AS);
    return stored === null ? undefined : checked(keptSchema, JSON.parse(stored), 'storage', 'session');
  } catch {
    return undefined;
  }
}

const sharedAs = (kept: Kept): string => `tokens.${kept.family}`;

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // What a browser does not allow is done without.
  }
}
