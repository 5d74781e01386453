import { Problem, Unreachable } from './failure.ts';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Answer<T> {
  data: T;
  headers: Headers;
}

const TIMEOUT = 15_000;

/**
 * One JSON request.
 * @throws Problem when the server refuses
 * @throws Unreachable when there is no answer in time
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const response = await fetch(path, { ...fetchOptions(options), signal: stop.signal });
    const text = await response.text();
    if (!response.ok) throw problemOf(response, text);
    return { data: (text === '' ? undefined : JSON.parse(text)) as T, headers: response.headers };
  } catch (failure) {
    if (failure instanceof Problem) throw failure;
    throw new Unreachable(String(failure));
  } finally {
    clearTimeout(timer);
  }
}

function fetchOptions({ method = 'GET', headers = {}, body }: RequestOptions): RequestInit {
  if (body === undefined) return { method, headers, cache: 'no-store' };
  return {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
    cache: 'no-store',
  };
}

/** A proxy in between may answer HTML: then the status alone tells. */
function problemOf(response: Response, text: string): Problem {
  const body = parsed(text);
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new Problem(
    response.status,
    typeof body.type === 'string' ? body.type : 'about:blank',
    String(body.detail ?? body.title ?? `HTTP ${response.status}`),
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
