/**
 * Keeps the shell on the device, so that the till starts without internet. It never touches data: /api and /ws go
 * straight to the network. A new version waits until the user takes it (or all windows are closed), so the program
 * never changes under an open sale.
 */
declare const __PRECACHE__: string[];
declare const __REVISION__: string;

interface LifecycleEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface RequestEvent extends LifecycleEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: LifecycleEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
  addEventListener(type: 'message', listener: (event: LifecycleEvent & MessageEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const worker = self as unknown as Worker;
const CACHE = `ksb-pos-${__REVISION__}`;
const SERVER_PATHS = /^\/(api|ws|socket\.io|q)(\/|$)/;

async function precache(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(__PRECACHE__.map(path => new Request(path, { cache: 'reload' })));
}

async function dropOldVersions(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter(name => name.startsWith('ksb-pos-') && name !== CACHE);
  await Promise.all(old.map(name => caches.delete(name)));
  await worker.clients.claim();
}

async function fromShell(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  // A file's name changes with its content, so no header it was asked with makes it another file.
  const options = { ignoreSearch: true, ignoreVary: true };
  const kept = await cache.match(request.mode === 'navigate' ? '/' : request, options);
  return kept ?? fetch(request);
}

worker.addEventListener('install', event => event.waitUntil(precache()));
worker.addEventListener('activate', event => event.waitUntil(dropOldVersions()));
worker.addEventListener('message', event => {
  if (event.data === 'take-over') void worker.skipWaiting();
  const goodbye = (event.data as { goodbye?: RequestInit } | null)?.goodbye;
  // A page that ends takes its requests with it when a worker stands between; the worker lives on.
  if (goodbye) event.waitUntil(fetch('/api/tills/me', goodbye).catch(() => undefined));
});
worker.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || SERVER_PATHS.test(url.pathname))
    return;
  event.respondWith(fromShell(event.request));
});
