import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { usePreferences, useWorkplace } from '../app/contexts.ts';
import { PrinterIcon, SearchIcon } from '../design/icons.tsx';
import { notice } from '../design/notices.tsx';
import { formatMoney } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { useText } from '../i18n/text.ts';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import { explain } from '../platform/http/explain.ts';
import { Unreachable } from '../platform/http/failure.ts';
import { useStore } from '../platform/store.ts';
import { pageSchema } from '../platform/validate.ts';
import { copyOf } from '../receipt/copy.ts';
import { printReceipt } from '../receipt/print.ts';
import { Receipt } from '../receipt/receipt.tsx';
import { type SaleView, saleView } from '../sales/store/sale-view.ts';
import type { LoginState } from '../session/session.ts';
import '../design/page.css';
import '../sales/page/sales.css';

type Delivery = 'NOT_DELIVERED' | 'DELIVERED' | 'REJECTED' | 'CLOSED';

/** The enterprise's sales, newest first; those that are only on this till stand on top. */
export default function SalesListPage({ login }: { login: LoginState }) {
  const { session, outbox, house, device, live, customers } = useWorkplace();
  const navigate = useNavigate();
  const preferences = usePreferences();
  const { unsent } = useStore(outbox.state);
  const text = useText();
  const language = useStore(preferences.language);
  const [search, setSearch] = useState('');
  const [delivery, setDelivery] = useState<Delivery | ''>('');
  const [views, setViews] = useState<SaleView[]>([]);
  const [next, setNext] = useState<string | null>();
  const [own, setOwn] = useState<FinishedSale[]>([]);
  const [failure, setFailure] = useState<unknown>();

  const load = useCallback(
    async (after: string | undefined) => {
      const query = new URLSearchParams({
        limit: '50',
        status: 'COMPLETED',
        ...(search.trim() && { search: search.trim() }),
        ...(delivery && { delivery }),
        ...(after && { after }),
      });
      try {
        const { data } = await session.request(`/api/sales?${query}`, { answer: pageSchema });
        const found = data.items.flatMap(item => saleView(item) ?? []);
        setViews(before => (after ? [...before, ...found] : found));
        setNext(data.next);
        setFailure(undefined);
      } catch (reason) {
        setFailure(reason);
      }
    },
    [session, search, delivery],
  );
  useEffect(() => {
    const timer = setTimeout(() => void load(undefined), 150);
    return () => clearTimeout(timer);
  }, [load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `unsent` says that the outbox has changed
  useEffect(() => {
    outbox.recent(100).then(setOwn, () => undefined);
  }, [outbox, unsent]);
  useEffect(
    () =>
      live.follow({
        channel: 'sales',
        event: ({ data }) => {
          const view = saleView(data, 'socket');
          if (view?.status !== 'COMPLETED') return;
          setViews(before => {
            const known = before.some(one => one.id === view.id);
            return known ? before.map(one => (one.id === view.id ? view : one)) : [view, ...before];
          });
        },
        reload: () => load(undefined),
      }),
    [live, load],
  );

  const onServer = new Set(views.map(view => view.id));
  const here = own.filter(sale => sale.place !== 'server' && !onServer.has(sale.id));
  const offline = failure instanceof Unreachable;
  const shown = offline ? own : here;
  const print = (finished: FinishedSale) => {
    const shop = house.state.get();
    printReceipt(
      <Receipt
        finished={finished}
        house={shop}
        enterprise={device.enterprise}
        language={language}
        zone={login.clock.zone}
        copy
      />,
      shop.device.receiptWidth === 'MM58' ? 58 : 80,
    );
  };
  /** What this till has not printed itself is printed as the server tells it. */
  const printView = async (view: SaleView, mine: FinishedSale | undefined) => {
    const customer = view.customerId
      ? await customers.get(view.customerId).catch(() => undefined)
      : undefined;
    print(mine ?? copyOf(view, customer?.name));
  };
  const deliver = async (id: string) => {
    try {
      await session.request(`/api/sales/${id}/delivery`, { method: 'POST', body: {} });
      notice('good', text.deliverAsked);
    } catch (reason) {
      notice('error', explain(reason, text));
    }
  };
  return (
    <main className="list-page">
      <div className="list-head">
        <h1>{text.nav['sales-list']}</h1>
        <select
          className="choice"
          aria-label={text.receiptColumns.state}
          value={delivery}
          onChange={event => setDelivery(event.target.value as Delivery | '')}
        >
          <option value="">{text.takingBack.all}</option>
          {(['NOT_DELIVERED', 'DELIVERED', 'REJECTED', 'CLOSED'] as const).map(one => (
            <option key={one} value={one}>
              {text.delivery[one]}
            </option>
          ))}
        </select>
        <div className="search-box">
          <SearchIcon />
          <input
            aria-label={text.searchProducts}
            placeholder={text.receiptColumns.number}
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="card list-body" aria-label={text.nav['sales-list']} tabIndex={0}>
        {failure !== undefined && <p className="message warning">{explain(failure, text)}</p>}
        <table className="table">
          <thead>
            <tr>
              <th>{text.receiptColumns.number}</th>
              <th>{text.receiptColumns.time}</th>
              <th>{text.receiptColumns.cashier}</th>
              <th className="n">{text.receiptColumns.sum}</th>
              <th>{text.receiptColumns.state}</th>
              <th className="row-actions many">
                <span className="visually-hidden">{text.print}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(sale => (
              <tr key={sale.id} data-testid="sale-row" data-sale={sale.id}>
                <td>
                  <b className="unbroken">{sale.number}</b>
                </td>
                <td>{formatMoment(sale.at, login.clock.zone)}</td>
                <td>{sale.cashierName}</td>
                <td className="n">{formatMoney(sale.sale.total, sale.sale.currency, language)}</td>
                <td>
                  <span className="badge warning" data-testid="delivery-status">
                    {sale.place === 'server' ? text.onServer : text.delivery.HERE}
                  </span>
                </td>
                <td className="row-actions">
                  <Print words={text.print} onPress={() => print(sale)} />
                </td>
              </tr>
            ))}
            {!offline &&
              views.map(view => {
                const status = (view.deliveryStatus ?? 'NOT_DELIVERED') as Delivery;
                const mine = own.find(sale => sale.id === view.id);
                return (
                  <tr key={view.id} data-testid="sale-row" data-sale={view.id}>
                    <td>
                      <b className="unbroken">{view.number ?? '–'}</b>
                      {view.kind === 'RETURN' && <span className="badge danger">{text.returned}</span>}
                    </td>
                    <td>
                      {view.completedAt && formatMoment(Date.parse(view.completedAt), login.clock.zone)}
                    </td>
                    <td>{view.cashier}</td>
                    <td className="n">{formatMoney(view.total, view.currency, language)}</td>
                    <td>
                      <span
                        className={`badge ${tone(status)}`}
                        data-testid="delivery-status"
                        data-status={status}
                      >
                        {text.delivery[status]}
                      </span>
                    </td>
                    <td className="row-actions">
                      {(status === 'NOT_DELIVERED' || status === 'REJECTED') && (
                        <button
                          type="button"
                          className="button small"
                          data-testid="deliver"
                          onClick={() => void deliver(view.id)}
                        >
                          {text.deliver}
                        </button>
                      )}
                      {view.kind !== 'RETURN' && (
                        <button
                          type="button"
                          className="button small"
                          data-testid="return"
                          onClick={() => navigate(`/returns?sale=${view.id}`)}
                        >
                          {text.returned}
                        </button>
                      )}
                      <Print words={text.print} onPress={() => void printView(view, mine)} />
                    </td>
                  </tr>
                );
              })}
          </tbody>
        </table>
        {shown.length + views.length === 0 && <div className="empty">{text.noReceipts}</div>}
        {next && !offline && (
          <button type="button" className="button quiet" onClick={() => void load(next)}>
            {text.more50}
          </button>
        )}
      </section>
    </main>
  );
}

function Print({ words, onPress }: { words: string; onPress: () => void }) {
  return (
    <button type="button" className="button small quiet" aria-label={words} onClick={onPress}>
      <PrinterIcon />
    </button>
  );
}

function tone(status: Delivery): string {
  return status === 'DELIVERED'
    ? 'good'
    : status === 'REJECTED'
      ? 'danger'
      : status === 'NOT_DELIVERED'
        ? 'warning'
        : '';
}
