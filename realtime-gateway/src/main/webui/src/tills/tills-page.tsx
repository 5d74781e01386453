import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { notice } from '../design/notices.tsx';
import { formatCount } from '../format/money.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import type { Sales } from '../platform/http/api.ts';
import { explain } from '../platform/http/explain.ts';
import { useStore } from '../platform/store.ts';
import { useNow } from '../platform/use-now.ts';
import { hasManagerRights, type LoginState } from '../session/session.ts';
import type { ShopTill } from './shop-till.ts';
import { momentOf, nameOf, stateOf } from './words.ts';
import '../design/page.css';
import '../sales/page/sales.css';
import './tills.css';

const ASK_EVERY = 30_000;

/** All tills of the shop: what each owes, when it was heard, and what is wrong with it. A manager settles what is known to be lost. */
export default function TillsPage({ login }: { login: LoginState }) {
  const { tills, device } = useWorkplace();
  const board = useStore(tills.board);
  const [settling, setSettling] = useState<ShopTill>();
  const now = useNow(10_000);
  const text = useText();
  const page = usePageText();
  const isManager = hasManagerRights(login);

  useEffect(() => {
    const ask = () => void tills.reload().catch(() => undefined);
    ask();
    const timer = setInterval(ask, ASK_EVERY);
    return () => clearInterval(timer);
  }, [tills]);
  return (
    <main className="list-page">
      <div className="list-head">
        <h1>{text.tills.title}</h1>
        {isManager && (
          <Link to="/reconciliation" className="button" data-testid="to-reconciliation">
            {page.reconciliation.title}
          </Link>
        )}
        <Link to="/till" className="button">
          {text.tills.thisTill}
        </Link>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="card list-body" aria-label={text.tills.title} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th className="till-column">{text.tills.columns.till}</th>
              <th className="till-state-column">{text.tills.columns.state}</th>
              <th className="n">{text.tills.columns.unsent}</th>
              <th>{text.tills.columns.heard}</th>
              <th>{text.tills.columns.program}</th>
              <th>{text.tills.columns.storage}</th>
              {isManager && (
                <th className="row-actions">
                  <span className="visually-hidden">{text.tills.columns.action}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {board.tills.map(till => (
              <TillRow
                key={till.deviceId}
                till={till}
                isOwn={till.deviceId === device.deviceId}
                zone={login.clock.zone}
                now={now}
                onSettle={isManager ? () => setSettling(till) : undefined}
              />
            ))}
          </tbody>
        </table>
        {board.tills.length === 0 && <div className="empty">{text.tills.empty}</div>}
      </section>
      {settling && <Settlement till={settling} onClose={() => setSettling(undefined)} />}
    </main>
  );
}

interface TillRowProps {
  till: ShopTill;
  isOwn: boolean;
  zone: string;
  now: number;
  /** Undefined: only a manager settles. */
  onSettle: (() => void) | undefined;
}

function TillRow({ till, isOwn, zone, now, onSettle }: TillRowProps) {
  const text = useText();
  const heard = till.heardAt ? momentOf(till.heardAt, zone, now) : text.tills.never;
  return (
    <tr data-testid="till-row" data-till={till.code} data-state={till.state} data-complete={till.complete}>
      <td>
        {nameOf(till, text)}
        {isOwn && <small className="muted"> {text.tills.thisTill}</small>}
      </td>
      <td>
        <span className={`badge wrap ${badgeOf(till)}`} data-testid="till-state">
          {stateOf(till, text, zone, now)}
        </span>
        {till.settled && (
          <small className="muted till-note">
            {text.tills.settled(till.settled.by, till.settled.reason)}
          </small>
        )}
        {(till.warnings ?? []).map(name => (
          <small key={name} className="muted till-note">
            {(text.tillWarnings as Record<string, string>)[name] ?? name}
          </small>
        ))}
      </td>
      <td className="n" data-testid="till-unsent">
        {formatCount(till.unsent)}
      </td>
      <td>{till.state === 'working' ? text.tills.now : heard}</td>
      <td>{till.program ?? '–'}</td>
      <td>{storageWords(till, text)}</td>
      {onSettle && (
        <td className="row-actions">
          {till.state !== 'working' && (
            <button type="button" className="button small" data-testid="till-settle" onClick={onSettle}>
              {text.tills.settle}
            </button>
          )}
        </td>
      )}
    </tr>
  );
}

function storageWords({ storage }: ShopTill, text: ReturnType<typeof useText>): string {
  if (!storage) return '–';
  const free = storage.freeMegabytes;
  return [
    ...(storage.persisted === true ? [text.persisted] : []),
    ...(free === null || free === undefined ? [] : [text.tills.megabytes(formatCount(free))]),
  ].join(', ');
}

function badgeOf({ complete, state }: ShopTill): string {
  if (!complete) return 'danger';
  return state === 'working' || state === 'closed' ? 'good' : '';
}

function Settlement({ till, onClose }: { till: ShopTill; onClose: () => void }) {
  const { session, tills } = useWorkplace();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const text = useText();

  const settle = async (as: 'closed' | 'removed') => {
    setBusy(true);
    try {
      await session.request(`/api/tills/${till.deviceId}/settlement`, {
        method: 'POST',
        body: { as, reason } satisfies Sales<'NewSettlement'>,
      });
      await tills.reload();
      onClose();
    } catch (failure) {
      notice('error', explain(failure, text));
    } finally {
      setBusy(false);
    }
  };
  const ready = !busy && reason.trim() !== '';
  return (
    <Dialog open onClose={onClose} title={nameOf(till, text)} testId="settlement">
      <div className="settlement">
        <p>{text.tills.closeHint}</p>
        <label>
          <span>{text.tills.reason}</span>
          <input
            className="text-input"
            data-testid="settlement-reason"
            maxLength={300}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
        </label>
        <button
          type="button"
          className="button primary wide"
          data-testid="settlement-close"
          disabled={!ready}
          onClick={() => void settle('closed')}
        >
          {text.tills.close}
        </button>
        <p className="muted">{text.tills.removeHint}</p>
        <button
          type="button"
          className="button wide"
          data-testid="settlement-remove"
          disabled={!ready}
          onClick={() => void settle('removed')}
        >
          {text.tills.remove}
        </button>
      </div>
    </Dialog>
  );
}
