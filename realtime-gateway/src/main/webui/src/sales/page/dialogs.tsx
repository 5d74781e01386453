import { type FormEvent, useRef, useState } from 'react';
import { useWorkplace } from '../../app/contexts.ts';
import type { Product } from '../../catalogue/product.ts';
import { AmountField } from '../../design/amount-field.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Key } from '../../design/key.tsx';
import { formatDecimal, formatMoney } from '../../format/money.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { compare, isPositive, plus, ratio, product as times, trimmed } from '../domain/decimal.ts';
import type { Change, SaleLine } from '../domain/sale.ts';
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

/** A price by hand; `onChange` asks a manager first, if it must. */
export function PriceDialog({
  line,
  onClose,
  onChange,
}: LineDialogProps & { onChange: (change: Change) => void }) {
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
      const listPrice = line.listPrice ?? line.price;
      onChange({ kind: 'price', lineId: line.lineId, price: { price, ...from, ownPrice: true, listPrice } });
    } else {
      onClose();
    }
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

/** A percentage or an amount off the whole sale; above what this user may give `onChange` asks a manager. */
export function DiscountDialog({
  sale,
  onClose,
  most,
  onChange,
}: SaleDialogProps & { most: string | undefined; onChange: (change: Change) => void }) {
  const [percent, setPercent] = useState(sale.content.discount?.percent ?? '');
  const [amount, setAmount] = useState(sale.content.discount?.amount ?? '');
  const text = useText();
  const field = useRef<HTMLInputElement>(null);
  const { lineSums } = sumsOf(sale);
  const whole = lineSums.reduce(plus, '0.00');
  const share = percent || (amount && isPositive(whole) ? times(ratio(amount, whole, 8), '100', 4) : '0');
  const tooMuch = compare(share, '100') > 0;
  const needsManager = !tooMuch && most !== undefined && compare(share, most) > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tooMuch) return;
    const discount =
      percent && isPositive(percent) ? { percent } : amount && isPositive(amount) ? { amount } : undefined;
    onChange({ kind: 'discount', discount });
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
          <p
            className={
              tooMuch
                ? 'message error form-note'
                : needsManager
                  ? 'message warning form-note'
                  : 'muted form-note'
            }
            role="status"
          >
            {text.discountLimit(formatDecimal(most))} {needsManager && text.pin.needed}
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
