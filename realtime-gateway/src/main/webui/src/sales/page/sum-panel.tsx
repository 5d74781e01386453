import type { RefObject } from 'react';
import { useWorkplace } from '../../app/contexts.ts';
import { AmountField } from '../../design/amount-field.tsx';
import { Key } from '../../design/key.tsx';
import { formatAmount, formatCount, formatDecimal, formatMoney, moneyParts } from '../../format/money.ts';
import { roundingStep } from '../../house/house.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { useStore } from '../../platform/store.ts';
import { isPositive, isZero, plus, ratio } from '../domain/decimal.ts';
import { reckon, usualNotes } from '../domain/payment.ts';
import type { OpenSale } from '../store/open-sale.ts';
import { sumsOf } from '../store/selling.ts';

interface SumPanelProps {
  sale: OpenSale;
  cashField: RefObject<HTMLInputElement | null>;
  cardField: RefObject<HTMLInputElement | null>;
  onPay: () => void;
  onCustomer: () => void;
  onDiscount: () => void;
}

/** The sum of the open sale and how it is going to be paid; the same in every window that shows the sale. */
export function SumPanel({ sale, cashField, cardField, onPay, onCustomer, onDiscount }: SumPanelProps) {
  const { sales, house } = useWorkplace();
  const shop = useStore(house.state);
  const text = useText();
  const language = useLanguage();
  const { content, payment } = sale;
  const { total, discount } = sumsOf(sale);
  const money = moneyParts(total, content.currency, language);
  const reckoned = reckon(total, payment, roundingStep(shop, content.currency));
  const quantity = content.lines.reduce((sum, line) => plus(sum, line.quantity), '0');
  const inDollars = abroad(total, content.currency, shop.rates);
  const nothing = content.lines.length === 0;
  const notes = usualNotes(reckoned.dueInCash, content.currency);
  const digits = money.amount.length;
  return (
    <section className="card sum-card" aria-label={text.total}>
      <div className="sum-head">
        <div className="sum-row muted">
          <span>{text.total}</span>
          <span>
            {text.saleLines(formatCount(content.lines.length))} · {formatDecimal(quantity, language)}
          </span>
        </div>
        <output
          className={digits > 13 ? 'sum-big small' : digits > 9 ? 'sum-big middle' : 'sum-big'}
          data-testid="sale-total"
          aria-live="off"
        >
          {money.amount} <small>{money.unit}</small>
        </output>
        <div className="sum-row muted">
          <button type="button" className="link" data-testid="sale-discount" onClick={onDiscount}>
            {text.discount}{' '}
            {isZero(discount) ? '–' : `−${formatAmount(discount, content.currency, language)}`} <Key>F6</Key>
          </button>
          {inDollars && <span>≈ {formatMoney(inDollars.amount, inDollars.currency, language)}</span>}
        </div>
      </div>
      <div className="sum-rows">
        <label className="sum-row">
          <span className="muted">
            {text.keyHelp.cash} <Key>F8</Key>
          </span>
          <AmountField
            ref={cashField}
            className="amount panel-amount"
            data-testid="panel-cash"
            value={payment.cash}
            placeholder="0"
            onAmount={cash => void sales.pay({ cash })}
          />
        </label>
        <div className="notes">
          <button
            type="button"
            className="chip"
            disabled={nothing}
            onClick={() => void sales.pay({ cash: reckoned.dueInCash })}
          >
            {text.exact}
          </button>
          {notes.map(note => (
            <button key={note} type="button" className="chip" onClick={() => void sales.pay({ cash: note })}>
              {formatDecimal(note, language)}
            </button>
          ))}
        </div>
        <label className="sum-row">
          <span className="muted">
            {text.keyHelp.card} <Key>F10</Key>
          </span>
          <AmountField
            ref={cardField}
            className="amount panel-amount"
            data-testid="panel-card"
            value={payment.card}
            placeholder="0"
            onAmount={card => void sales.pay({ card })}
          />
        </label>
        <button type="button" className="sum-row plain" data-testid="sale-customer" onClick={onCustomer}>
          <span className="muted">
            {text.customer} <Key>F3</Key>
          </span>
          <b className="customer-name">{content.customerName ?? content.customerId ?? text.noCustomer}</b>
        </button>
      </div>
      {isPositive(reckoned.change) && (
        <div className="change-row">
          <span>{text.change}</span>
          <b>{formatAmount(reckoned.change, content.currency, language)}</b>
        </div>
      )}
      {sale.refusal && (
        <p className="message error sum-message" role="alert">
          {text.refused(sale.refusal)}
        </p>
      )}
      <button
        type="button"
        className="button primary large pay-button"
        data-testid="pay"
        disabled={nothing}
        onClick={onPay}
      >
        {text.pay} <Key>F9</Key>
      </button>
    </section>
  );
}

/** The sum in dollars (or in the main currency), for who counts in it. */
function abroad(
  total: string,
  currency: string,
  { main, rates }: { main: string; rates: Record<string, string> },
): { amount: string; currency: string } | undefined {
  const rate = currency === main ? rates.USD : rates[currency];
  if (!rate || !isPositive(rate) || isZero(total)) return undefined;
  return currency === main
    ? { amount: ratio(total, rate, 2), currency: 'USD' }
    : { amount: ratio(total, ratio('1', rate, 12), 2), currency: main };
}
