import { Problem, SessionEnded } from '../http/failure.ts';
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
  snapshot?(data: unknown): void | Promise<void>;
  /** The position moves on only after this is done. */
  event(event: LiveEvent): void | Promise<void>;
  /** Events may be missing: fetch the present state over HTTP. */
  reload(): Promise<void>;
}

export interface LiveClientOptions extends Omit<LinkOptions, 'openSocket'> {
  followers?: Follower[];
  openSocket?: LinkOptions['openSocket'];
  random?: () => number;
}

const TICK = 1_000;
/** Silence after which the screen counts as stale. */
const STALE_AFTER = 30_000;
const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;
const REMEMBERED_EVENTS = 1_000;
/** A timer that comes this late was held back by the browser (a hidden window): silence proves nothing then. */
const HELD_BACK = 5_000;

/**
 * The till's one live connection: authenticates, subscribes, resumes after a break where it was, and says when what
 * the screen shows is no longer current. Invariant: `live` is only claimed after everything missed has been replayed
 * or reloaded, and never for longer than 30 s of silence.
 */
export class LiveClient {
  readonly connection = new Store<Connection>({ phase: 'catching-up' });

  readonly #options: Required<Omit<LiveClientOptions, 'followers'>>;
  readonly #followers = new Set<Follower>();
  readonly #seen = new Set<string>();
  /** Events in their order, one after the other. */
  #work: Promise<void> | undefined;
  /** Channels the server does not give to this user. */
  readonly #refused = new Set<string>();
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
  #lastTick = 0;
  #started = false;

  constructor(options: LiveClientOptions) {
    this.#options = {
      openSocket: (url, protocol) => new WebSocket(url, protocol),
      random: Math.random,
      ...options,
    };
    for (const follower of options.followers ?? []) this.#followers.add(follower);
  }

  /** Follows from now on, until the returned function is called. */
  follow(follower: Follower): () => void {
    const known = this.#channels().has(follower.channel);
    this.#followers.add(follower);
    const link = this.#current;
    if (link?.welcomed) {
      if (known) this.#reloadNow(link, [follower.channel]);
      else link.subscribe([follower.channel]);
    }
    return () => this.#unfollow(follower);
  }

  #unfollow(follower: Follower): void {
    this.#followers.delete(follower);
    if (this.#channels().has(follower.channel)) return;
    this.#subscribed.delete(follower.channel);
    this.#current?.unsubscribe([follower.channel]);
  }

  #channels(): Set<string> {
    return new Set([...this.#followers].map(follower => follower.channel));
  }

  start(): void {
    this.#started = true;
    this.#lastHeard = this.#lastTick = Date.now();
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

  /** The device says that there is no network: nothing on the screen is current any more. */
  networkIsGone(): void {
    const link = this.#current;
    if (!link) return;
    link.close();
    this.#closed(link, 1006);
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
        if (frame.type.endsWith('/not-allowed')) this.#onRefused(link, frame);
        if (frame.type.endsWith('/snapshot-unavailable'))
          this.#reloadNow(link, frame.channel ? [frame.channel] : [...this.#subscribed]);
        if (frame.type.endsWith('/behind')) this.#onBehind(link, Date.now());
        return;
    }
  }

  #subscribe(link: Link): void {
    link.welcomed = true;
    if (link === this.#current) this.#show({ phase: 'catching-up' });
    const channels = [...this.#channels()].filter(channel => !this.#refused.has(channel));
    const had = channels.filter(channel => this.#subscribed.has(channel));
    const fresh = channels.filter(channel => !this.#subscribed.has(channel));
    if (had.length > 0 && this.#position !== undefined) {
      link.subscribe(had, this.#position);
    } else {
      fresh.unshift(...had);
    }
    if (fresh.length > 0) link.subscribe(fresh);
    void this.#whenCaughtUp(link);
  }

  /** An answer too: this user may not have the channel, and nothing is to be waited for. */
  #onRefused(link: Link, frame: Extract<ServerFrame, { op: 'error' }>): void {
    const channel = frame.channel ?? /^You may not have (.+)\.$/.exec(frame.detail)?.[1];
    if (channel === undefined) return;
    this.#refused.add(channel);
    this.#subscribed.delete(channel);
    link.unanswered.delete(channel);
    void this.#whenCaughtUp(link);
  }

  #onSubscribed(link: Link, frame: Extract<ServerFrame, { op: 'subscribed' }>): void {
    if (link === this.#next) this.#takeOver(link);
    for (const channel of frame.channels) {
      this.#subscribed.add(channel);
      link.unanswered.delete(channel);
    }
    if (link.unanswered.size === 0) this.#position = frame.position ?? this.#position;
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
    if (data === null) {
      this.#reloadNow(link, [channel]);
      return;
    }
    for (const follower of this.#followersOf(channel)) attempt(follower, () => follower.snapshot?.(data));
  }

  /** The gateway could not get a snapshot from its owner: the till asks there itself. */
  #reloadNow(link: Link, channels: string[]): void {
    if (link !== this.#current) return;
    this.#show({ phase: 'catching-up' });
    link.reloads.push(this.#reload(link, channels));
    void this.#whenCaughtUp(link);
  }

  async #whenCaughtUp(link: Link): Promise<void> {
    const count = link.reloads.length;
    const reloaded = await Promise.all(link.reloads);
    // A reload that began meanwhile has its own look.
    if (link.reloads.length !== count) return;
    if (link !== this.#current || !link.welcomed || link.unanswered.size > 0 || reloaded.includes(false))
      return;
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
        // This user may not have it, or it is gone: that is an answer, and asking again brings no other.
        if (failure instanceof Problem && (failure.status === 403 || failure.status === 404)) return true;
        await new Promise(resume => setTimeout(resume, this.#delay(attempt)));
      }
    }
    return false;
  }

  #onEvent(link: Link, event: LiveEvent): void {
    if (link !== this.#current) return;
    const seen = this.#seen.has(event.id);
    this.#remember(event.id);
    const take = (): Promise<void> | undefined => {
      const followers = seen ? [] : this.#followersOfEvent(event);
      const unfinished = followers.flatMap(follower => deliver(follower, event) ?? []);
      if (unfinished.length > 0)
        return Promise.all(unfinished).then(() => this.#moveTo(link, event.position));
      this.#moveTo(link, event.position);
      return undefined;
    };
    const work = this.#work ? this.#work.then(take) : take();
    if (!work) return;
    this.#work = work;
    void work.then(() => {
      if (this.#work === work) this.#work = undefined;
    });
  }

  #moveTo(link: Link, position: string): void {
    if (link === this.#current) this.#position = position;
  }

  #remember(id: string): void {
    this.#seen.add(id);
    if (this.#seen.size <= REMEMBERED_EVENTS) return;
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest);
      return;
    }
  }

  /** The server sends an event once: one of all sales is also one of the sale it is about. */
  #followersOfEvent({ channel, data }: LiveEvent): Follower[] {
    const followers = this.#followersOf(channel);
    const id = (data as { id?: unknown } | null)?.id;
    if (channel !== 'sales' || typeof id !== 'string') return followers;
    return [...followers, ...this.#followersOf(`sale:${id}`)];
  }

  #followersOf(channel: string): Follower[] {
    return [...this.#followers].filter(follower => follower.channel === channel);
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
      this.#show({ phase: 'stopped' });
      // Blocked: the session learns it from the server too, and the login page says why. A session that is still good
      // goes on, so the gateway is asked again, slowly.
      this.#options.tokens.renew().then(
        () => this.#tryAgain(LONGEST_DELAY),
        failure => (failure instanceof SessionEnded ? this.stop() : this.#tryAgain(LONGEST_DELAY)),
      );
      return;
    }
    this.#goOffline();
    if (then === 'slow-reconnect') this.#attempt = Math.max(this.#attempt, 5);
    if (then === 'new-token') void this.#options.tokens.renew().catch(() => undefined);
    this.#tryAgain(this.#delay(this.#attempt++));
  }

  #tryAgain(delay: number): void {
    if (!this.#started) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), delay);
  }

  /** Spread over the whole time, so that a restarted server is not met by everybody at once. */
  #delay(attempt: number): number {
    const most = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
    return 100 + this.#options.random() * most;
  }

  #lookAtSilence(): void {
    const link = this.#current;
    const now = Date.now();
    const heldBack = now - this.#lastTick > TICK + HELD_BACK;
    this.#lastTick = now;
    if (!link?.welcomed) return;
    // What was not asked cannot have answered: a held back window asks first and judges ten seconds later.
    if (heldBack) this.#lastHeard = Math.max(this.#lastHeard, now - STALE_AFTER + ASK_AFTER);
    const silence = now - this.#lastHeard;
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

/** A follower that fails loses nobody's event, and gets its own state anew. */
function attempt(follower: Follower, work: () => void | Promise<void>): Promise<void> | undefined {
  const again = () => follower.reload().catch(() => undefined);
  try {
    return work()?.catch(again);
  } catch {
    return again();
  }
}

function deliver(follower: Follower, event: LiveEvent): Promise<void> | undefined {
  return attempt(follower, () => follower.event(event));
}
