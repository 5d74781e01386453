import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

type Reply = { status?: number; body?: unknown; headers?: Record<string, string> } | 'no internet';

/** Stands in for the HTTP services: says what each path answers and remembers what was asked. */
export class FakeServer {
  readonly calls: Call[] = [];
  readonly #replies = new Map<string, (call: Call) => Reply | Promise<Reply>>();

  constructor() {
    vi.stubGlobal('fetch', (path: string, options: RequestInit = {}) => this.fetch(path, options));
  }

  on(route: string, reply: Reply | ((call: Call) => Reply | Promise<Reply>)): this {
    this.#replies.set(route, typeof reply === 'function' ? reply : () => reply);
    return this;
  }

  problem(route: string, status: number, name: string, headers: Record<string, string> = {}): this {
    return this.on(route, {
      status,
      body: { type: `/problems/${name}`, title: name, status, detail: name },
      headers,
    });
  }

  to(route: string): Call[] {
    return this.calls.filter(({ method, path }) => `${method} ${path}` === route);
  }

  async fetch(path: string, options: RequestInit): Promise<Response> {
    const call: Call = {
      method: options.method ?? 'GET',
      path,
      headers: lowerCase(options.headers as Record<string, string> | undefined),
      body: options.body === undefined ? undefined : JSON.parse(String(options.body)),
    };
    this.calls.push(call);
    const reply = await (this.#replies.get(`${call.method} ${path}`)?.(call) ?? { status: 404, body: {} });
    if (reply === 'no internet') throw new TypeError('Failed to fetch');
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
    const status = reply.status ?? 200;
    return new Response(status === 204 ? null : text, { status, headers: reply.headers ?? {} });
  }
}

function lowerCase(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
