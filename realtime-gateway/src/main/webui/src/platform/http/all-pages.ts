import { pageSchema } from '../validate.ts';
import type { ApiPath } from './api.ts';
import type { Requests } from './request.ts';

const PAGE = 1_000;
/** A cap of memory. */
const MOST_PAGES = 20;

/** All items of a list, page by page; each still has to be looked at. */
export async function allPages(server: Requests, path: ApiPath): Promise<unknown[]> {
  const items: unknown[] = [];
  let after: string | null | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(after && { after }) });
    const { data } = await server.request(`${path}?${query}` as ApiPath, { answer: pageSchema });
    items.push(...data.items);
    after = data.next;
    if (!after) break;
  }
  return items;
}
