import { useState } from 'react';
import { Link } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { DayField } from '../design/day-field.tsx';
import { AlertIcon, CheckIcon } from '../design/icons.tsx';
import { notice } from '../design/notices.tsx';
import { formatCount, formatMoney } from '../format/money.ts';
import { businessDate, formatMoment } from '../format/time.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import type { LoginState } from '../session/session.ts';
import { type Difference, type Reconciliation, reconciliationSchema } from './day.ts';
import '../design/page.css';
import '../sales/page/sales.css';
import './reconciliation.css';

/** "Kun solishtiruvi": each difference between tills, server and back office, with the one thing to do about it. */
export default function ReconciliationPage({ login }: { login: LoginState }) {
  const { session } = useWorkplace();
  const [date, setDate] = useState(() => businessDate(Date.now(), login.clock.zone, login.clock.dayStart));
  const [busy, setBusy] = useState(false);
  const text = useText();
  const language = useLanguage();
  const words = usePageText().reconciliation;

  const {
    value: day,
    failure,
    reload,
  } = useLoaded(async () => {
    setBusy(true);
    try {
      const path = `/api/reconciliation?date=${date}` as const;
      return (await session.request(path, { answer: reconciliationSchema })).data;
    } finally {
      setBusy(false);
    }
  }, [session, date]);

  const download = async () => {
    try {
      const token = await session.token();
      const query = new URLSearchParams({ date, language });
      const response = await fetch(`/api/reconciliation/csv?${query}`, {
        headers: { Authorization: `Bearer ${token}` },
        cache: 'no-store',
      });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      save(await response.blob(), `${words.title} ${date}.csv`);
    } catch (reason) {
      notice('error', explain(reason, text));
    }
  };
  const act = async (path: `/api/sales/${string}/delivery` | `/api/sales/${string}/delivery/repetition`) => {
    try {
      await session.request(path, { method: 'POST', body: {} });
      notice('good', text.deliverAsked);
      await reload();
    } catch (reason) {
      notice('error', explain(reason, text));
    }
  };
  return (
    <main className="list-page">
      <div className="list-head">
        <h1>{words.title}</h1>
        <DayField label={words.day} value={date} onChange={setDate} testId="reconciliation-date" />
        <button type="button" className="button" disabled={busy} onClick={() => void reload()}>
          {words.again}
        </button>
        <button
          type="button"
          className="button"
          data-testid="reconciliation-csv"
          onClick={() => void download()}
        >
          CSV
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="card list-body" aria-label={words.title} tabIndex={0} aria-busy={busy}>
        {failure !== undefined && (
          <p className="message error" role="alert">
            {explain(failure, text)}
          </p>
        )}
        {day && (
          <>
            <Verdict day={day} />
            <Differences
              day={day}
              zone={login.clock.zone}
              onSend={id => void act(`/api/sales/${id}/delivery`)}
              onRepeat={id => void act(`/api/sales/${id}/delivery/repetition`)}
            />
            <Tills day={day} />
          </>
        )}
      </section>
    </main>
  );
}

function Verdict({ day }: { day: Reconciliation }) {
  const { reconciliation: words } = usePageText();
  const whole = day.differences.length === 0;
  return (
    <div className="verdict" data-testid="reconciliation-verdict" data-whole={whole}>
      <p className={whole ? 'good' : 'verdict-bad'}>
        {whole ? <CheckIcon /> : <AlertIcon />}
        {whole ? words.none : words.differences(formatCount(day.differences.length), day.more)}
      </p>
      <p className="muted" data-testid="reconciliation-asked">
        {day.backOffice.told
          ? words.told(formatCount(day.backOffice.documents))
          : ((words.notTold as Record<string, string>)[day.backOffice.reason ?? ''] ??
            words.away(day.backOffice.reason ?? ''))}
      </p>
    </div>
  );
}

interface DifferencesProps {
  day: Reconciliation;
  zone: string;
  onSend: (id: string) => void;
  onRepeat: (id: string) => void;
}

function Differences({ day, zone, onSend, onRepeat }: DifferencesProps) {
  const text = useText();
  const language = useLanguage();
  const words = usePageText().reconciliation;
  const { reasons } = usePageText().list;
  /** Our own words for why a sale is held; the back office's as they are. */
  const reasonWords = (reason: string) =>
    ({ 'blocked-device': reasons['held-device'], return: reasons['held-return'] })[reason] ?? reason;
  if (day.differences.length === 0) return null;
  const money = (amount: string | null | undefined, currency: string | null | undefined) =>
    amount && currency ? formatMoney(amount, currency, language) : '';
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{words.kind}</th>
          <th>{text.receiptColumns.number}</th>
          <th className="n">{text.receiptColumns.sum}</th>
          <th>{text.receiptColumns.time}</th>
          <th>{words.todo}</th>
        </tr>
      </thead>
      <tbody>
        {day.differences.map((one, index) => (
          <tr key={index} data-testid="difference" data-kind={one.kind} data-number={one.number}>
            <td>
              <span className="badge danger wrap">
                {(words.kinds as Record<string, string>)[one.kind] ?? one.kind}
              </span>
              {one.reason && <small className="muted reason">{reasonWords(one.reason)}</small>}
            </td>
            <td>
              <span className="unbroken">{numberWords(one, text.tills.name)}</span>
              {one.count > 1 && <small className="muted"> × {formatCount(one.count)}</small>}
            </td>
            <td className="n">
              {money(one.amount, one.currency)}
              {one.there && <small className="low reason">1C: {money(one.there, one.currency)}</small>}
            </td>
            <td>{one.at ? formatMoment(Date.parse(one.at), zone) : ''}</td>
            <td>
              <Action one={one} onSend={onSend} onRepeat={onRepeat} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function numberWords(one: Difference, nameOfTill: (code: string) => string): string {
  if (!one.number) return one.till ? nameOfTill(one.till) : '–';
  return one.lastNumber ? `${one.number} … ${one.lastNumber}` : one.number;
}

/** Where a program can do it, a button or the way to the page; else the words say what a person does. */
function Action({
  one,
  onSend,
  onRepeat,
}: { one: Difference } & Pick<DifferencesProps, 'onSend' | 'onRepeat'>) {
  const words = usePageText().reconciliation;
  const label = (words.actions as Record<string, string>)[one.action] ?? one.action;
  const { id } = one;
  if (id && (one.action === 'send' || one.action === 'correct-and-send'))
    return <Button label={label} action={one.action} onPress={() => onSend(id)} />;
  if (id && one.action === 'repeat')
    return <Button label={label} action={one.action} onPress={() => onRepeat(id)} />;
  const to =
    one.action === 'connect-till' || one.action === 'find-or-settle'
      ? '/tills'
      : ['decide', 'resolve', 'read', 'compare'].includes(one.action)
        ? '/sales-list'
        : undefined;
  return to ? (
    <Link to={to} className="button small">
      {label}
    </Link>
  ) : (
    <span>{label}</span>
  );
}

function Button({ label, action, onPress }: { label: string; action: string; onPress: () => void }) {
  return (
    <button type="button" className="button small" data-testid={`difference-${action}`} onClick={onPress}>
      {label}
    </button>
  );
}

function Tills({ day }: { day: Reconciliation }) {
  const text = useText();
  const language = useLanguage();
  const words = usePageText().reconciliation;
  const money = (sum: string) => formatMoney(sum, day.currency, language);
  const rows = [...day.tills, day.total];
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{text.tills.columns.till}</th>
          <th>{words.numbers}</th>
          <th className="n">{words.missing}</th>
          <th className="n">{words.sales}</th>
          <th className="n">{words.net}</th>
          <th className="n">{words.held}</th>
          <th className="n">{words.accepted}</th>
          <th className="n">{words.waiting}</th>
          <th className="n">{words.absent}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const isTotal = index === rows.length - 1;
          return (
            <tr
              key={isTotal ? 'total' : (row.deviceId ?? 'none')}
              className={isTotal ? 'total-row' : undefined}
              data-testid={isTotal ? 'reconciliation-total' : 'reconciliation-till'}
              data-till={row.code}
            >
              <td>{isTotal ? words.total : row.code ? text.tills.name(row.code) : '–'}</td>
              <td className="unbroken">{row.first ? `${row.first} – ${row.last}` : ''}</td>
              <td className={row.missing > 0 ? 'n low' : 'n'}>{formatCount(row.missing)}</td>
              <td className="n">{formatCount(row.sales.count + row.returns.count)}</td>
              <td className="n" data-testid="reconciliation-net">
                {money(row.net.sum)}
              </td>
              <td className={row.held.count > 0 ? 'n low' : 'n'}>{formatCount(row.held.count)}</td>
              <td className="n">{money(row.delivered.sum)}</td>
              <td className="n">{formatCount(row.waiting.count + row.rejected.count)}</td>
              <td className={row.absent > 0 ? 'n low' : 'n'}>{formatCount(row.absent)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
