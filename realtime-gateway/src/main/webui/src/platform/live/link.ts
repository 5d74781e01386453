import { SessionEnded } from '../http/failure.ts';
import { type ClientFrame, parseFrame, type ServerFrame, SUBPROTOCOL } from './protocol.ts';

/** Silence after which we ask whether the server is still there. */
export const ASK_AFTER = 10_000;
const ANSWER_WITHIN = 10_000;

export interface TokenSource {
  token(): Promise<string>;
  renew(): Promise<string>;
}

export interface LinkOptions {
  url: string;
  tokens: TokenSource;
  openSocket: (url: string, protocol: string) => WebSocket;
}

export interface LinkListener {
  frame(frame: ServerFrame): void;
  closed(code: number): void;
}

/** One socket, from opening to closing. */
export class Link {
  welcomed = false;
  /** Subscriptions the server has not confirmed yet. */
  readonly unanswered = new Set<string>();
  /** Since when this server has had no news; undefined: it has them. */
  behindSince: number | undefined;
  readonly reloads: Promise<boolean>[] = [];
  #socket: WebSocket | undefined;
  #ended = false;
  #lastAsked = 0;
  readonly #answerTimer: ReturnType<typeof setTimeout>;

  constructor(
    options: LinkOptions,
    private readonly listener: LinkListener,
  ) {
    this.#answerTimer = setTimeout(() => this.#end(1006), ANSWER_WITHIN);
    options.tokens.token().then(
      token => this.#dial(options, token),
      failure => this.#end(failure instanceof SessionEnded ? 4403 : 1006),
    );
  }

  send(frame: ClientFrame): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  subscribe(channels: string[], since?: string): void {
    for (const channel of channels) this.unanswered.add(channel);
    this.send(since === undefined ? { op: 'subscribe', channels } : { op: 'subscribe', channels, since });
  }

  unsubscribe(channels: string[]): void {
    for (const channel of channels) this.unanswered.delete(channel);
    this.send({ op: 'unsubscribe', channels });
  }

  ask(): void {
    if (Date.now() - this.#lastAsked < ASK_AFTER) return;
    this.#lastAsked = Date.now();
    this.send({ op: 'ping' });
  }

  close(): void {
    this.#ended = true;
    clearTimeout(this.#answerTimer);
    this.#socket?.close();
  }

  #dial(options: LinkOptions, token: string): void {
    if (this.#ended) return;
    const socket = options.openSocket(options.url, SUBPROTOCOL);
    this.#socket = socket;
    socket.onopen = () => this.send({ op: 'auth', token });
    socket.onclose = event => this.#end(event.code);
    socket.onmessage = message => {
      const frame = parseFrame(message.data);
      if (this.#ended || !frame) return;
      if (frame.op === 'welcome') clearTimeout(this.#answerTimer);
      this.listener.frame(frame);
    };
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.close();
    this.listener.closed(code);
  }
}
