import { useCallback, useEffect, useRef, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { pageSchema } from '../platform/validate.ts';
import { type SaleView, saleView } from '../sales/store/sale-view.ts';

export interface Filter {
  status: 'COMPLETED' | 'OPEN' | 'TRASHED';
  /** A delivery status, or '' for all. */
  delivery: string;
  /** A business date such as `2026-11-23`, or '' for all. */
  day: string;
  search: string;
}

const PAGE = 50;
/** What is typed is asked for when the hand rests, milliseconds. */
const RESTING = 150;

/** The list of the API that a filter asks for. */
export function pathOf({ status, delivery, day, search }: Filter, after: string | undefined) {
  const query = new URLSearchParams({
    limit: String(PAGE),
    ...(status !== 'TRASHED' && { status }),
    ...(delivery && { delivery }),
    ...(day && { from: day, to: day }),
    ...(search.trim() && { search: search.trim() }),
    ...(after && { after }),
  });
  return status === 'TRASHED' ? (`/api/sales/trash?${query}` as const) : (`/api/sales?${query}` as const);
}

/** Whether a sale belongs to what a filter asks for, as far as the till can tell; of words only the server can. */
export function belongs(view: SaleView, { status, delivery, day }: Filter): boolean {
  return (
    view.status === status &&
    (delivery === '' || view.deliveryStatus === delivery) &&
    (day === '' || view.businessDate === day)
  );
}

/** The list with what an event tells: the newest of two wins, what does not belong any more goes. */
export function withEvent(views: readonly SaleView[], view: SaleView, filter: Filter): readonly SaleView[] {
  const known = views.find(one => one.id === view.id);
  if (known && known.revision > view.revision) return views;
  if (!belongs(view, filter)) return known ? views.filter(one => one !== known) : views;
  if (known) return views.map(one => (one === known ? view : one));
  return filter.search.trim() === '' ? [view, ...views] : views;
}

export interface Listing {
  views: readonly SaleView[];
  /** Whether there are more on the server. */
  more: (() => void) | undefined;
  failure: unknown;
  loaded: boolean;
  /** Takes over the server's answer about one sale. */
  take: (data: unknown) => void;
}

/** The enterprise's sales that a filter asks for, kept current by the channel `sales`. */
export function useListing(filter: Filter): Listing {
  const { session, live } = useWorkplace();
  const [views, setViews] = useState<readonly SaleView[]>([]);
  const [next, setNext] = useState<string | null>();
  const [failure, setFailure] = useState<unknown>();
  const [loaded, setLoaded] = useState(false);
  const asked = useRef(0);
  /** Told while the first page was on its way: its answer may be older. */
  const told = useRef<SaleView[]>([]);
  const { status, delivery, day, search } = filter;

  const load = useCallback(
    async (after?: string) => {
      const question = ++asked.current;
      const filter = { status, delivery, day, search };
      if (!after) told.current = [];
      try {
        const path = pathOf(filter, after);
        const { data } = await session.request(path, { answer: pageSchema });
        if (question !== asked.current) return;
        const found = data.items.flatMap(item => saleView(item) ?? []);
        setViews(before =>
          after
            ? [...before, ...found.filter(one => !before.some(({ id }) => id === one.id))]
            : told.current.reduce((all: readonly SaleView[], view) => withEvent(all, view, filter), found),
        );
        setNext(data.next);
        setFailure(undefined);
      } catch (reason) {
        if (question === asked.current) setFailure(reason);
      } finally {
        setLoaded(true);
      }
    },
    [session, status, delivery, day, search],
  );
  useEffect(() => {
    setLoaded(false);
    const timer = setTimeout(() => void load(), RESTING);
    return () => clearTimeout(timer);
  }, [load]);
  const take = useCallback(
    (data: unknown) => {
      const view = saleView(data, 'socket');
      if (!view) return;
      told.current.push(view);
      setViews(before => withEvent(before, view, { status, delivery, day, search }));
    },
    [status, delivery, day, search],
  );
  useEffect(
    () =>
      live.follow({
        channel: 'sales',
        event: ({ type, data }) => {
          if (type !== 'sale.deleted') return take(data);
          const id = (data as { id?: unknown } | null)?.id;
          setViews(before => before.filter(one => one.id !== id));
        },
        reload: () => load(),
      }),
    [live, load, take],
  );
  return { views, more: next ? () => void load(next) : undefined, failure, loaded, take };
}
