import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useWorkplace } from '../../app/contexts.ts';
import { type Product, priceOf } from '../../catalogue/product.ts';
import { formatCount, formatDecimal } from '../../format/money.ts';
import { unitName } from '../../house/house.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { useStore } from '../../platform/store.ts';
import { compare } from '../domain/decimal.ts';
import './sales.css';
import { Marked } from './marked.tsx';
import { stockOf } from './stock.ts';

const PAGE = 60;
const ROW = 44;
const LOW = '3';

export interface ProductList {
  total: number;
  at: (index: number) => Product | undefined;
  need: (from: number, to: number) => void;
  /** The query these rows answer. */
  query: string;
}

/** The products that a query finds, page by page as they are looked at. */
export function useProducts(query: string): ProductList {
  const { catalogue } = useWorkplace();
  const { revision } = useStore(catalogue.state);
  const [found, setFound] = useState<{ query: string; total: number; rows: Map<number, Product> }>({
    query: '',
    total: 0,
    rows: new Map(),
  });
  const asked = useRef(new Set<number>());
  const latest = useRef(query);
  latest.current = query;

  const load = useCallback(
    async (from: number, fresh: boolean) => {
      const { total, products } = await catalogue.search(query, from, PAGE);
      if (latest.current !== query) return;
      setFound(before => {
        const rows = fresh ? new Map<number, Product>() : new Map(before.rows);
        products.forEach((product, index) => {
          rows.set(from + index, product);
        });
        return { query, total, rows };
      });
    },
    [catalogue, query],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` says that the catalogue has changed
  useEffect(() => {
    asked.current = new Set([0]);
    load(0, true).catch(() => undefined);
  }, [load, revision]);

  const need = useCallback(
    (from: number, to: number) => {
      for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        load(page * PAGE, false).catch(() => undefined);
      }
    },
    [load],
  );
  return useMemo(
    () => ({ total: found.total, at: index => found.rows.get(index), need, query: found.query }),
    [found, need],
  );
}

interface ProductsProps {
  list: ProductList;
  /** In which currency and by which price it is shown. */
  currency: string;
  priceType: string | undefined;
  /** Whose stock is shown. */
  warehouse: string | undefined;
  query: string;
  highlighted: number;
  onHighlight: (index: number) => void;
  onTake: (product: Product) => unknown;
}

/** The product table below the sale: only what is seen is drawn, and not again for each line of the sale. */
export const Products = memo(function Products({
  list,
  currency,
  priceType,
  warehouse,
  query,
  highlighted,
  onHighlight,
  onTake,
}: ProductsProps) {
  const { catalogue, house } = useWorkplace();
  const state = useStore(catalogue.state);
  const shop = useStore(house.state);
  const text = useText();
  const language = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: list.total,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 8,
    initialRect: { width: 800, height: 400 },
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => list.need(first, last), [list, first, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another highlighted row scrolls
  useEffect(() => {
    if (highlighted < list.total) virtual.scrollToIndex(highlighted);
  }, [highlighted, list.query]);

  return (
    <div className="card table-card products-card">
      <div className="grid-head">
        <span>
          {text.columns.product} <small className="muted">{formatCount(list.total)}</small>
        </span>
        <span className="article-column">{text.columns.article}</span>
        <span className="n">{text.columns.stock}</span>
        <span className="n">{text.columns.price}</span>
      </div>
      <div
        className="grid-body"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        ref={frame}
        data-testid="product-list"
        data-query={list.query}
        data-total={list.total}
      >
        <div className="grid-rows" style={{ height: virtual.getTotalSize() }}>
          {items.map(item => {
            const product = list.at(item.index);
            if (!product) return null;
            const stock = stockOf(product, warehouse);
            const price = priceOf(product, priceType, currency, shop.rates);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter of the search field do the same
              // biome-ignore lint/a11y/noStaticElementInteractions: a row is pressed as a whole
              <div
                key={product.id}
                className={item.index === highlighted ? 'grid-row selected' : 'grid-row'}
                data-testid={`product-${product.id}`}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => onHighlight(item.index)}
                onDoubleClick={() => onTake(product)}
              >
                <span className="product-name">
                  <Marked text={product.name} query={query} />
                </span>
                <span className="article-column">{product.article}</span>
                <span className={compare(stock, LOW) < 0 ? 'n low' : 'n'}>
                  {formatDecimal(stock, language)} {unitName(shop, product.unit)}
                </span>
                <b className="n">{price ? formatDecimal(price.price, language) : '–'}</b>
              </div>
            );
          })}
        </div>
        {list.total === 0 && (
          <div className="empty">
            {state.loading !== undefined
              ? text.catalogueLoading(formatCount(state.loading))
              : query.trim() !== '' && state.count > 0
                ? text.nothingFound(query.trim())
                : text.catalogueEmpty}
          </div>
        )}
      </div>
    </div>
  );
});
