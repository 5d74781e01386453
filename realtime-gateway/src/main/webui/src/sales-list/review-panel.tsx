import { type ReactNode, useState } from 'react';
import { type InferOutput, nullish, number, object, optional, string, unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { Failure } from '../design/loading.tsx';
import { notice } from '../design/notices.tsx';
import { formatCount, formatMoney } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { checkedEach } from '../platform/border.ts';
import { type ApiPath, reads, type Sales } from '../platform/http/api.ts';
import { explain } from '../platform/http/explain.ts';
import { useStore } from '../platform/store.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import { pageSchema } from '../platform/validate.ts';
import { saleView } from '../sales/store/sale-view.ts';
import type { LoginState } from '../session/session.ts';
import { ReasonDialog } from './reason-dialog.tsx';

const text = nullish(string());
/** The document calls the raw JSON of the sale a string. */
const conflictSchema = object({
  id: string(),
  saleId: string(),
  uploader: text,
  receivedAt: text,
  sale: unknown(),
});
const heldSchema = object({
  id: string(),
  reason: string(),
  sale: unknown(),
  receivedAt: text,
  uploader: text,
});
const rawSchema = reads<Sales<'Raw'>>()(
  object({
    id: string(),
    raw: text,
    length: optional(number(), 0),
    problem: text,
    uploader: text,
    receivedAt: text,
  }),
);
type Raw = InferOutput<typeof rawSchema>;

/** A decision that waits for its reason. */
interface Decision {
  action: string;
  hint: string;
  send: (reason: string) => Promise<unknown>;
}

const MOST = 100;

/** What the till could not simply count: a manager decides about each, with a reason that is kept. */
export default function ReviewPanel({ login }: { login: LoginState }) {
  const { session, totals } = useWorkplace();
  // The number of what waits is live: another one means that something came or was decided.
  const toReview = useStore(totals.shown)?.totals.toReview;
  const [decision, setDecision] = useState<Decision>();
  const [raw, setRaw] = useState<Raw>();
  const words = useText();
  const { list } = usePageText();
  const { review } = list;
  const { zone } = login.clock;

  const {
    value: aside,
    failure,
    reload,
  } = useLoaded(async () => {
    const items = async (what: 'conflicts' | 'held' | 'unreadable') =>
      (await session.request(`/api/sales/${what}?limit=${MOST}`, { answer: pageSchema })).data.items;
    return {
      conflicts: checkedEach(conflictSchema, await items('conflicts'), 'server', 'conflict'),
      held: checkedEach(heldSchema, await items('held'), 'server', 'held sale'),
      unreadable: checkedEach(rawSchema, await items('unreadable'), 'server', 'unreadable sale'),
    };
  }, [session, toReview]);

  const resolve = (path: ApiPath, as: string) => (reason: string) =>
    session.request(path, { method: 'POST', body: { as, reason } });
  const remove = (id: string) => (reason: string) =>
    session.request(`/api/sales/unreadable/${id}?reason=${encodeURIComponent(reason)}`, { method: 'DELETE' });
  const show = async (one: Raw) => {
    try {
      setRaw((await session.request(`/api/sales/unreadable/${one.id}`, { answer: rawSchema })).data);
    } catch (reason) {
      notice('error', explain(reason, words));
    }
  };
  if (!aside)
    return (
      <section className="card list-body review">
        <p className="empty">{failure === undefined ? words.loading : explain(failure, words)}</p>
      </section>
    );
  const nothing = aside.conflicts.length + aside.held.length + aside.unreadable.length === 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="review" aria-label={list.tabs.review} tabIndex={0}>
      <Failure reason={failure} />
      {nothing && <div className="card empty">{review.none}</div>}
      <Group title={review.held} hint={review.heldHint} count={aside.held.length}>
        {aside.held.map(one => (
          <SaleEntry
            key={one.id}
            testId="held-row"
            entry={one}
            why={one.reason === 'return' ? list.reasons['held-return'] : list.reasons['held-device']}
            zone={zone}
            resolve={as => resolve(`/api/sales/held/${one.id}/resolution`, as)}
            counted={{ as: 'taken', testId: 'take', action: review.take, hint: review.takeHint }}
            onDecision={setDecision}
          />
        ))}
      </Group>
      <Group title={review.conflicts} hint={review.conflictsHint} count={aside.conflicts.length}>
        {aside.conflicts.map(one => (
          <SaleEntry
            key={one.id}
            testId="conflict-row"
            entry={one}
            why={<Counted saleId={one.saleId} />}
            zone={zone}
            resolve={as => resolve(`/api/sales/conflicts/${one.id}/resolution`, as)}
            counted={{
              as: 'new-sale',
              testId: 'new-sale-of-conflict',
              action: review.asNew,
              hint: review.asNewHint,
            }}
            onDecision={setDecision}
          />
        ))}
      </Group>
      <Group title={review.unreadable} hint={review.unreadableHint} count={aside.unreadable.length}>
        {aside.unreadable.map(one => (
          <li key={one.id} className="row" data-testid="unreadable-row" data-entry={one.id}>
            <div className="row-main">
              <strong>{one.problem ?? list.reasons.unknown}</strong>
              <span className="muted">{sentBy(one, undefined, zone)}</span>
            </div>
            <div className="row-buttons">
              <button type="button" className="button small" onClick={() => void show(one)}>
                {review.show(formatCount(one.length))}
              </button>
              <button
                type="button"
                className="button small danger"
                data-testid="remove"
                onClick={() =>
                  setDecision({ action: review.remove, hint: review.removeHint, send: remove(one.id) })
                }
              >
                {review.remove}
              </button>
            </div>
          </li>
        ))}
      </Group>
      {decision && (
        <ReasonDialog
          hint={decision.hint}
          action={decision.action}
          onReason={async reason => {
            try {
              await decision.send(reason);
              notice('good', review.decided);
            } finally {
              await reload();
            }
          }}
          onClose={() => setDecision(undefined)}
        />
      )}
      {raw && (
        <Dialog open wide onClose={() => setRaw(undefined)} title={review.unreadable}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <pre className="raw-text" tabIndex={0}>
            {raw.raw}
          </pre>
        </Dialog>
      )}
    </section>
  );
}

function Group({
  title,
  hint,
  count,
  children,
}: {
  title: string;
  hint: string;
  count: number;
  children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <h2>
        {title} <span className="badge danger">{formatCount(count)}</span>
      </h2>
      <p className="muted">{hint}</p>
      <ul className="rows">{children}</ul>
    </section>
  );
}

interface Entry {
  id: string;
  sale?: unknown;
  uploader?: string | null | undefined;
  receivedAt?: string | null | undefined;
}

interface SaleEntryProps {
  testId: string;
  entry: Entry;
  why: ReactNode;
  zone: string;
  /** Sends a decision. */
  resolve: (as: string) => Decision['send'];
  /** The decision by which it counts. */
  counted: Omit<Decision, 'send'> & { as: string; testId: string };
  onDecision: (decision: Decision) => void;
}

/** A sale that waits: it is counted, or dismissed. */
function SaleEntry({ testId, entry, why, zone, resolve, counted, onDecision }: SaleEntryProps) {
  const words = useText();
  const { list } = usePageText();
  const language = useLanguage();
  const sale = saleView(entry.sale);
  const { action, hint } = counted;
  const { dismiss, dismissHint } = list.review;
  return (
    <li className="row" data-testid={testId} data-entry={entry.id}>
      <div className="row-main">
        <strong>
          {sale?.number ?? list.noNumber}{' '}
          {sale?.kind === 'RETURN' && <span className="badge danger">{words.returned}</span>}{' '}
          {sale && <span data-testid="aside-total">{formatMoney(sale.total, sale.currency, language)}</span>}
        </strong>
        <span>{why}</span>
        {sale && (
          <span className="muted">
            {sale.lines.map(line => `${line.name ?? line.productId} × ${line.quantity}`).join(', ')}
          </span>
        )}
        <span className="muted">{sentBy(entry, sale?.cashier, zone)}</span>
      </div>
      <div className="row-buttons">
        <button
          type="button"
          className="button small primary"
          data-testid={counted.testId}
          onClick={() => onDecision({ action, hint, send: resolve(counted.as) })}
        >
          {action}
        </button>
        <button
          type="button"
          className="button small danger"
          data-testid="dismiss"
          onClick={() => onDecision({ action: dismiss, hint: dismissHint, send: resolve('dismissed') })}
        >
          {dismiss}
        </button>
      </div>
    </li>
  );
}

/** Who sold it, who sent it and when; each as far as it is known. */
function sentBy({ uploader, receivedAt }: Entry, cashier: string | null | undefined, zone: string): string {
  return [cashier, uploader !== cashier && uploader, receivedAt && formatMoment(Date.parse(receivedAt), zone)]
    .filter(Boolean)
    .join(' · ');
}

/** The sale with the same id that counts. */
function Counted({ saleId }: { saleId: string }) {
  const { session } = useWorkplace();
  const language = useLanguage();
  const { list } = usePageText();
  const { value: sale } = useLoaded(
    async () => saleView((await session.request(`/api/sales/${saleId}`, { answer: unknown() })).data),
    [session, saleId],
  );
  if (!sale) return null;
  return <>{list.review.counted(sale.number ?? '–', formatMoney(sale.total, sale.currency, language))}</>;
}
