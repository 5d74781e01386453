import { SessionEnded } from '../http/failure.ts';
import { Store } from '../store.ts';
import { ASK_AFTER, Link, type LinkOptions } from './link.ts';
import { afterClose, type LiveEvent, type ServerFrame } from './protocol.ts';

export type Connection =
  | { phase: 'catching-up' }
  | { phase: 'live' }
  /** Connected, but the server itself has had no news since then. */
  | { phase: 'behind'; since: number }
  | { phase: 'offline'; since: number }
  /** The server does not want this till or user any more. */
  | { phase: 'stopped' };

/** Who follows a channel. Snapshot, reload and events may come in any order: versions say what is newer. */
export interface Follower {
  channel: string;
  snapshot?(data: unknown): void;
  event(event: LiveEvent): void;
  /** Events may be missing: fetch the present state over HTTP. */
  reload(): Promise<void>;
}

export interface LiveClientOptions extends Omit<LinkOptions, 'openSocket'> {
  followers: Follower[];
  openSocket?: LinkOptions['openSocket'];
  random?: () => number;
}

const TICK = 1_000;
/** Silence after which the screen counts as stale. */
const STALE_AFTER = 30_000;
const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;
const REMEMBERED_EVENTS = 1_000;

/**
 * The till's one live connection: authenticates, subscribes, resumes after a break where it was, and says when what
 * the screen shows is no longer current. Invariant: `live` is only claimed after everything missed has been replayed
 * or reloaded, and never for longer than 30 s of silence.
 */
export class LiveClient {
  readonly connection = new Store<Connection>({ phase: 'catching-up' });

  readonly #options: Required<LiveClientOptions>;
  readonly #seen = new Set<string>();
  #current: Link | undefined;
  /** The connection that is to replace the current one, while the server moves us. */
  #next: Link | undefined;
  #position: string | undefined;
  #subscribed = new Set<string>();
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #move: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #lastHeard = 0;
  #started = false;

  constructor(options: LiveClientOptions) {
    this.#options = {
      openSocket: (url, protocol) => new WebSocket(url, protocol),
      random: Math.random,
      ...options,
    };
  }

  start(): void {
    this.#started = true;
    this.#lastHeard = Date.now();
    this.#watch = setInterval(() => this.#lookAtSilence(), TICK);
    this.#connect();
  }

  stop(): void {
    this.#started = false;
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    clearTimeout(this.#move);
    this.#next?.close();
    this.#current?.close();
    this.#next = this.#current = undefined;
  }

  /** The session has a new token: the socket goes on with it. */
  authenticate(token: string): void {
    this.#current?.send({ op: 'auth', token });
  }

  /** The device says that the network is back: no need to wait for the next try. */
  networkIsBack(): void {
    if (!this.#started || this.#current) return;
    this.#attempt = 0;
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#retry);
    this.#current = this.#open();
  }

  #open(): Link {
    const link: Link = new Link(this.#options, {
      frame: frame => this.#receive(link, frame),
      closed: code => this.#closed(link, code),
    });
    return link;
  }

  #receive(link: Link, frame: ServerFrame): void {
    if (link !== this.#current && link !== this.#next) return;
    if (link === this.#current) this.#lastHeard = Date.now();
    switch (frame.op) {
      case 'welcome':
        if (!link.welcomed) this.#subscribe(link);
        return;
      case 'subscribed':
        this.#onSubscribed(link, frame);
        return;
      case 'snapshot':
        this.#onSnapshot(link, frame.channel, frame.data);
        return;
      case 'event':
        this.#onEvent(link, frame);
        return;
      case 'expiring':
        this.#options.tokens.renew().catch(() => undefined);
        return;
      case 'move':
        this.#moveWithin(link, frame.within);
        return;
      case 'pong':
        this.#onPong(link, frame);
        return;
      case 'error':
        if (frame.type.endsWith('/snapshot-unavailable')) this.#reloadNow(link, [...this.#subscribed]);
        if (frame.type.endsWith('/behind')) this.#onBehind(link, Date.now());
        return;
    }
  }

  #subscribe(link: Link): void {
    link.welcomed = true;
    if (link === this.#current) this.#show({ phase: 'catching-up' });
    const channels = this.#options.followers.map(follower => follower.channel);
    const had = channels.filter(channel => this.#subscribed.has(channel));
    const fresh = channels.filter(channel => !this.#subscribed.has(channel));
    if (had.length > 0 && this.#position !== undefined) {
      link.subscribe(had, this.#position);
    } else {
      fresh.unshift(...had);
    }
    if (fresh.length > 0) link.subscribe(fresh);
  }

  #onSubscribed(link: Link, frame: Extract<ServerFrame, { op: 'subscribed' }>): void {
    if (link === this.#next) this.#takeOver(link);
    for (const channel of frame.channels) this.#subscribed.add(channel);
    this.#position = frame.position ?? this.#position;
    link.unanswered -= 1;
    if (!frame.recovered) link.reloads.push(this.#reload(link, frame.channels));
    void this.#whenCaughtUp(link);
  }

  #onPong(link: Link, frame: Extract<ServerFrame, { op: 'pong' }>): void {
    if (frame.behind !== undefined) {
      this.#onBehind(link, Date.now() - frame.behind * 1000);
      return;
    }
    if (link === this.#current) this.#position = frame.position ?? this.#position;
    if (link.behindSince === undefined) return;
    link.behindSince = undefined;
    void this.#whenCaughtUp(link);
  }

  /** The earliest time told is the right one: whoever connects late hears of it without its beginning. */
  #onBehind(link: Link, since: number): void {
    link.behindSince = Math.min(link.behindSince ?? since, since);
    void this.#whenCaughtUp(link);
  }

  #onSnapshot(link: Link, channel: string, data: unknown): void {
    if (data === null) this.#reloadNow(link, [channel]);
    else for (const follower of this.#followersOf(channel)) follower.snapshot?.(data);
  }

  /** The gateway could not get a snapshot from its owner: the till asks there itself. */
  #reloadNow(link: Link, channels: string[]): void {
    if (link !== this.#current) return;
    this.#show({ phase: 'catching-up' });
    link.reloads.push(this.#reload(link, channels));
    void this.#whenCaughtUp(link);
  }

  async #whenCaughtUp(link: Link): Promise<void> {
    const reloaded = await Promise.all(link.reloads);
    if (link !== this.#current || !link.welcomed || link.unanswered > 0 || reloaded.includes(false)) return;
    this.#attempt = 0;
    const since = link.behindSince;
    this.#show(since === undefined ? { phase: 'live' } : { phase: 'behind', since });
  }

  /** Tries until it works or the connection is another one: without it the screen would stay silently stale. */
  async #reload(link: Link, channels: string[]): Promise<boolean> {
    for (let attempt = 0; link === this.#current; attempt++) {
      try {
        await Promise.all(channels.flatMap(channel => this.#followersOf(channel).map(one => one.reload())));
        return true;
      } catch (failure) {
        if (failure instanceof SessionEnded) return false;
        await new Promise(resume => setTimeout(resume, this.#delay(attempt)));
      }
    }
    return false;
  }

  #onEvent(link: Link, event: LiveEvent): void {
    if (link !== this.#current) return;
    this.#position = event.position;
    if (this.#seen.has(event.id)) return;
    this.#remember(event.id);
    for (const follower of this.#followersOf(event.channel)) follower.event(event);
  }

  #remember(id: string): void {
    this.#seen.add(id);
    if (this.#seen.size <= REMEMBERED_EVENTS) return;
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest);
      return;
    }
  }

  #followersOf(channel: string): Follower[] {
    return this.#options.followers.filter(follower => follower.channel === channel);
  }

  /** A planned move: the new connection stands before the old one is left, at a moment of our own. */
  #moveWithin(link: Link, seconds: number): void {
    if (link !== this.#current || this.#next) return;
    clearTimeout(this.#move);
    this.#move = setTimeout(
      () => {
        if (this.#started && link === this.#current) this.#next = this.#open();
      },
      this.#options.random() * seconds * 1000,
    );
  }

  #takeOver(link: Link): void {
    const old = this.#current;
    this.#current = link;
    this.#next = undefined;
    this.#lastHeard = Date.now();
    old?.close();
  }

  #closed(link: Link, code: number): void {
    if (link === this.#next) {
      this.#next = undefined;
      return;
    }
    if (link !== this.#current) return;
    this.#current = undefined;
    const next = this.#next;
    this.#next = undefined;
    next?.close();
    this.#afterClose(code);
  }

  #afterClose(code: number): void {
    const then = afterClose(code);
    if (then === 'stop') {
      this.stop();
      this.#show({ phase: 'stopped' });
      // Blocked: the session learns it from the server too, and the login page says why.
      this.#options.tokens.renew().catch(() => undefined);
      return;
    }
    this.#goOffline();
    if (then === 'slow-reconnect') this.#attempt = Math.max(this.#attempt, 5);
    if (then === 'new-token') void this.#options.tokens.renew().catch(() => undefined);
    this.#retry = setTimeout(() => this.#connect(), this.#delay(this.#attempt++));
  }

  /** Spread over the whole time, so that a restarted server is not met by everybody at once. */
  #delay(attempt: number): number {
    const most = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
    return 100 + this.#options.random() * most;
  }

  #lookAtSilence(): void {
    const link = this.#current;
    if (!link?.welcomed) return;
    const silence = Date.now() - this.#lastHeard;
    if (silence >= STALE_AFTER) {
      link.close();
      this.#closed(link, 1006);
    } else if (silence >= ASK_AFTER) {
      link.ask();
    }
  }

  #goOffline(): void {
    if (this.connection.get().phase !== 'offline') this.#show({ phase: 'offline', since: this.#lastHeard });
  }

  #show(connection: Connection): void {
    const shown = this.connection.get();
    const earlier =
      shown.phase === 'behind' && connection.phase === 'behind' && connection.since < shown.since;
    if (shown.phase !== connection.phase || earlier) this.connection.set(connection);
  }
}
