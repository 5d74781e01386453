import { useLayoutEffect, useRef, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { AmountField } from '../design/amount-field.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Key } from '../design/key.tsx';
import { formatAmount, formatDecimal, formatMoney } from '../format/money.ts';
import { cashLimit, roundingStep } from '../house/house.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import type { Finished } from '../outbox/outbox.ts';
import { useStore } from '../platform/store.ts';
import { isPositive, isZero, minus } from '../sales/domain/decimal.ts';
import {
  CARD_METHODS,
  cashBreach,
  NO_PAYMENT,
  orExactCash,
  reckon,
  usualNotes,
} from '../sales/domain/payment.ts';
import type { OpenSale } from '../sales/store/open-sale.ts';
import { sumsOf } from '../sales/store/selling.ts';
import './payment.css';

interface PaymentDialogProps {
  sale: OpenSale;
  /** Names of what is in it and may not be paid in cash. */
  notForCash: readonly string[];
  /** Called with how it goes on, which may wait for a manager. */
  onFinish: (finish: () => void) => void;
  onFinished: (finished: Finished) => void;
  onCustomer: () => void;
}

type PressedKey = Pick<KeyboardEvent, 'key' | 'target' | 'preventDefault' | 'stopPropagation'>;

/** Keys that are pressed before the focus has moved into the dialog: nobody in a hurry waits for it. */
function useEarlyKeys(onKey: (event: PressedKey) => void): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useLayoutEffect(() => {
    const onEarly = (event: KeyboardEvent) => {
      const inside = event.target instanceof Element && event.target.closest('[role=dialog]');
      if (!inside && !event.defaultPrevented) latest.current(event);
    };
    window.addEventListener('keydown', onEarly);
    return () => window.removeEventListener('keydown', onEarly);
  }, []);
}

/** Cash, card, debt and change. What is entered is kept at once, so a till that loses power comes back to it. */
export function PaymentDialog({ sale, notForCash, onFinish, onFinished, onCustomer }: PaymentDialogProps) {
  const { sales, selling, house } = useWorkplace();
  const shop = useStore(house.state);
  const text = useText();
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const cash = useRef<HTMLInputElement>(null);
  const { content, payment } = sale;
  const { currency } = content;
  const { total } = sumsOf(sale);
  const step = roundingStep(shop, currency);
  const rule = { forbiddenFor: notForCash, limit: cashLimit(shop, currency) };
  const effective = orExactCash(payment, total, step, rule);
  const reckoned = reckon(total, effective, step);
  const money = (amount: string) => formatMoney(amount, currency, language);
  const needsCustomer = isPositive(reckoned.debt) && !content.customerId;
  const breach = cashBreach(reckoned, rule);
  const ready = reckoned.complete && breach === undefined && !needsCustomer && content.lines.length > 0;
  const shown = (amount: string) => (amount === '' ? '0' : formatAmount(amount, currency, language));
  const pay = (change: Partial<typeof payment>) => void sales.pay(change, sale.id);

  const finish = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await sales.pay(effective, sale.id);
      onFinished(await selling.finish({ ...sale, payment: effective }));
    } catch (reason) {
      setFailure(text.saleFailed(reason instanceof Error ? reason.message : String(reason)));
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event: PressedKey) => {
    const key = event.key;
    if (key === 'Enter' || key === 'F9') {
      if (key === 'Enter' && event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      onFinish(() => void finish());
    } else if (key === 'F8') {
      event.preventDefault();
      cash.current?.focus();
    } else if (key === 'F10') {
      event.preventDefault();
      const left = minus(total, payment.cash || '0');
      pay({ card: isPositive(left) ? left : '', debt: '' });
    } else if (key === 'F3') {
      event.preventDefault();
      onCustomer();
    } else {
      return;
    }
    event.stopPropagation();
  };
  useEarlyKeys(onKey);
  return (
    <Dialog
      open
      wide
      focus={cash}
      title={text.payTitle}
      testId="payment"
      onClose={() => void sales.setPaying(false, sale.id)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole dialog */}
      <div className="payment" onKeyDown={onKey}>
        <div className="payment-due">
          <span className="muted">{text.toPay}</span>
          <b data-testid="pay-due">{money(total)}</b>
          {!isZero(reckoned.rounding) && (
            <span className="muted">
              {text.rounding} {formatAmount(reckoned.rounding, currency, language)}
            </span>
          )}
        </div>
        <div className="payment-fields">
          <label className="payment-field">
            <span>
              {text.keyHelp.cash} <Key>F8</Key>
            </span>
            <AmountField
              ref={cash}
              data-testid="pay-cash"
              value={payment.cash}
              placeholder={shown(effective === payment ? '' : effective.cash)}
              onAmount={amount => pay({ cash: amount })}
            />
          </label>
          <label className="payment-field">
            <span>
              {text.keyHelp.card} <Key>F10</Key>
            </span>
            <AmountField
              data-testid="pay-card"
              value={payment.card}
              placeholder={shown(effective === payment ? '' : effective.card)}
              onAmount={amount => pay({ card: amount })}
            />
          </label>
          <label className="payment-field">
            <span>{text.debt}</span>
            <AmountField
              data-testid="pay-debt"
              value={payment.debt}
              placeholder="0"
              onAmount={amount => pay({ debt: amount })}
            />
          </label>
        </div>
        <div className="chips">
          <button
            type="button"
            className="chip"
            data-testid="pay-exact"
            onClick={() => pay({ cash: reckoned.dueInCash })}
          >
            {text.exact} {formatAmount(reckoned.dueInCash, currency, language)}
          </button>
          {usualNotes(reckoned.dueInCash, currency).map(note => (
            <button key={note} type="button" className="chip" onClick={() => pay({ cash: note })}>
              {formatDecimal(note, language)}
            </button>
          ))}
          <button type="button" className="chip" onClick={() => pay({ ...NO_PAYMENT, card: total })}>
            {text.keyHelp.card} {formatAmount(total, currency, language)}
          </button>
        </div>
        {isPositive(reckoned.card) && (
          <fieldset className="payment-card">
            <legend>{text.cardMethod}</legend>
            <div className="chips">
              {CARD_METHODS.map(method => (
                <button
                  key={method}
                  type="button"
                  className="chip"
                  aria-pressed={payment.method === method}
                  onClick={() => pay({ method })}
                >
                  {method}
                </button>
              ))}
            </div>
            <input
              className="text-input"
              aria-label={text.cardReference}
              placeholder={text.cardReference}
              maxLength={64}
              value={payment.reference ?? ''}
              onChange={event => pay({ reference: event.target.value })}
            />
          </fieldset>
        )}
        {needsCustomer && (
          <div className="message warning payment-customer">
            {text.debtNeedsCustomer}
            <button type="button" className="button small" onClick={onCustomer}>
              {text.customer} <Key>F3</Key>
            </button>
          </div>
        )}
        <div className={isZero(reckoned.missing) ? 'payment-change' : 'payment-change missing'}>
          <span>{isZero(reckoned.missing) ? text.change : text.missing}</span>
          <b data-testid="pay-change">
            {money(isZero(reckoned.missing) ? reckoned.change : reckoned.missing)}
          </b>
        </div>
        {notForCash.length > 0 && (
          <p className={breach ? 'message error' : 'message warning'} role={breach ? 'alert' : undefined}>
            {text.notForCash(notForCash.join(', '))}
          </p>
        )}
        {breach === 'limit' && rule.limit && (
          <p className="message error" role="alert">
            {text.cashLimit(money(rule.limit))}
          </p>
        )}
        {!isZero(reckoned.excess) && <p className="message error">{text.excess}</p>}
        {(failure ?? sale.refusal) && (
          <p className="message error" role="alert">
            {failure ?? text.refused(sale.refusal ?? '')}
          </p>
        )}
        <button
          type="button"
          className="button primary large"
          data-testid="finish"
          disabled={!ready || busy}
          onClick={() => onFinish(() => void finish())}
        >
          {busy ? text.finishing : text.finish} <Key>Enter</Key>
        </button>
      </div>
    </Dialog>
  );
}
