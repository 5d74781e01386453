import { lazy, Suspense, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { DayField } from '../design/day-field.tsx';
import { Failure } from '../design/loading.tsx';
import { PageTabs, type Some, useTab } from '../design/page-tabs.tsx';
import { SearchBox } from '../design/search-box.tsx';
import { formatCount } from '../format/money.ts';
import { businessDate } from '../format/time.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import { explain } from '../platform/http/explain.ts';
import { Unreachable } from '../platform/http/failure.ts';
import { useStore } from '../platform/store.ts';
import { hasManagerRights, type LoginState } from '../session/session.ts';
import { type Filter, useListing } from './listing.ts';
import { SaleRows } from './sale-rows.tsx';
import '../design/page.css';
import '../sales/page/sales.css';
import './sales-list.css';

const ReviewPanel = lazy(() => import('./review-panel.tsx'));

const LISTS = ['finished', 'open', 'trash'] as const;
const TABS = [...LISTS, 'review'] as const;
type Tab = (typeof TABS)[number];
const STATUS: Record<Exclude<Tab, 'review'>, Filter['status']> = {
  finished: 'COMPLETED',
  open: 'OPEN',
  trash: 'TRASHED',
};
const DELIVERIES = ['NOT_DELIVERED', 'DELIVERED', 'REJECTED', 'CLOSED'] as const;
const MOST_OWN = 100;

/** The enterprise's sales: how each stands with the back office, who must act, and what was set aside for a manager. */
export default function SalesListPage({ login }: { login: LoginState }) {
  const { totals } = useWorkplace();
  const text = useText();
  const { list } = usePageText();
  const isManager = hasManagerRights(login);
  const toReview = useStore(totals.shown)?.totals.toReview ?? 0;
  const tabs: Some<Tab> = isManager ? TABS : LISTS;
  const tab = useTab(tabs);
  return (
    <main className="list-page sales-list">
      <div className="list-head">
        <h1>{text.nav['sales-list']}</h1>
        <PageTabs label={text.nav['sales-list']} tabs={tabs} testId="list">
          {one => (
            <>
              {list.tabs[one]}
              {one === 'review' && toReview > 0 && <em className="chip-count">{formatCount(toReview)}</em>}
            </>
          )}
        </PageTabs>
      </div>
      <Suspense fallback={<p className="muted">{text.loading}</p>}>
        {tab === 'review' ? (
          <ReviewPanel login={login} />
        ) : (
          <Sales key={tab} tab={tab} login={login} isManager={isManager} />
        )}
      </Suspense>
    </main>
  );
}

interface SalesProps {
  tab: Exclude<Tab, 'review'>;
  login: LoginState;
  isManager: boolean;
}

function Sales({ tab, login, isManager }: SalesProps) {
  const { outbox } = useWorkplace();
  const [parameters] = useSearchParams();
  const { unsent } = useStore(outbox.state);
  const [search, setSearch] = useState('');
  const [delivery, setDelivery] = useState(parameters.get('delivery') ?? '');
  const [day, setDay] = useState('');
  const [own, setOwn] = useState<FinishedSale[]>([]);
  const listing = useListing({ status: STATUS[tab], search, delivery, day });
  const text = useText();
  const { list } = usePageText();
  const { zone, dayStart } = login.clock;
  const today = businessDate(Date.now(), zone, dayStart);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `unsent` says that the outbox has changed
  useEffect(() => {
    outbox.recent(MOST_OWN).then(setOwn, () => undefined);
  }, [outbox, unsent]);

  const offline = listing.failure instanceof Unreachable;
  const onServer = new Set(listing.views.map(view => view.id));
  const here =
    tab !== 'finished'
      ? []
      : own.filter(one => (offline || one.place !== 'server') && (offline || !onServer.has(one.id)));
  const dayOf = (before: number) => businessDate(Date.now() - before * 86_400_000, zone, dayStart);
  return (
    <>
      <div className="list-filters">
        {tab === 'finished' && (
          <>
            <div className="chips">
              {([0, 1] as const).map(before => (
                <button
                  key={before}
                  type="button"
                  className="chip"
                  aria-pressed={day === dayOf(before)}
                  data-testid={before === 0 ? 'filter-today' : 'filter-yesterday'}
                  onClick={() => setDay(day === dayOf(before) ? '' : dayOf(before))}
                >
                  {before === 0 ? list.today : list.yesterday}
                </button>
              ))}
            </div>
            <DayField
              label={list.day}
              value={day}
              max={today}
              onChange={setDay}
              clearable
              testId="filter-day"
            />
            <select
              className="choice"
              data-testid="filter-delivery"
              aria-label={text.receiptColumns.state}
              value={delivery}
              onChange={event => setDelivery(event.target.value)}
            >
              <option value="">{list.allStates}</option>
              {DELIVERIES.map(one => (
                <option key={one} value={one}>
                  {text.delivery[one]}
                </option>
              ))}
            </select>
          </>
        )}
        {tab !== 'trash' && <SearchBox label={list.search} value={search} onSearch={setSearch} />}
        {tab === 'finished' && delivery === 'NOT_DELIVERED' && <SendAll />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="card list-body" aria-label={list.tabs[tab]} tabIndex={0}>
        <Failure reason={listing.failure} />
        <SaleRows
          login={login}
          isManager={isManager}
          here={here}
          own={own}
          views={offline ? [] : listing.views}
          onChanged={listing.take}
        />
        {listing.loaded && here.length + (offline ? 0 : listing.views.length) === 0 && (
          <div className="empty">{search || day || delivery ? list.nothing : list.empty[tab]}</div>
        )}
        {listing.more && !offline && (
          <button type="button" className="button quiet" onClick={listing.more}>
            {text.more50}
          </button>
        )}
      </section>
    </>
  );
}

/** All that waits is sent at once. */
function SendAll() {
  const { session } = useWorkplace();
  const text = useText();
  const { list } = usePageText();
  const [said, setSaid] = useState<string>();
  const send = async () => {
    try {
      await session.request('/api/sales/deliveries', { method: 'POST', body: {} });
      setSaid(text.deliverAsked);
    } catch (reason) {
      setSaid(explain(reason, text));
    }
  };
  return (
    <>
      <button type="button" className="button" data-testid="deliver-all" onClick={() => void send()}>
        {list.sendAll}
      </button>
      {said && <span role="status">{said}</span>}
    </>
  );
}
