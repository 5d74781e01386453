import { nullish, object, picklist, string, unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { FormBody, TextField, useForm } from '../design/form.tsx';
import { MorePages } from '../design/loading.tsx';
import { formatMoney } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { reads, type Sales } from '../platform/http/api.ts';
import { usePages } from '../platform/http/use-pages.ts';
import { decimalText } from '../platform/validate.ts';
import type { Customer } from './customer.ts';

const movementSchema = reads<Sales<'Movement'>>()(
  object({
    id: string(),
    kind: picklist(['SALE', 'RETURN', 'PAYMENT']),
    currency: string(),
    amount: decimalText,
    paymentKind: nullish(string()),
    login: nullish(string()),
    at: string(),
  }),
);

const MOST_NAME = 200;
const MOST_PHONE = 50;

interface CustomerCardProps {
  customer: Customer;
  zone: string;
  onRepay: () => void;
  onClose: () => void;
}

/** A customer whole: contact, balances, and each movement that made them. */
export default function CustomerCard({ customer, zone, onRepay, onClose }: CustomerCardProps) {
  const { session, customers } = useWorkplace();
  const text = useText();
  const { form: words, people } = usePageText();
  const language = useLanguage();
  const form = useForm({
    stored: { name: customer.name, phone: customer.phone ?? '' },
    check: ({ name, phone }) => ({
      ...(name.trim() === '' && { name: words.required }),
      ...(name.length > MOST_NAME && { name: words.tooLong(MOST_NAME) }),
      ...(phone.length > MOST_PHONE && { phone: words.tooLong(MOST_PHONE) }),
    }),
    send: async ({ name, phone }) => {
      const { data } = await session.request(`/api/customers/${customer.id}`, {
        method: 'PATCH',
        body: {
          ...(name !== undefined && { name: name.trim() }),
          ...(phone !== undefined && { phone: phone.trim() }),
        },
        answer: unknown(),
      });
      await customers.event({ data });
    },
    done: words.saved,
  });
  const owes = customer.balances.some(balance => balance.amount.startsWith('-'));
  return (
    <Dialog open wide onClose={onClose} title={customer.name} testId="customer-card">
      <dl className="facts">
        {customer.balances.map(balance => (
          <div key={balance.currency}>
            <dt>{balance.amount.startsWith('-') ? text.book.owes : people.credit}</dt>
            <dd className={balance.amount.startsWith('-') ? 'low' : undefined} data-testid="card-balance">
              {formatMoney(balance.amount, balance.currency, language)}
            </dd>
          </div>
        ))}
        {customer.balances.length === 0 && <p className="muted">{people.noBalance}</p>}
      </dl>
      {owes && (
        <div className="dialog-actions">
          <button type="button" className="button primary" data-testid="card-repay" onClick={onRepay}>
            {text.book.take}
          </button>
        </div>
      )}
      <section aria-label={people.contact}>
        <h3>{people.contact}</h3>
        <FormBody form={form}>
          <TextField form={form} name="name" label={text.book.name} input={{ maxLength: MOST_NAME }} />
          <TextField
            form={form}
            name="phone"
            label={text.phone}
            input={{ maxLength: MOST_PHONE, inputMode: 'tel' }}
          />
        </FormBody>
      </section>
      <Movements customer={customer} zone={zone} />
    </Dialog>
  );
}

function Movements({ customer, zone }: { customer: Customer; zone: string }) {
  const { session } = useWorkplace();
  const path = `/api/customers/${customer.id}/movements` as const;
  // Another version of the customer has another movement.
  const movements = usePages(session, path, movementSchema, 'movement', customer.version);
  const text = useText();
  const { people } = usePageText();
  const language = useLanguage();
  return (
    <section aria-label={people.movements}>
      <h3>{people.movements}</h3>
      {movements.value?.length === 0 && <p className="muted">{people.noMovements}</p>}
      <ul className="rows">
        {movements.value?.map(one => (
          <li key={`${one.kind} ${one.id}`} className="row" data-testid="movement" data-kind={one.kind}>
            <div className="row-main">
              <span>
                {people.kinds[one.kind]}
                {one.paymentKind === 'CASH' && ` · ${text.receipt.cash}`}
                {one.paymentKind === 'CARD' && ` · ${text.receipt.card}`}
              </span>
              <small className="muted">
                {[formatMoment(Date.parse(one.at), zone), one.login].filter(Boolean).join(' · ')}
              </small>
            </div>
            <b className={one.amount.startsWith('-') ? 'low unbroken' : 'unbroken'}>
              {formatMoney(one.amount, one.currency, language)}
            </b>
          </li>
        ))}
      </ul>
      <MorePages of={movements} />
    </section>
  );
}
