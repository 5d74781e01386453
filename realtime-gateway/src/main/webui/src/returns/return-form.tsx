import { type RefObject, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { AmountField } from '../design/amount-field.tsx';
import { Key } from '../design/key.tsx';
import { notice } from '../design/notices.tsx';
import { formatAmount, formatDecimal, formatMoney, moneyParts } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { type House, unitName } from '../house/house.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { timeUuid } from '../platform/uuid.ts';
import { usePrintReceipt } from '../receipt/use-print-receipt.tsx';
import { compare, isPositive, isZero, plus, trimmed } from '../sales/domain/decimal.ts';
import { beep } from '../sales/page/beep.ts';
import type { LoginState } from '../session/session.ts';
import { preparedReturn } from './prepared.ts';
import { everything, type GivenBack, giveBack, leftOf, type Picks, type SoldReceipt } from './returning.ts';

interface ReturnFormProps {
  receipt: SoldReceipt;
  login: LoginState;
  onAgain: () => void;
  onReread: () => Promise<void>;
  /** Set while a receipt is open: takes what the scanner reads. */
  onProduct: RefObject<((code: string) => void) | undefined>;
}

/** Which lines and how much of them, what goes back and how. */
export function ReturnForm({ receipt, login, onAgain, onReread, onProduct }: ReturnFormProps) {
  const workplace = useWorkplace();
  const { outbox, house, device, catalogue } = workplace;
  const shop = useStore(house.state);
  const print = usePrintReceipt(login);
  const navigate = useNavigate();
  const text = useText();
  const [picks, setPicks] = useState<Picks>({});
  const [by, setBy] = useState<'CASH' | 'CARD'>('CASH');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const back = giveBack(receipt, picks);
  const nothingLeft = receipt.lines.every(line => !isPositive(leftOf(line)));
  const mayCard = isPositive(receipt.card) && compare(back.money, receipt.card) <= 0;
  const way = mayCard ? by : 'CASH';
  const ready = back.lines.length > 0 && !busy;
  const online = workplace.online && !login.offline;
  const pick = (place: number, quantity: string) => setPicks(before => ({ ...before, [place]: quantity }));

  useEffect(() => {
    onProduct.current = code => {
      void catalogue
        .byScan(code, house.state.get().enterprise.weighedBarcodes)
        .then(({ products, quantity = '1' }) => {
          const place = receipt.lines.findIndex(
            (line, index) =>
              products.some(product => product.id === line.productId) &&
              compare(leftOf(line), picks[index] || '0') > 0,
          );
          const line = receipt.lines[place];
          if (!line) {
            beep();
            notice('error', text.codeNotFound(code));
            return;
          }
          const more = plus(picks[place] || '0', quantity);
          setPicks({ ...picks, [place]: compare(more, leftOf(line)) > 0 ? leftOf(line) : trimmed(more) });
        });
    };
    return () => {
      onProduct.current = undefined;
    };
  }, [onProduct, catalogue, house, receipt, picks, text]);

  const finish = async () => {
    if (!ready) return;
    setBusy(true);
    setRefusal(undefined);
    const prepared = preparedReturn(receipt, back, {
      id: timeUuid(),
      deviceId: device.deviceId,
      cashier: login.user.login,
      cashierName: login.user.displayName,
      desk: login.settings.cashDesks?.find(desk => desk.kind === way)?.id,
      by: way,
      now: Date.now(),
    });
    try {
      const done = await outbox.giveBack(prepared, device.code, online && receipt.onServer);
      if (done.kind === 'refused') {
        setRefusal(text.refused(done.reason));
        await onReread();
        return;
      }
      const { sale } = done;
      await catalogue.sell(sale.id, stockBack(receipt, back)).catch(() => undefined);
      print(sale);
      notice('good', text.takingBack.done(sale.number));
      onAgain();
    } catch (reason) {
      setRefusal(text.saleFailed(reason instanceof Error ? reason.message : String(reason)));
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event: React.KeyboardEvent<HTMLElement>) => {
    if (event.key === 'F9') void finish();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement)
      focusNext(event.currentTarget, event.target);
    else if (event.key === 'F8') setPicks(everything(receipt));
    else if (event.key === 'Escape') {
      if (back.lines.length > 0) setPicks({});
      else navigate('/sales');
    } else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole form
    <div className="returns" onKeyDown={onKey}>
      <section className="card returns-lines">
        <header className="returns-head">
          <div>
            <b data-testid="return-receipt">{receipt.number}</b>{' '}
            <span className="muted">
              {formatMoment(receipt.at, login.clock.zone)} · {receipt.cashier}
              {receipt.customerName && ` · ${receipt.customerName}`}
            </span>
          </div>
          <div className="returns-actions">
            <button
              type="button"
              className="button small"
              data-testid="return-all"
              disabled={nothingLeft}
              onClick={() => setPicks(everything(receipt))}
            >
              {text.takingBack.all} <Key>F8</Key>
            </button>
            <button type="button" className="button small quiet" onClick={onAgain}>
              {text.takingBack.another}
            </button>
          </div>
        </header>
        {nothingLeft && <p className="message warning">{text.takingBack.nothingLeft}</p>}
        <div className="returns-table">
          <table className="table">
            <thead>
              <tr>
                <th>{text.columns.product}</th>
                <th className="n">{text.columns.price}</th>
                <th className="n">{text.takingBack.sold}</th>
                <th className="n">{text.takingBack.before}</th>
                <th className="n">{text.takingBack.now}</th>
                <th className="n">{text.columns.sum}</th>
              </tr>
            </thead>
            <tbody>
              {receipt.lines.map((line, place) => (
                <Line
                  key={`${line.lineId}-${place}`}
                  receipt={receipt}
                  place={place}
                  first={receipt.lines.findIndex(one => isPositive(leftOf(one))) === place}
                  quantity={picks[place] ?? ''}
                  back={back}
                  house={shop}
                  onQuantity={quantity => pick(place, quantity)}
                />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <Summary
        receipt={receipt}
        back={back}
        way={way}
        mayCard={mayCard}
        ready={ready}
        refusal={refusal}
        warning={online && receipt.onServer ? undefined : text.takingBack.offline}
        onWay={setBy}
        onFinish={() => void finish()}
      />
    </div>
  );
}

interface LineProps {
  receipt: SoldReceipt;
  place: number;
  first: boolean;
  quantity: string;
  back: GivenBack;
  house: House;
  onQuantity: (quantity: string) => void;
}

function Line({ receipt, place, first, quantity, back, house, onQuantity }: LineProps) {
  const language = useLanguage();
  const text = useText();
  const line = receipt.lines[place];
  if (!line) return null;
  const left = leftOf(line);
  const taken = back.lines.find(one => one.place === place);
  return (
    <tr data-testid="return-line" data-product={line.productId} className={taken ? 'selected' : undefined}>
      <td>
        <span className="product-name">{line.name}</span>
      </td>
      <td className="n">{formatDecimal(line.price, language)}</td>
      <td className="n">
        {formatDecimal(line.quantity, language)} {unitName(house, line.unit)}
      </td>
      <td className="n">{isZero(line.returned) ? '–' : formatDecimal(line.returned, language)}</td>
      <td className="n returns-quantity">
        <AmountField
          decimals={3}
          data-testid="return-quantity"
          aria-label={`${text.takingBack.now}: ${line.name}`}
          autoFocus={first}
          disabled={!isPositive(left)}
          value={quantity}
          placeholder="0"
          onAmount={value => onQuantity(value !== '' && compare(value, left) > 0 ? left : value)}
        />
        <button
          type="button"
          className="button small"
          disabled={!isPositive(left)}
          aria-label={`${text.takingBack.all}: ${line.name}`}
          onClick={() => onQuantity(left)}
        >
          {formatDecimal(left, language)}
        </button>
      </td>
      <td className="n">
        <b>{taken ? formatAmount(taken.net, receipt.currency, language) : '–'}</b>
      </td>
    </tr>
  );
}

interface SummaryProps {
  receipt: SoldReceipt;
  back: GivenBack;
  way: 'CASH' | 'CARD';
  mayCard: boolean;
  ready: boolean;
  refusal: string | undefined;
  warning: string | undefined;
  onWay: (way: 'CASH' | 'CARD') => void;
  onFinish: () => void;
}

/** What goes back and how: the debt first, then money. */
function Summary({ receipt, back, way, mayCard, ready, refusal, warning, onWay, onFinish }: SummaryProps) {
  const language = useLanguage();
  const text = useText();
  const due = moneyParts(back.due, receipt.currency, language);
  return (
    <aside className="card returns-summary">
      <span className="muted">{text.takingBack.toCustomer}</span>
      <output className="returns-due" data-testid="return-due">
        {due.amount} <small>{due.unit}</small>
      </output>
      {!isZero(back.rounding) && (
        <p className="returns-row">
          <span className="muted">{text.rounding}</span>
          <b>{formatDecimal(back.rounding, language)}</b>
        </p>
      )}
      {back.debts.map(debt => (
        <p className="returns-row" key={debt.currency} data-testid="return-debt">
          <span className="muted">{text.takingBack.debtLowered}</span>
          <b>{formatMoney(debt.amount, debt.currency, language)}</b>
        </p>
      ))}
      <p className="returns-row" data-testid="return-money">
        <span className="muted">
          {text.takingBack.money} ({way === 'CASH' ? text.receipt.cash : text.receipt.card})
        </span>
        <b>{formatMoney(back.money, receipt.currency, language)}</b>
      </p>
      {mayCard && isPositive(back.money) && (
        <fieldset className="returns-way">
          <legend>{text.takingBack.howMoney}</legend>
          {(['CASH', 'CARD'] as const).map(one => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={way === one}
              data-testid={`return-by-${one}`}
              onClick={() => onWay(one)}
            >
              {one === 'CASH' ? text.receipt.cash : text.receipt.card}
            </button>
          ))}
        </fieldset>
      )}
      {back.lines.length === 0 && <p className="muted">{text.takingBack.chooseLines}</p>}
      {warning && <p className="message warning">{warning}</p>}
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
        onClick={onFinish}
      >
        {text.takingBack.finish} <Key>F9</Key>
      </button>
    </aside>
  );
}

/** From one quantity to the next, and from the last to the button. */
function focusNext(form: HTMLElement, field: HTMLInputElement): void {
  const fields = [
    ...form.querySelectorAll<HTMLElement>(
      '[data-testid=return-quantity]:not(:disabled), [data-testid=return-finish]',
    ),
  ];
  fields[fields.indexOf(field) + 1]?.focus();
}

const stockBack = (receipt: SoldReceipt, back: GivenBack) =>
  back.lines.flatMap(({ place, quantity }) => {
    const line = receipt.lines[place];
    return line
      ? [{ productId: line.productId, warehouse: line.warehouse ?? '', quantity: `-${quantity}` }]
      : [];
  });
