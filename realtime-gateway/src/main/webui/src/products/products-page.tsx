import { useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { SearchIcon } from '../design/icons.tsx';
import { useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { Products, useProducts } from '../sales/page/products.tsx';
import type { LoginState } from '../session/session.ts';
import '../design/page.css';

const noTake = () => undefined;

/** The whole catalogue, searched at once; what is seen is drawn. */
export default function ProductsPage({ login }: { login: LoginState }) {
  const { house } = useWorkplace();
  const shop = useStore(house.state);
  const [query, setQuery] = useState('');
  const [highlighted, setHighlighted] = useState(0);
  const list = useProducts(query);
  const text = useText();
  const { settings } = login;
  const main = (choices: { id: string; main: boolean }[] | undefined, all: { id: string }[]) =>
    (choices?.find(one => one.main) ?? choices?.[0] ?? all[0])?.id;
  const priceType = main(settings.priceTypes, shop.priceTypes);
  const warehouse = main(settings.warehouses, shop.warehouses);
  return (
    <main className="list-page">
      <div className="list-head">
        <h1>{text.nav.products}</h1>
        <div className="search-box">
          <SearchIcon />
          <input
            data-testid="search"
            aria-label={text.searchProducts}
            placeholder={text.searchProducts}
            value={query}
            onChange={event => {
              setQuery(event.target.value);
              setHighlighted(0);
            }}
          />
        </div>
      </div>
      <Products
        list={list}
        currency={settings.currency ?? shop.rates.main}
        priceType={priceType}
        warehouse={warehouse}
        query={query}
        highlighted={highlighted}
        onHighlight={setHighlighted}
        onTake={noTake}
      />
    </main>
  );
}
