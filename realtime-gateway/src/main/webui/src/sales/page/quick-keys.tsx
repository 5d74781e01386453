import { memo, useEffect, useState } from 'react';
import { array, string } from 'valibot';
import { useWorkplace } from '../../app/contexts.ts';
import { type Product, priceOf } from '../../catalogue/product.ts';
import { PlusIcon } from '../../design/icons.tsx';
import { Key } from '../../design/key.tsx';
import { formatDecimal } from '../../format/money.ts';
import { unitName } from '../../house/house.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { readValue, writeValue } from '../../platform/db.ts';
import { Store, useStore } from '../../platform/store.ts';

const KEPT_AS = 'quick-keys';
const MOST = 9;
const ids = new Store<string[]>([]);

/** The products of this till's quick keys; the cashier chooses them. */
export function useQuickProducts(): Product[] {
  const { catalogue } = useWorkplace();
  const chosen = useStore(ids);
  const { revision } = useStore(catalogue.state);
  const [products, setProducts] = useState<Product[]>([]);
  useEffect(() => {
    readValue(KEPT_AS, array(string())).then(
      kept => ids.set(kept ?? []),
      () => undefined,
    );
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` says that the catalogue has changed
  useEffect(() => {
    catalogue.get(chosen).then(setProducts, () => undefined);
  }, [catalogue, chosen, revision]);
  return products;
}

function change(next: string[]): void {
  ids.set(next);
  writeValue(KEPT_AS, next).catch(() => undefined);
}

interface QuickKeysProps {
  products: Product[];
  currency: string;
  priceType: string | undefined;
  /** The product of the selected line: what the + adds. */
  candidate: string | undefined;
  onTake: (product: Product) => unknown;
}

export const QuickKeys = memo(function QuickKeys({
  products,
  currency,
  priceType,
  candidate,
  onTake,
}: QuickKeysProps) {
  const { house } = useWorkplace();
  const shop = useStore(house.state);
  const chosen = useStore(ids);
  const text = useText();
  const language = useLanguage();
  const canAdd = candidate !== undefined && !chosen.includes(candidate) && chosen.length < MOST;
  return (
    <div className="quick-keys">
      {products.slice(0, MOST).map((product, index) => {
        const price = priceOf(product, priceType, currency, shop.rates);
        const unit = unitName(shop, product.unit);
        return (
          <button
            key={product.id}
            type="button"
            className="quick-key"
            data-testid={`quick-${index + 1}`}
            onClick={() => onTake(product)}
            onContextMenu={event => {
              event.preventDefault();
              change(chosen.filter(id => id !== product.id));
            }}
          >
            <Key>{`Alt ${index + 1}`}</Key>
            <span className="quick-key-words">
              <span className="quick-key-name">{product.name}</span>
              <small>
                {price ? formatDecimal(price.price, language) : '–'}
                {unit && ` / ${unit}`}
              </small>
            </span>
          </button>
        );
      })}
      <button
        type="button"
        className="quick-key add"
        disabled={!canAdd}
        aria-label={text.quickAdd}
        title={text.quickAdd}
        onClick={() => candidate !== undefined && change([...chosen, candidate])}
      >
        <PlusIcon />
      </button>
    </div>
  );
});
