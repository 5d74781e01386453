import { array, type GenericSchema, is, object, string } from 'valibot';
import { checked } from '../border.ts';
import type { ApiPath } from './api.ts';
import { Problem, Unreachable, UnreadableAnswer } from './failure.ts';

export interface RequestOptions<T = unknown> {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: unknown;
  /** The form that the answer must have; without it the answer is not looked at. */
  answer?: GenericSchema<unknown, T>;
}

export interface Answer<T> {
  data: T;
  headers: Headers;
}

/** Whoever sends requests: with a user's token, or a stand-in of tests. */
export interface Requests {
  request<T>(path: ApiPath, options?: RequestOptions<T>): Promise<Answer<T>>;
}

const TIMEOUT = 15_000;

/**
 * One JSON request.
 * @throws Problem when the server refuses
 * @throws Unreachable when there is no answer in time
 * @throws UnreadableAnswer when it has another form than `options.answer`
 */
export async function request<T>(path: ApiPath, options: RequestOptions<T> = {}): Promise<Answer<T>> {
  const { text, headers } = await exchange(path, options);
  if (!options.answer) return { data: undefined as T, headers };
  const data = checked(options.answer, parsed(text), 'server', withoutQuery(path));
  if (data === undefined) throw new UnreadableAnswer(path);
  return { data, headers };
}

async function exchange(path: string, options: RequestOptions): Promise<{ text: string; headers: Headers }> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const response = await fetch(path, { ...fetchOptions(options), signal: stop.signal });
    const text = await response.text();
    if (!response.ok) throw problemOf(response, text);
    return { text, headers: response.headers };
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
  const value = parsed(text);
  const body = value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new Problem(
    response.status,
    typeof body.type === 'string' ? body.type : 'about:blank',
    String(body.detail ?? body.title ?? `HTTP ${response.status}`),
    Number.isFinite(retryAfter) ? retryAfter : undefined,
    is(violationsSchema, body.violations)
      ? body.violations.map(({ field, message }) => ({ field: field.replace(/^.*\./, ''), message }))
      : [],
  );
}

const violationsSchema = array(object({ field: string(), message: string() }));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without ids too: what is dropped is counted by its kind. */
const withoutQuery = (path: string): string =>
  path.replace(/\?.*/, '').replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '/…');
