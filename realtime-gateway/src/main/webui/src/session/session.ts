import type { Device } from '../device/device.ts';
import { Problem, SessionEnded } from '../platform/http/failure.ts';
import { type Answer, type RequestOptions, request } from '../platform/http/request.ts';
import { Store } from '../platform/store.ts';
import { type EnterpriseClock, enterpriseClock } from './claims.ts';

export type Role = 'CASHIER' | 'MANAGER' | 'ADMIN';

export interface User {
  login: string;
  displayName: string;
  role?: Role;
}

/** The user's settings as far as the pages so far use them; the rest is carried along unread. */
export interface UserSettings {
  language?: string;
  theme?: string;
  currency?: string;
  maySeeTotals?: boolean;
}

interface Tokens {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  refreshToken: string;
}

interface LoggedIn extends Tokens {
  user: User;
  settings: UserSettings;
}

export interface LoginState {
  user: User;
  settings: UserSettings;
  clock: EnterpriseClock;
}

interface Kept extends LoginState {
  deviceId: string;
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

  constructor(
    private readonly device: Device,
    private readonly storage: Storage = sessionStorage,
  ) {
    const kept = readKept(storage);
    if (kept?.deviceId === device.deviceId) this.#keep(kept);
  }

  async logIn(login: string, password: string): Promise<void> {
    const { data } = await request<LoggedIn>('/api/auth/login', {
      method: 'POST',
      headers: this.#deviceHeader(),
      body: { ksbId: this.device.ksbId, deviceId: this.device.deviceId, login, password },
    });
    this.ended.set(false);
    this.#keep({ ...this.#fromTokens(data), user: data.user, settings: data.settings });
  }

  async logOut(): Promise<void> {
    const kept = this.#kept;
    this.#forget();
    if (!kept) return;
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

  changeSettings(settings: UserSettings): void {
    if (this.#kept) this.#keep({ ...this.#kept, settings });
  }

  /** A token that is good for at least another minute. */
  async token(): Promise<string> {
    if (!this.#kept) throw new SessionEnded();
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
  async request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    try {
      return await request<T>(path, withToken(options, await this.token()));
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.status !== 401) throw failure;
      return request<T>(path, withToken(options, await this.renew()));
    }
  }

  async #renewOnce(): Promise<string> {
    const kept = this.#kept;
    if (!kept) throw new SessionEnded();
    try {
      const { data } = await request<Tokens & Partial<LoggedIn>>('/api/auth/refresh', {
        method: 'POST',
        headers: this.#deviceHeader(),
        body: { refreshToken: kept.refreshToken },
      });
      if (this.#kept === undefined) throw new SessionEnded();
      const user = data.user ?? kept.user;
      const settings = data.settings ?? this.#kept.settings;
      this.#keep({ ...this.#fromTokens(data), user, settings });
      for (const listener of this.#tokenListeners) listener(data.accessToken);
      return data.accessToken;
    } catch (failure) {
      if (!(failure instanceof Problem) || ![400, 401, 403].includes(failure.status)) throw failure;
      this.#forget();
      this.ended.set(true);
      throw new SessionEnded();
    }
  }

  #fromTokens(tokens: Tokens): Omit<Kept, 'user' | 'settings'> {
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
    this.storage.setItem(KEPT_AS, JSON.stringify(kept));
    const { user, settings, clock } = kept;
    this.state.set({ user, settings, clock });
    this.#schedule(Math.max(0, kept.expiresAt - Date.now() - RENEW_BEFORE));
  }

  #forget(): void {
    this.#kept = undefined;
    clearTimeout(this.#timer);
    this.storage.removeItem(KEPT_AS);
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

function withToken(options: RequestOptions, token: string): RequestOptions {
  return { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } };
}

function readKept(storage: Storage): Kept | undefined {
  try {
    const text = storage.getItem(KEPT_AS);
    return text === null ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}
