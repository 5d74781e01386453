import { useRef, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { Key } from '../design/key.tsx';
import { formatMoney } from '../format/money.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import type { OpenSale } from '../sales/store/open-sale.ts';
import type { Customer } from './customer.ts';
import { NewCustomer } from './new-customer.tsx';

/** Whose sale it is: found on this till by name or phone, or made new. */
export default function CustomerDialog({ sale, onClose }: { sale: OpenSale; onClose: () => void }) {
  const { sales, customers } = useWorkplace();
  const revision = useStore(customers.revision);
  const [search, setSearch] = useState('');
  const [making, setMaking] = useState(false);
  const text = useText();
  const language = useLanguage();
  const field = useRef<HTMLInputElement>(null);

  const { value: found } = useLoaded(() => customers.search(search), [customers, search, revision]);

  const choose = (customer: Customer | undefined) => {
    void sales.change({ kind: 'customer', customer: customer && { id: customer.id, name: customer.name } });
    onClose();
  };
  if (making) {
    return (
      <Dialog open onClose={() => setMaking(false)} title={text.book.new}>
        <NewCustomer words={search} onCancel={() => setMaking(false)} onMade={choose} />
      </Dialog>
    );
  }
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
          if (event.key === 'F4') {
            event.preventDefault();
            setMaking(true);
          }
        }}
      />
      {found?.length === 0 && <p className="muted">{search ? text.nothingFound(search) : text.book.empty}</p>}
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
                {customer.name} <small className="muted unbroken">{customer.phone}</small>
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
      <div className="dialog-actions">
        {sale.content.customerId && (
          <button type="button" className="button" onClick={() => choose(undefined)}>
            {text.withoutCustomer}
          </button>
        )}
        <button type="button" className="button" data-testid="new-customer" onClick={() => setMaking(true)}>
          {text.book.new} <Key>F4</Key>
        </button>
      </div>
    </Dialog>
  );
}
