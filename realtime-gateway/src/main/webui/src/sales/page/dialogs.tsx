import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useWorkplace } from '../../app/contexts.ts';
import type { Product } from '../../catalogue/product.ts';
import type { Customer } from '../../customers/customer.ts';
import { AmountField } from '../../design/amount-field.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Key } from '../../design/key.tsx';
import { formatDecimal, formatMoney } from '../../format/money.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { compare, isPositive, plus, ratio, product as times, trimmed } from '../domain/decimal.ts';
import type { SaleLine } from '../domain/sale.ts';
import type { OpenSale } from '../store/open-sale.ts';
import { sumsOf } from '../store/selling.ts';

interface LineDialogProps {
  sale: OpenSale;
  line: SaleLine;
  onClose: () => void;
}

/** How much of it: by number, or by a sum of money for weighed goods. */
export function QuantityDialog({ sale, line, onClose }: LineDialogProps) {
  const { sales } = useWorkplace();
  const [quantity, setQuantity] = useState(line.quantity);
  const [sum, setSum] = useState('');
  const text = useText();
  const language = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const bySum =
    sum !== '' && isPositive(sum) && isPositive(line.price) ? ratio(sum, line.price, 3) : undefined;
  const chosen = trimmed(bySum ?? (quantity || '0'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isPositive(chosen)) void sales.change({ kind: 'quantity', lineId: line.lineId, quantity: chosen });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={line.name} focus={field}>
      <form className="form-grid" onSubmit={submit}>
        <label className="payment-field">
          <span>{text.quantity}</span>
          <AmountField
            ref={field}
            data-testid="quantity"
            decimals={3}
            value={quantity}
            onAmount={value => {
              setQuantity(value);
              setSum('');
            }}
          />
        </label>
        <label className="payment-field">
          <span>{text.bySum}</span>
          <AmountField
            data-testid="quantity-by-sum"
            value={sum}
            placeholder={formatMoney(times(line.price, quantity || '0'), sale.content.currency, language)}
            onAmount={setSum}
          />
        </label>
        <p className="form-note">
          {formatDecimal(chosen, language)} × {formatDecimal(line.price, language)} ={' '}
          <b>{formatMoney(times(line.price, chosen), sale.content.currency, language)}</b>
        </p>
        <Submit onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** A price by hand, for who may. */
export function PriceDialog({ line, onClose }: LineDialogProps) {
  const { sales } = useWorkplace();
  const [price, setPrice] = useState(line.price);
  const text = useText();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (price !== '' && price !== line.price) {
      const { basePrice, baseCurrency, rate, priceVersion } = line;
      const from = {
        ...(basePrice && { basePrice }),
        ...(baseCurrency && { baseCurrency }),
        ...(rate && { rate }),
        ...(priceVersion !== undefined && { priceVersion }),
      };
      void sales.change({ kind: 'price', lineId: line.lineId, price: { price, ...from, ownPrice: true } });
    }
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={line.name} focus={field}>
      <form className="form-grid" onSubmit={submit}>
        <label className="payment-field">
          <span>{text.price}</span>
          <AmountField ref={field} decimals={4} value={price} onAmount={setPrice} />
        </label>
        <Submit onClose={onClose} />
      </form>
    </Dialog>
  );
}

interface SaleDialogProps {
  sale: OpenSale;
  onClose: () => void;
}

/** A percentage or an amount off the whole sale, within what this user may give. */
export function DiscountDialog({ sale, onClose, most }: SaleDialogProps & { most: string | undefined }) {
  const { sales } = useWorkplace();
  const [percent, setPercent] = useState(sale.content.discount?.percent ?? '');
  const [amount, setAmount] = useState(sale.content.discount?.amount ?? '');
  const text = useText();
  const field = useRef<HTMLInputElement>(null);
  const { lineSums } = sumsOf(sale);
  const whole = lineSums.reduce(plus, '0.00');
  const share = percent || (amount && isPositive(whole) ? times(ratio(amount, whole, 8), '100', 4) : '0');
  const tooMuch = compare(share, '100') > 0 || (most !== undefined && compare(share, most) > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tooMuch) return;
    const discount =
      percent && isPositive(percent) ? { percent } : amount && isPositive(amount) ? { amount } : undefined;
    void sales.change({ kind: 'discount', discount });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={text.discount} focus={field}>
      <form className="form-grid" onSubmit={submit}>
        <label className="payment-field">
          <span>{text.discountPercent}</span>
          <AmountField
            ref={field}
            data-testid="discount-percent"
            value={percent}
            onAmount={value => {
              setPercent(value);
              setAmount('');
            }}
          />
        </label>
        <label className="payment-field">
          <span>{text.discountAmount}</span>
          <AmountField
            data-testid="discount-amount"
            value={amount}
            onAmount={value => {
              setAmount(value);
              setPercent('');
            }}
          />
        </label>
        {most !== undefined && (
          <p className={tooMuch ? 'message error form-note' : 'muted form-note'} role="status">
            {text.discountLimit(formatDecimal(most))}
          </p>
        )}
        <Submit onClose={onClose} disabled={tooMuch} />
      </form>
    </Dialog>
  );
}

/** Several products carry the scanned code: the cashier says which. */
export function ChooseProductDialog({
  products,
  onChoose,
  onClose,
}: {
  products: Product[];
  onChoose: (product: Product) => void;
  onClose: () => void;
}) {
  const text = useText();
  return (
    <Dialog open onClose={onClose} title={text.chooseProduct}>
      <ul className="choices">
        {products.map((product, index) => (
          <li key={product.id}>
            <button
              type="button"
              className="choice-row"
              // biome-ignore lint/a11y/noAutofocus: Enter takes the first, arrows and Tab the others
              autoFocus={index === 0}
              onClick={() => onChoose(product)}
            >
              <span>{product.name}</span>
              <span className="muted">{product.article}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Whose sale it is; found at the server by name or phone. */
export function CustomerDialog({ sale, onClose }: SaleDialogProps) {
  const { sales, session } = useWorkplace();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<Customer[]>();
  const [failed, setFailed] = useState(false);
  const text = useText();
  const language = useLanguage();
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    let left = false;
    const timer = setTimeout(async () => {
      try {
        const query = new URLSearchParams({ limit: '30', ...(search.trim() && { search: search.trim() }) });
        const { data } = await session.request<{ items: Customer[] }>(`/api/customers?${query}`);
        if (left) return;
        setFound(data.items.filter(one => !one.archived));
        setFailed(false);
      } catch {
        if (!left) setFailed(true);
      }
    }, 150);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [search, session]);

  const choose = (customer: Customer | undefined) => {
    void sales.change({
      kind: 'customer',
      customer: customer && { id: customer.id, name: customer.name },
    });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={text.chooseCustomer} focus={field}>
      <input
        ref={field}
        className="text-input"
        data-testid="customer-search"
        aria-label={text.customerSearch}
        placeholder={text.customerSearch}
        value={search}
        onChange={event => setSearch(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && found?.[0]) choose(found[0]);
        }}
      />
      {failed && <p className="message warning">{text.customersNeedInternet}</p>}
      <ul className="choices">
        {found?.map(customer => (
          <li key={customer.id}>
            <button
              type="button"
              className="choice-row"
              data-testid="customer-row"
              aria-pressed={customer.id === sale.content.customerId}
              onClick={() => choose(customer)}
            >
              <span>
                {customer.name} <small className="muted">{customer.phone}</small>
              </span>
              <span className="balances">
                {customer.balances.map(balance => (
                  <span key={balance.currency} className={balance.amount.startsWith('-') ? 'low' : 'muted'}>
                    {formatMoney(balance.amount, balance.currency, language)}
                  </span>
                ))}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {sale.content.customerId && (
        <div className="dialog-actions">
          <button type="button" className="button" onClick={() => choose(undefined)}>
            {text.withoutCustomer}
          </button>
        </div>
      )}
    </Dialog>
  );
}

const KEYS: [string, keyof ReturnType<typeof useText>['keyHelp']][] = [
  ['F2', 'search'],
  ['F3', 'customer'],
  ['F4', 'newSale'],
  ['F6', 'discount'],
  ['F7', 'takePrice'],
  ['F8', 'cash'],
  ['F10', 'card'],
  ['F9', 'pay'],
  ['+ −', 'moreLess'],
  ['*', 'quantity'],
  ['Ctrl K', 'price'],
  ['Del', 'remove'],
  ['Ctrl Z', 'takeBack'],
  ['Ctrl P', 'copy'],
  ['Alt 1–9', 'quick'],
  ['↑ ↓', 'lines'],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  return (
    <Dialog open onClose={onClose} title={text.keyHelp.help}>
      <dl className="help">
        {KEYS.map(([key, name]) => (
          <div key={key}>
            <dt>
              <Key>{key}</Key>
            </dt>
            <dd>{text.keyHelp[name]}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function Submit({ onClose, disabled }: { onClose: () => void; disabled?: boolean }) {
  const text = useText();
  return (
    <div className="dialog-actions">
      <button type="button" className="button" onClick={onClose}>
        {text.cancel}
      </button>
      <button type="submit" className="button primary" disabled={disabled}>
        {text.apply} <Key>Enter</Key>
      </button>
    </div>
  );
}
