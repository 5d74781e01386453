import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { SearchBox } from '../design/search-box.tsx';
import { useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { beep } from '../sales/page/beep.ts';
import { Products, useProducts } from '../sales/page/products.tsx';
import { useScans } from '../sales/scanner/scans.ts';
import type { LoginState } from '../session/session.ts';
import '../design/page.css';

const ProductDialog = lazy(() => import('./product-dialog.tsx'));

const noTake = () => undefined;

/** The whole catalogue, searched at once; what is seen is drawn. A row, Enter or a scan opens a product. */
export default function ProductsPage({ login }: { login: LoginState }) {
  const { house, catalogue } = useWorkplace();
  const shop = useStore(house.state);
  const [query, setQuery] = useState('');
  const [highlighted, setHighlighted] = useState(0);
  const [shown, setShown] = useState<string>();
  const [unknown, setUnknown] = useState<string>();
  const list = useProducts(query);
  const text = useText();
  const field = useRef<HTMLInputElement>(null);
  const { settings } = login;
  const main = (choices: { id: string; main: boolean }[] | undefined, all: { id: string }[]) =>
    (choices?.find(one => one.main) ?? choices?.[0] ?? all[0])?.id;
  const priceType = main(settings.priceTypes, shop.priceTypes);
  const warehouse = main(settings.warehouses, shop.warehouses);

  useEffect(() => field.current?.focus(), []);
  useScans(
    useCallback(
      code => {
        setUnknown(undefined);
        catalogue.byScan(code, house.state.get().enterprise.weighedBarcodes).then(
          ({ products }) => {
            const [first, ...others] = products;
            if (!first) {
              beep();
              setUnknown(code);
            } else if (others.length > 0) setQuery(code);
            else setShown(first.id);
          },
          () => undefined,
        );
      },
      [catalogue, house],
    ),
  );
  const open = (index: number) => {
    setHighlighted(index);
    setShown(list.at(index)?.id);
  };
  return (
    <main className="list-page">
      <div className="list-head">
        <h1>{text.nav.products}</h1>
        {unknown && (
          <p className="message error" role="alert">
            {text.codeNotFound(unknown)}
          </p>
        )}
        <SearchBox
          ref={field}
          label={text.searchProducts}
          value={query}
          onSearch={words => {
            setQuery(words);
            setHighlighted(0);
            setUnknown(undefined);
          }}
          onKeyDown={event => {
            const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
            if (step !== undefined) {
              event.preventDefault();
              setHighlighted(Math.max(0, Math.min(list.total - 1, highlighted + step)));
            } else if (event.key === 'Enter' && list.query === query) open(highlighted);
            else if (event.key === 'Escape') setQuery('');
          }}
        />
      </div>
      <Products
        list={list}
        currency={settings.currency ?? shop.rates.main}
        priceType={priceType}
        warehouse={warehouse}
        query={query}
        highlighted={highlighted}
        onHighlight={open}
        onTake={noTake}
      />
      <Suspense fallback={null}>
        {shown !== undefined && (
          <ProductDialog
            id={shown}
            priceType={priceType}
            seesPurchasePrice={settings.maySeePurchasePrice === true}
            onClose={() => setShown(undefined)}
          />
        )}
      </Suspense>
    </main>
  );
}
