import { type FormEvent, useRef, useState } from 'react';
import { unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { AmountField } from '../design/amount-field.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Key } from '../design/key.tsx';
import { notice } from '../design/notices.tsx';
import { formatMoney } from '../format/money.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import type { Sales } from '../platform/http/api.ts';
import { explain } from '../platform/http/explain.ts';
import { Unreachable } from '../platform/http/failure.ts';
import { timeUuid } from '../platform/uuid.ts';
import { compare, isPositive, negated } from '../sales/domain/decimal.ts';
import type { Customer } from './customer.ts';
import './customers.css';

/** A debt is paid back, in whole or in part; without the server it is kept on this till and sent when it is back. */
export function RepayDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { session, customers } = useWorkplace();
  const debts = customer.balances.filter(balance => balance.amount.startsWith('-'));
  const [currency, setCurrency] = useState(debts[0]?.currency ?? '');
  const owed = negated(debts.find(debt => debt.currency === currency)?.amount ?? '0');
  const [amount, setAmount] = useState(owed);
  const [kind, setKind] = useState<'CASH' | 'CARD'>('CASH');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  // One payment, however often it is sent.
  const [payment] = useState(() => ({ id: timeUuid(), at: new Date().toISOString() }));
  const text = useText();
  const language = useLanguage();
  const money = (sum: string) => formatMoney(sum, currency, language);
  const tooMuch = amount !== '' && compare(amount, owed) > 0;
  const ready = amount !== '' && isPositive(amount) && !tooMuch && !busy;
  const keepHere = async () => {
    try {
      const whose = { customerId: customer.id, customerName: customer.name };
      await customers.repayments.keep({ ...payment, ...whose, kind, amount, currency });
      notice('warning', text.book.repaidHere(money(amount)));
      onClose();
    } catch (reason) {
      setFailure(text.saleFailed(reason instanceof Error ? reason.message : String(reason)));
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const body = { ...payment, kind, amount, currency } satisfies Sales<'NewRepayment'>;
      const { data } = await session.request(`/api/customers/${customer.id}/payments`, {
        method: 'POST',
        headers: { 'X-Client-Time': new Date().toISOString() },
        body,
        answer: unknown(),
      });
      await customers.event({ data });
      notice('good', text.book.repaid(money(amount)));
      onClose();
    } catch (reason) {
      if (reason instanceof Unreachable) await keepHere();
      else setFailure(explain(reason, text));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={customer.name} focus={field} testId="repay-dialog">
      <form className="repay" onSubmit={event => void submit(event)}>
        {debts.length > 1 && (
          <div className="chips">
            {debts.map(debt => (
              <button
                key={debt.currency}
                type="button"
                className="chip"
                aria-pressed={debt.currency === currency}
                onClick={() => {
                  setCurrency(debt.currency);
                  setAmount(negated(debt.amount));
                }}
              >
                {formatMoney(negated(debt.amount), debt.currency, language)}
              </button>
            ))}
          </div>
        )}
        <p className="repay-owed">
          <span className="muted">{text.book.owes}</span>
          <b>{money(owed)}</b>
        </p>
        <label className="payment-field">
          <span>{text.book.pays}</span>
          <AmountField ref={field} data-testid="repay-amount" value={amount} onAmount={setAmount} />
        </label>
        <div className="chips">
          {(['CASH', 'CARD'] as const).map(one => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={kind === one}
              data-testid={`repay-${one}`}
              onClick={() => setKind(one)}
            >
              {one === 'CASH' ? text.receipt.cash : text.receipt.card}
            </button>
          ))}
        </div>
        {(failure ?? (tooMuch ? text.book.tooMuch : undefined)) && (
          <p className="message error" role="alert">
            {failure ?? text.book.tooMuch}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {text.cancel}
          </button>
          <button type="submit" className="button primary" data-testid="repay" disabled={!ready}>
            {text.book.take} <Key>Enter</Key>
          </button>
        </div>
      </form>
    </Dialog>
  );
}
