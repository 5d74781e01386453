import { useCallback, useEffect, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { SearchIcon } from '../design/icons.tsx';
import { formatMoney } from '../format/money.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import type { Customer } from './customer.ts';
import '../design/page.css';
import '../sales/page/sales.css';

/** The customers with what they owe, found at the server by name or phone. */
export default function CustomersPage() {
  const { session, live } = useWorkplace();
  const [search, setSearch] = useState('');
  const [customers, setCustomers] = useState<Customer[]>([]);
  const [next, setNext] = useState<string | null>();
  const [failure, setFailure] = useState<unknown>();
  const text = useText();
  const language = useLanguage();

  const load = useCallback(
    async (after: string | undefined) => {
      const query = new URLSearchParams({
        limit: '100',
        ...(search.trim() && { search: search.trim() }),
        ...(after && { after }),
      });
      try {
        const { data } = await session.request<{ items: Customer[]; next?: string | null }>(
          `/api/customers?${query}`,
        );
        setCustomers(before => (after ? [...before, ...data.items] : data.items));
        setNext(data.next);
        setFailure(undefined);
      } catch (reason) {
        setFailure(reason);
      }
    },
    [session, search],
  );
  useEffect(() => {
    const timer = setTimeout(() => void load(undefined), 150);
    return () => clearTimeout(timer);
  }, [load]);
  useEffect(
    () =>
      live.follow({
        channel: 'customers',
        event: () => void load(undefined),
        reload: () => load(undefined),
      }),
    [live, load],
  );
  return (
    <main className="list-page">
      <div className="list-head">
        <h1>{text.nav.customers}</h1>
        <div className="search-box">
          <SearchIcon />
          <input
            aria-label={text.customerSearch}
            placeholder={text.customerSearch}
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
        </div>
      </div>
      <div className="card list-body">
        {failure !== undefined && <p className="message warning">{explain(failure, text)}</p>}
        <table className="table">
          <thead>
            <tr>
              <th>{text.customer}</th>
              <th>{text.phone}</th>
              <th className="n">{text.balance}</th>
            </tr>
          </thead>
          <tbody>
            {customers.map(customer => (
              <tr key={customer.id} data-testid="customer-row" data-customer={customer.id}>
                <td>
                  <span className="product-name">{customer.name}</span>
                </td>
                <td>{customer.phone}</td>
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
              </tr>
            ))}
          </tbody>
        </table>
        {customers.length === 0 && failure === undefined && <div className="empty">–</div>}
        {next && (
          <button type="button" className="button quiet" onClick={() => void load(next)}>
            {text.more50}
          </button>
        )}
      </div>
    </main>
  );
}
