import { lazy, Suspense, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { SearchBox } from '../design/search-box.tsx';
import { formatMoney } from '../format/money.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import type { LoginState } from '../session/session.ts';
import type { Customer } from './customer.ts';
import { NewCustomer } from './new-customer.tsx';
import { RepayDialog } from './repay-dialog.tsx';
import '../design/page.css';
import '../sales/page/sales.css';
import './customers.css';

const CustomerCard = lazy(() => import('./customer-card.tsx'));

const PAGE = 100;

/** The customers with what they owe, found on this till by name or phone. */
export default function CustomersPage({ login }: { login: LoginState }) {
  const { customers } = useWorkplace();
  const revision = useStore(customers.revision);
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const [making, setMaking] = useState(false);
  const [opened, setOpened] = useState<string>();
  const [repaying, setRepaying] = useState<Customer>();
  const text = useText();
  const language = useLanguage();

  const { value: found = [] } = useLoaded(
    () => customers.search(search, limit + 1),
    [customers, search, limit, revision],
  );
  const shown = found.find(customer => customer.id === opened);
  return (
    <main className="list-page">
      <div className="list-head">
        <h1>{text.nav.customers}</h1>
        <SearchBox
          label={text.customerSearch}
          value={search}
          onSearch={words => {
            setSearch(words);
            setLimit(PAGE);
          }}
        />
        <button type="button" className="button" data-testid="new-customer" onClick={() => setMaking(true)}>
          {text.book.new}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="card list-body" aria-label={text.nav.customers} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th className="wide-column">{text.customer}</th>
              <th>{text.phone}</th>
              <th className="n">{text.balance}</th>
              <th className="row-actions">
                <span className="visually-hidden">{text.book.take}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, limit).map(customer => (
              <tr key={customer.id} data-testid="customer-row" data-customer={customer.id}>
                <td>
                  <button
                    type="button"
                    className="link-button product-name"
                    data-testid="customer-open"
                    title={customer.name}
                    onClick={() => setOpened(customer.id)}
                  >
                    {customer.name}
                  </button>
                </td>
                <td>
                  <span className="unbroken">{customer.phone}</span>
                </td>
                <td className="n" data-testid="balance">
                  {customer.balances.map(balance => (
                    <div
                      key={balance.currency}
                      className={balance.amount.startsWith('-') ? 'low' : undefined}
                    >
                      {formatMoney(balance.amount, balance.currency, language)}
                    </div>
                  ))}
                </td>
                <td className="row-actions">
                  {customer.balances.some(balance => balance.amount.startsWith('-')) && (
                    <button
                      type="button"
                      className="button small"
                      data-testid="repay-open"
                      onClick={() => setRepaying(customer)}
                    >
                      {text.book.take}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {found.length === 0 && (
          <div className="empty">{search ? text.nothingFound(search) : text.book.empty}</div>
        )}
        {found.length > limit && (
          <button type="button" className="button quiet" onClick={() => setLimit(limit + PAGE)}>
            {text.more50}
          </button>
        )}
      </section>
      <Dialog open={making} onClose={() => setMaking(false)} title={text.book.new}>
        <NewCustomer words={search} onCancel={() => setMaking(false)} onMade={() => setMaking(false)} />
      </Dialog>
      <Suspense fallback={null}>
        {shown && !repaying && (
          <CustomerCard
            customer={shown}
            zone={login.clock.zone}
            onRepay={() => setRepaying(shown)}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Suspense>
      {repaying && <RepayDialog customer={repaying} onClose={() => setRepaying(undefined)} />}
    </main>
  );
}
