import { useRef } from 'react';
import type { GenericSchema, InferOutput } from 'valibot';
import { checkedEach } from '../border.ts';
import { type Loaded, useLoaded } from '../use-loaded.ts';
import { pageSchema } from '../validate.ts';
import type { ApiPath } from './api.ts';
import type { Requests } from './request.ts';

const PAGE = 50;

export interface Pages<T> extends Pick<Loaded<T[]>, 'value' | 'failure'> {
  /** Reads the next page, or again the one that failed; undefined: there is none. */
  more: (() => void) | undefined;
}

/**
 * A list of the server, page by page, from the first one again when `version` is another.
 * @param what names an item on the page of the till's state
 */
export function usePages<Schema extends GenericSchema>(
  server: Requests,
  path: ApiPath,
  schema: Schema,
  what: string,
  version: unknown,
): Pages<InferOutput<Schema>> {
  const wanted = useRef<string>(undefined);
  const pages: Loaded<{ items: InferOutput<Schema>[]; next: string | undefined }> = useLoaded(async () => {
    const after = wanted.current;
    wanted.current = undefined;
    const query = new URLSearchParams({ limit: String(PAGE), ...(after && { after }) });
    const { data } = await server.request(`${path}?${query}` as ApiPath, { answer: pageSchema });
    const found = checkedEach(schema, data.items, 'server', what);
    return { items: after ? [...(pages.value?.items ?? []), ...found] : found, next: data.next ?? undefined };
  }, [server, path, version]);
  const { value, failure, reload } = pages;
  const more = () => {
    wanted.current = value?.next;
    void reload();
  };
  return { value: value?.items, failure, more: value?.next || failure !== undefined ? more : undefined };
}
