import type { GenericSchema, InferInput, InferOutput } from 'valibot';
import { checked } from './border.ts';

/** All windows of this till in one browser: only one does a thing at a time, and all hear of it. */

const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while no other window holds the lock `name`. Where the browser has no Web Locks (plain HTTP), windows
 * cannot wait for each other; then only the work of this window is put in order.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return (await navigator.locks.request(`ksb-pos.${name}`, work)) as T;
  const before = queues.get(name) ?? Promise.resolve();
  const now = before.then(work, work);
  queues.set(
    name,
    now.catch(() => undefined),
  );
  return now;
}

/** Holds the lock `name` until stopped, as soon as no other window does. `lead` is called once this window holds it. */
export function whileLeader(name: string, lead: () => void): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  const stop = new AbortController();
  let stopped = false;
  const begin = async () => {
    if (stopped) return;
    lead();
    await held;
  };
  if (navigator.locks) {
    navigator.locks.request(`ksb-pos.${name}`, { signal: stop.signal }, begin).catch(() => undefined);
  } else {
    void begin();
  }
  return () => {
    stopped = true;
    stop.abort();
    release();
  };
}

/**
 * Messages between the windows of this till; the sender does not hear its own. A window may still run an older version of
 * the program: what has another form is dropped.
 */
export class WindowChannel<Message extends GenericSchema> {
  #channel: BroadcastChannel | undefined;
  readonly #listeners = new Set<(message: InferOutput<Message>) => void>();

  constructor(name: string, form: Message) {
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(`ksb-pos.${name}`);
    this.#channel.onmessage = event => {
      const message = checked(form, event.data, 'window', name);
      if (message !== undefined) for (const listener of [...this.#listeners]) listener(message);
    };
  }

  tell(message: InferInput<Message>): void {
    this.#channel?.postMessage(message);
  }

  listen(listener: (message: InferOutput<Message>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#channel?.close();
    // What was under way may still have something to tell.
    this.#channel = undefined;
    this.#listeners.clear();
  }
}
