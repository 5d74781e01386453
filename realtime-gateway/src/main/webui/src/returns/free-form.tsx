import { type RefObject, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import type { Approval } from '../approval/approval.ts';
import { PinDialog } from '../approval/pin-dialog.tsx';
import { type Product, priceOf } from '../catalogue/product.ts';
import { AmountField } from '../design/amount-field.tsx';
import { SearchIcon } from '../design/icons.tsx';
import { Key } from '../design/key.tsx';
import { notice } from '../design/notices.tsx';
import { formatDecimal, moneyParts } from '../format/money.ts';
import { roundingStep, unitName } from '../house/house.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { randomUuid, timeUuid } from '../platform/uuid.ts';
import { usePrintReceipt } from '../receipt/use-print-receipt.tsx';
import { isZero, product as times } from '../sales/domain/decimal.ts';
import { beep } from '../sales/page/beep.ts';
import { Products, useProducts } from '../sales/page/products.tsx';
import { hasManagerRights, type LoginState } from '../session/session.ts';
import {
  askedFor,
  countedLines,
  type FreeLines,
  paidOut,
  preparedFreely,
  withLine,
  withProduct,
} from './freely.ts';

interface FreeFormProps {
  login: LoginState;
  onDone: () => void;
  /** Set while this form is open: takes what the scanner reads. */
  onProduct: RefObject<((code: string) => void) | undefined>;
}

/** Goods come back without a receipt: what, how much, at which price; only by a manager's word. */
export function FreeForm({ login, onDone, onProduct }: FreeFormProps) {
  const workplace = useWorkplace();
  const { outbox, house, device, catalogue, approvals, sales } = workplace;
  const shop = useStore(house.state);
  const language = useLanguage();
  const print = usePrintReceipt(login);
  const navigate = useNavigate();
  const text = useText();
  const [id] = useState(() => timeUuid());
  const [lines, setLines] = useState<FreeLines>([]);
  /** The product that came last, anew each time. */
  const [came, setCame] = useState<{ product: string }>();
  const [query, setQuery] = useState('');
  const [highlighted, setHighlighted] = useState(0);
  const [by, setBy] = useState<'CASH' | 'CARD'>('CASH');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const search = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLDivElement>(null);
  const list = useProducts(query);
  const { currency, priceType, warehouse } = sales.current?.content ?? { currency: shop.rates.main };
  const terms = { currency, priceType, warehouse };
  const step = roundingStep(shop, currency);
  const { due, rounding } = paidOut(lines, by, step);
  const ready = countedLines(lines).length > 0 && !busy;
  const online = workplace.online && !login.offline;
  const isManager = hasManagerRights(login);

  const take = (found: Product | undefined, quantity = '1') => {
    const price = found && priceOf(found, priceType, currency, shop.rates);
    setQuery('');
    setHighlighted(0);
    if (!found || !price) {
      beep();
      notice('error', found ? text.noPrice(found.name) : text.codeNotFound(query));
      return;
    }
    const line = {
      lineId: randomUuid(),
      productId: found.id,
      name: found.name,
      quantity,
      ...(found.unit && { unit: found.unit }),
      ...(warehouse && { warehouse }),
      ...price,
    };
    setLines(before => withProduct(before, line));
    setCame({ product: found.id });
  };
  // What comes next is how much of it.
  useEffect(() => {
    if (!came) return;
    const rows = form.current?.querySelectorAll<HTMLElement>('[data-testid=free-line]') ?? [];
    const row = [...rows].find(one => one.dataset.product === came.product);
    row?.querySelector<HTMLElement>('[data-testid=free-quantity]')?.focus();
  }, [came]);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    onProduct.current = code => {
      void catalogue
        .byScan(code, house.state.get().enterprise.weighedBarcodes)
        .then(({ products, quantity }) => latest.current(products[0], quantity));
    };
    return () => {
      onProduct.current = undefined;
    };
  }, [onProduct, catalogue, house]);

  const finish = async (approval: Approval | undefined) => {
    setBusy(true);
    setRefusal(undefined);
    const desk = (kind: 'CASH' | 'CARD') => login.settings.cashDesks?.find(one => one.kind === kind)?.id;
    const prepared = preparedFreely(lines, {
      id,
      deviceId: device.deviceId,
      cashier: login.user.login,
      cashierName: login.user.displayName,
      desks: { CASH: desk('CASH'), CARD: desk('CARD') },
      by,
      step,
      approval,
      terms,
      now: Date.now(),
    });
    try {
      const done = await outbox.giveBack(prepared, device.code, online);
      if (done.kind === 'refused') {
        setRefusal(text.refused(done.reason));
        return;
      }
      const { sale } = done;
      await catalogue.sell(sale.id, backToStock(lines)).catch(() => undefined);
      print(sale);
      notice('good', text.takingBack.done(sale.number));
      onDone();
    } catch (reason) {
      setRefusal(text.saleFailed(reason instanceof Error ? reason.message : String(reason)));
    } finally {
      setBusy(false);
    }
  };
  const start = () => {
    if (!ready) return;
    if (isManager) void finish(undefined);
    else setAsking(true);
  };
  const takeTyped = async () => {
    const words = query.trim();
    if (words === '') return;
    const typed = /\d/.test(words)
      ? await catalogue.byTyped(words, house.state.get().enterprise.weighedBarcodes)
      : undefined;
    const [byCode] = typed?.products ?? [];
    take(byCode ?? (await catalogue.search(words, highlighted, 1)).products[0], typed?.quantity);
  };
  const onKey = (event: React.KeyboardEvent<HTMLElement>) => {
    if (asking) return;
    if (event.key === 'F9') start();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      if (event.target === search.current) void takeTyped();
      else nextField(event.target, search.current);
    } else if (event.target === search.current && event.key === 'ArrowDown')
      setHighlighted(Math.min(highlighted + 1, Math.max(0, list.total - 1)));
    else if (event.target === search.current && event.key === 'ArrowUp')
      setHighlighted(Math.max(0, highlighted - 1));
    else if (event.key === 'Escape') {
      if (query !== '') setQuery('');
      else if (lines.length > 0 && event.target === search.current) setLines(lines.slice(0, -1));
      else if (lines.length > 0) search.current?.focus();
      else navigate('/sales');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const parts = moneyParts(due, currency, language);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole form
    <div className="returns" ref={form} onKeyDown={onKey}>
      <section className="card returns-lines">
        <div className="returns-head">
          <b>{text.takingBack.free}</b>
          <span className="muted">{text.takingBack.freeHint}</span>
        </div>
        {lines.length > 0 && (
          <div className="returns-table free-table">
            <table className="table">
              <thead>
                <tr>
                  <th>{text.columns.product}</th>
                  <th className="n">{text.columns.quantity}</th>
                  <th className="n">{text.columns.price}</th>
                  <th className="n">{text.columns.sum}</th>
                </tr>
              </thead>
              <tbody>
                {[...lines].reverse().map(line => (
                  <tr key={line.lineId} data-testid="free-line" data-product={line.productId}>
                    <td>
                      <span className="product-name">{line.name}</span>
                      <small className="sub">{unitName(shop, line.unit)}</small>
                    </td>
                    <td className="n returns-quantity">
                      <AmountField
                        decimals={3}
                        data-testid="free-quantity"
                        aria-label={`${text.columns.quantity}: ${line.name}`}
                        value={line.quantity}
                        onAmount={quantity => setLines(before => withLine(before, line.lineId, { quantity }))}
                      />
                    </td>
                    <td className="n returns-quantity">
                      <AmountField
                        decimals={4}
                        data-testid="free-price"
                        aria-label={`${text.columns.price}: ${line.name}`}
                        value={line.price}
                        onAmount={price => setLines(before => withLine(before, line.lineId, { price }))}
                      />
                    </td>
                    <td className="n">
                      <b>{formatDecimal(times(line.price || '0', line.quantity || '0'), language)}</b>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <div className="free-finder">
          <div className="search-box">
            <SearchIcon />
            <input
              ref={search}
              // biome-ignore lint/a11y/noAutofocus: the product is what is missing
              autoFocus
              data-testid="free-search"
              aria-label={text.searchProducts}
              placeholder={text.searchProducts}
              autoComplete="off"
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
          {...terms}
          query={query}
          highlighted={highlighted}
          onHighlight={setHighlighted}
          onTake={take}
        />
      </section>
      <aside className="card returns-summary">
        <span className="muted">{text.takingBack.toCustomer}</span>
        <output className="returns-due" data-testid="return-due">
          {parts.amount} <small>{parts.unit}</small>
        </output>
        {!isZero(rounding) && (
          <p className="returns-row">
            <span className="muted">{text.rounding}</span>
            <b>{formatDecimal(rounding, language)}</b>
          </p>
        )}
        <fieldset className="returns-way">
          <legend>{text.takingBack.howMoney}</legend>
          {(['CASH', 'CARD'] as const).map(one => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={by === one}
              data-testid={`return-by-${one}`}
              onClick={() => setBy(one)}
            >
              {one === 'CASH' ? text.receipt.cash : text.receipt.card}
            </button>
          ))}
        </fieldset>
        {!isManager && <p className="muted">{text.takingBack.needsManager}</p>}
        {!online && <p className="message warning">{text.takingBack.offline}</p>}
        {refusal && (
          <p className="message error" role="alert">
            {refusal}
          </p>
        )}
        <button
          type="button"
          className="button primary large"
          data-testid="return-finish"
          disabled={!ready}
          onClick={start}
        >
          {text.takingBack.finish} <Key>F9</Key>
        </button>
      </aside>
      {asking && (
        <PinDialog
          title={text.pin.approvalTitle}
          lines={[text.takingBack.free, ...(askedFor(lines).price ? [text.pin.price] : [])]}
          wanted={user => user.manager === true}
          nobody={text.pin.noManager}
          action={text.pin.approve}
          onClose={() => setAsking(false)}
          onPin={async (manager, pin) => {
            const approval = await approvals.approve(id, manager, pin, askedFor(lines));
            setAsking(false);
            await finish(approval);
          }}
        />
      )}
    </div>
  );
}

/** From the quantity to the price, and from there to the next product. */
function nextField(field: HTMLInputElement, search: HTMLElement | null): void {
  const price = field.closest('tr')?.querySelector<HTMLElement>('[data-testid=free-price]');
  (field === price ? search : (price ?? search))?.focus();
}

const backToStock = (lines: FreeLines) =>
  countedLines(lines).map(({ productId, warehouse = '', quantity }) => ({
    productId,
    warehouse,
    quantity: `-${quantity}`,
  }));
