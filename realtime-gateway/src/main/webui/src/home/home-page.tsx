import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { AlertIcon, CheckIcon } from '../design/icons.tsx';
import { formatCount, formatMoney, moneyParts } from '../format/money.ts';
import { formatAge, formatClock, formatDay } from '../format/time.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { useNow } from '../platform/use-now.ts';
import type { LoginState } from '../session/session.ts';
import { FirstSync } from '../sync/first-sync.tsx';
import type { ShownTotals, Totals } from '../totals/totals.ts';
import { ChartCard } from './chart-card.tsx';
import { CompleteDay } from './complete-day.tsx';
import './home.css';

export function HomePage({ login }: { login: LoginState }) {
  const { totals } = useWorkplace();
  const shown = useStore(totals.shown);
  const text = useText();
  return (
    <main className="home">
      <FirstSync />
      {login.settings.maySeeTotals === false && login.user.role === 'CASHIER' ? (
        <p className="message warning">{text.totalsHidden}</p>
      ) : (
        <Figures shown={shown} clock={login.clock} />
      )}
    </main>
  );
}

interface FiguresProps {
  shown: ShownTotals | undefined;
  clock: LoginState['clock'];
}

function Figures({ shown, clock }: FiguresProps) {
  const text = useText();
  if (!shown) return <p className="muted home-loading">{text.loading}</p>;
  const { totals } = shown;
  return (
    <>
      <DaySum shown={shown} zone={clock.zone} />
      <div className="side">
        <Figure label={text.customers} testId="customers">
          {formatCount(totals.customers)}
        </Figure>
        <Figure label={text.products} testId="products">
          {formatCount(totals.products)}
        </Figure>
        <Delivery totals={totals} />
      </div>
      <ChartCard totals={totals} clock={clock} />
    </>
  );
}

function DaySum({ shown: { totals, receivedAt }, zone }: { shown: ShownTotals; zone: string }) {
  const language = useLanguage();
  const text = useText();
  const money = moneyParts(totals.net, totals.currency, language);
  const inCurrency = (amount: string) => formatMoney(amount, totals.currency, language);
  return (
    <section className="card day-sum" aria-labelledby="day-sum-title">
      <div className="day-sum-head">
        <h1 id="day-sum-title">{text.daySum}</h1>
        <span className="muted">{formatDay(totals.date, text)}</span>
      </div>
      <output
        className={money.amount.length > 13 ? 'sum small' : money.amount.length > 10 ? 'sum middle' : 'sum'}
        data-testid="net"
        aria-live="off"
      >
        {money.amount}
        {'\u00a0'}
        <small>{money.unit}</small>
      </output>
      <Age receivedAt={receivedAt} at={totals.at} zone={zone} />
      <CompleteDay zone={zone} />
      <dl className="breakdown">
        <Detail label={text.salesCount} testId="count">
          {formatCount(totals.count)}
          {totals.returnsCount > 0 && <small>{text.returns(formatCount(totals.returnsCount))}</small>}
        </Detail>
        <Detail label={text.cash} testId="cash">
          {inCurrency(totals.cash)}
        </Detail>
        <Detail label={text.card} testId="card">
          {inCurrency(totals.card)}
        </Detail>
        <Detail label={text.debt} testId="debt">
          {inCurrency(totals.debt)}
        </Detail>
      </dl>
    </section>
  );
}

/** A quiet shop is not stale: the age is marked only while the connection is not live. */
function Age({ receivedAt, at, zone }: { receivedAt: number; at: string; zone: string }) {
  const live = useStore(useWorkplace().live.connection).phase === 'live';
  const text = useText();
  const time = formatClock(Date.parse(at), zone, true);
  const age = formatAge(useNow() - receivedAt, text);
  return (
    <p className={live ? 'age' : 'age stale'} data-testid="age">
      {live ? text.updatedAt(time, age) : text.staleSince(time)}
    </p>
  );
}

function Detail({ label, testId, children }: { label: string; testId: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}

function Figure({ label, testId, children }: { label: string; testId: string; children: ReactNode }) {
  return (
    <section className="card figure">
      <h2>{label}</h2>
      <output className="figure-value" data-testid={testId} aria-live="off">
        {children}
      </output>
    </section>
  );
}

function Delivery({ totals }: { totals: Totals }) {
  const text = useText();
  const waiting = totals.notDelivered + totals.rejected + totals.toReview > 0;
  const onlyReview = totals.toReview > 0 && totals.notDelivered + totals.rejected === 0;
  return (
    <Link
      to={onlyReview ? '/sales-list?tab=review' : '/sales-list'}
      className={waiting ? 'card figure alarm' : 'card figure'}
    >
      <h2>
        {waiting && <AlertIcon />}
        {text.notDelivered}
      </h2>
      <output
        className={totals.notDelivered > 0 ? 'figure-value' : 'figure-value calm'}
        data-testid="not-delivered"
        aria-live="off"
      >
        {formatCount(totals.notDelivered)}
      </output>
      {totals.rejected > 0 && <b>{text.rejected(formatCount(totals.rejected))}</b>}
      {totals.toReview > 0 && <b>{text.toReview(formatCount(totals.toReview))}</b>}
      {!waiting && (
        <span className="good">
          <CheckIcon />
          {text.allDelivered}
        </span>
      )}
    </Link>
  );
}
