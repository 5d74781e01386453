import { memo, useEffect, useRef } from 'react';
import { useWorkplace } from '../../app/contexts.ts';
import type { Price, Product } from '../../catalogue/product.ts';
import { Key } from '../../design/key.tsx';
import { formatAmount, formatDecimal } from '../../format/money.ts';
import { unitName } from '../../house/house.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { useStore } from '../../platform/store.ts';
import { isZero } from '../domain/decimal.ts';
import type { SaleLine } from '../domain/sale.ts';
import type { OpenSale } from '../store/open-sale.ts';
import { sumsOf } from '../store/selling.ts';
import { stockOf } from './stock.ts';

interface LinesProps {
  sale: OpenSale;
  selected: string | undefined;
  products: Map<string, Product>;
  changes: Map<string, Price>;
  onQuantity: (line: SaleLine) => void;
  onTakePrice: (line: SaleLine, price: Price) => void;
}

/** The lines of the sale, the newest on top. */
export function Lines({ sale, selected, products, changes, onQuantity, onTakePrice }: LinesProps) {
  const text = useText();
  const { flash } = useStore(useWorkplace().sales.state);
  const { lines, currency, warehouse } = sale.content;
  const { lineSums, lineDiscounts } = sumsOf(sale);
  const order = lines.map((_, index) => index).reverse();
  return (
    <div className="card table-card lines-card">
      <table className="table">
        <thead>
          <tr>
            <th className="narrow">#</th>
            <th>{text.columns.product}</th>
            <th className="n price-column">{text.columns.price}</th>
            <th className="n quantity-column">{text.columns.quantity}</th>
            <th className="n discount-column">{text.columns.discount}</th>
            <th className="n sum-column">{text.columns.sum}</th>
          </tr>
        </thead>
        <tbody>
          {order.map(index => {
            const line = lines[index] as SaleLine;
            return (
              <Line
                key={line.lineId}
                line={line}
                number={index + 1}
                currency={currency}
                warehouse={warehouse}
                sum={lineSums[index] ?? '0.00'}
                discount={lineDiscounts[index] ?? '0.00'}
                selected={line.lineId === selected}
                flash={line.lineId === selected ? flash : 0}
                product={products.get(line.productId)}
                change={changes.get(line.lineId)}
                onQuantity={onQuantity}
                onTakePrice={onTakePrice}
              />
            );
          })}
        </tbody>
      </table>
      {lines.length === 0 && (
        <div className="empty">
          <strong>{text.saleEmpty}</strong>
          <span className="muted">{text.saleEmptyHint}</span>
        </div>
      )}
    </div>
  );
}

/** Signs that a column has room for. */
const LONG = 11;

const breakable = (figure: string): string =>
  figure.length > LONG ? figure.replaceAll('\u00a0', ' ') : figure;

interface LineProps {
  line: SaleLine;
  number: number;
  currency: string;
  warehouse: string | undefined;
  sum: string;
  discount: string;
  selected: boolean;
  /** Rises when the line came up. */
  flash: number;
  product: Product | undefined;
  change: Price | undefined;
  onQuantity: (line: SaleLine) => void;
  onTakePrice: (line: SaleLine, price: Price) => void;
}

/** Drawn again only when something of it has changed: a scan costs the same with five lines and with five hundred. */
const Line = memo(function Line({
  line,
  number,
  currency,
  warehouse,
  sum,
  discount,
  selected,
  flash,
  product,
  change,
  onQuantity,
  onTakePrice,
}: LineProps) {
  const { sales, house } = useWorkplace();
  const shop = useStore(house.state);
  const text = useText();
  const language = useLanguage();
  const row = useRef<HTMLTableRowElement>(null);
  const unit = unitName(shop, line.unit);
  const money = (amount: string) => formatAmount(amount, currency, language);
  const price = (amount: string) => formatDecimal(amount, language);
  const quantity = breakable(formatDecimal(line.quantity, language));
  const shownSum = breakable(money(sum));
  const step = (by: string) => void sales.change({ kind: 'step', lineId: line.lineId, by });

  useEffect(() => {
    if (!selected) return;
    // With the frame that is drawn anyway: asked for at once, it lays out the page a second time.
    const frame = requestAnimationFrame(() => row.current?.scrollIntoView?.({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [selected]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each scan flashes the selected line once
  useEffect(() => {
    if (selected && flash > 0) row.current?.animate?.({ opacity: [0.35, 1] }, { duration: 260 });
  }, [flash]);

  return (
    <tr
      ref={row}
      className={selected ? 'selected' : undefined}
      aria-selected={selected}
      data-testid="line"
      data-line={line.lineId}
      data-product={line.productId}
      onClick={() => sales.selectLine(line.lineId)}
    >
      <td className="narrow">{number}</td>
      <td>
        <span className="product-name">{line.name}</span>
        {change ? (
          <button
            type="button"
            className="price-changed"
            data-testid="price-changed"
            onClick={() => onTakePrice(line, change)}
          >
            <span className="price-changed-words">
              {text.priceChanged(price(line.price), price(change.price))}
            </span>
            <span className="price-changed-take" data-testid="take-price">
              {text.takePrice} <Key>F7</Key>
            </span>
          </button>
        ) : (
          selected && (
            <span className="sub">
              {unit && `1 ${unit}`}
              {product &&
                ` · ${text.stockLeft(formatDecimal(stockOf(product, line.warehouse ?? warehouse), language))}`}
            </span>
          )
        )}
      </td>
      <td className="n">{price(line.price)}</td>
      <td className="n">
        <span className="stepper">
          {selected && (
            <button type="button" className="step" aria-label={text.less} onClick={() => step('-1')}>
              −
            </button>
          )}
          <button
            type="button"
            className={quantity.length > LONG ? 'step-value long' : 'step-value'}
            data-testid="line-quantity"
            onClick={() => {
              sales.selectLine(line.lineId);
              onQuantity(line);
            }}
          >
            {quantity}
          </button>
          {selected && (
            <button type="button" className="step" aria-label={text.more} onClick={() => step('1')}>
              +
            </button>
          )}
        </span>
      </td>
      <td className="n">{isZero(discount) ? '–' : money(discount)}</td>
      <td className="n">
        <b data-testid="line-sum" className={shownSum.length > LONG ? 'long' : undefined}>
          {shownSum}
        </b>
      </td>
    </tr>
  );
});
