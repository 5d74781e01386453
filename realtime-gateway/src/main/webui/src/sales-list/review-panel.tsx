import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { type InferOutput, nullish, number, object, optional, string, unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { notice } from '../design/notices.tsx';
import { formatCount, formatMoney } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { checkedEach } from '../platform/border.ts';
import { type ApiPath, reads, type Sales } from '../platform/http/api.ts';
import { explain } from '../platform/http/explain.ts';
import { useStore } from '../platform/store.ts';
import { pageSchema } from '../platform/validate.ts';
import { type SaleView, saleView } from '../sales/store/sale-view.ts';
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
type Conflict = InferOutput<typeof conflictSchema>;
type Held = InferOutput<typeof heldSchema>;
type Raw = InferOutput<typeof rawSchema>;

interface SetAside {
  conflicts: Conflict[];
  held: Held[];
  unreadable: Raw[];
}

/** A decision that waits for its reason. */
interface Decision {
  title: string;
  hint: string;
  action: string;
  send: (reason: string) => Promise<unknown>;
}

const MOST = 100;

/** What the till could not simply count: a manager decides about each, with a reason that is kept. */
export default function ReviewPanel({ login }: { login: LoginState }) {
  const { session, totals } = useWorkplace();
  // The number of what waits is live: another one means that something came or was decided.
  const toReview = useStore(totals.shown)?.totals.toReview;
  const [aside, setAside] = useState<SetAside>();
  const [failure, setFailure] = useState<unknown>();
  const [decision, setDecision] = useState<Decision>();
  const [raw, setRaw] = useState<Raw>();
  const words = useText();
  const { list, form } = usePageText();
  const { review } = list;
  const { zone } = login.clock;

  const load = useCallback(async () => {
    const items = async (what: 'conflicts' | 'held' | 'unreadable') =>
      (await session.request(`/api/sales/${what}?limit=${MOST}`, { answer: pageSchema })).data.items;
    try {
      setAside({
        conflicts: checkedEach(conflictSchema, await items('conflicts'), 'server', 'conflict'),
        held: checkedEach(heldSchema, await items('held'), 'server', 'held sale'),
        unreadable: checkedEach(rawSchema, await items('unreadable'), 'server', 'unreadable sale'),
      });
      setFailure(undefined);
    } catch (reason) {
      setFailure(reason);
    }
  }, [session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `toReview` says that there are others
  useEffect(() => void load(), [load, toReview]);

  const resolve = (path: ApiPath, as: string) => (reason: string) =>
    session.request(path, { method: 'POST', body: { as, reason } });
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
        <p className="empty">{failure === undefined ? form.loading : explain(failure, words)}</p>
      </section>
    );
  const nothing = aside.conflicts.length + aside.held.length + aside.unreadable.length === 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="review" aria-label={list.tabs.review} tabIndex={0}>
      {failure !== undefined && <p className="message warning">{explain(failure, words)}</p>}
      {nothing && <div className="card empty">{review.none}</div>}
      <Group title={review.held} hint={review.heldHint} count={aside.held.length}>
        {aside.held.map(one => (
          <Row
            key={one.id}
            testId="held-row"
            id={one.id}
            sale={saleView(one.sale)}
            why={one.reason === 'return' ? list.reasons['held-return'] : list.reasons['held-device']}
            uploader={one.uploader}
            at={one.receivedAt}
            zone={zone}
          >
            <button
              type="button"
              className="button small primary"
              data-testid="take"
              onClick={() =>
                setDecision({
                  title: review.take,
                  hint: review.takeHint,
                  action: review.take,
                  send: resolve(`/api/sales/held/${one.id}/resolution`, 'taken'),
                })
              }
            >
              {review.take}
            </button>
            <button
              type="button"
              className="button small danger"
              data-testid="dismiss"
              onClick={() =>
                setDecision({
                  title: review.dismiss,
                  hint: review.dismissHint,
                  action: review.dismiss,
                  send: resolve(`/api/sales/held/${one.id}/resolution`, 'dismissed'),
                })
              }
            >
              {review.dismiss}
            </button>
          </Row>
        ))}
      </Group>
      <Group title={review.conflicts} hint={review.conflictsHint} count={aside.conflicts.length}>
        {aside.conflicts.map(one => (
          <Row
            key={one.id}
            testId="conflict-row"
            id={one.id}
            sale={saleView(one.sale)}
            why={<Counted saleId={one.saleId} />}
            uploader={one.uploader}
            at={one.receivedAt}
            zone={zone}
          >
            <button
              type="button"
              className="button small primary"
              data-testid="new-sale-of-conflict"
              onClick={() =>
                setDecision({
                  title: review.asNew,
                  hint: review.asNewHint,
                  action: review.asNew,
                  send: resolve(`/api/sales/conflicts/${one.id}/resolution`, 'new-sale'),
                })
              }
            >
              {review.asNew}
            </button>
            <button
              type="button"
              className="button small danger"
              data-testid="dismiss"
              onClick={() =>
                setDecision({
                  title: review.dismiss,
                  hint: review.dismissHint,
                  action: review.dismiss,
                  send: resolve(`/api/sales/conflicts/${one.id}/resolution`, 'dismissed'),
                })
              }
            >
              {review.dismiss}
            </button>
          </Row>
        ))}
      </Group>
      <Group title={review.unreadable} hint={review.unreadableHint} count={aside.unreadable.length}>
        {aside.unreadable.map(one => (
          <li key={one.id} className="row" data-testid="unreadable-row" data-entry={one.id}>
            <div className="row-main">
              <strong>{one.problem ?? list.reasons.unknown}</strong>
              <span className="muted">
                {[one.uploader, one.receivedAt && formatMoment(Date.parse(one.receivedAt), zone)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
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
                  setDecision({
                    title: review.remove,
                    hint: review.removeHint,
                    action: review.remove,
                    send: reason =>
                      session.request(
                        `/api/sales/unreadable/${one.id}?reason=${encodeURIComponent(reason)}`,
                        { method: 'DELETE' },
                      ),
                  })
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
          title={decision.title}
          hint={decision.hint}
          action={decision.action}
          onReason={async reason => {
            try {
              await decision.send(reason);
              notice('good', review.decided);
            } finally {
              await load();
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

interface RowProps {
  testId: string;
  id: string;
  sale: SaleView | undefined;
  why: ReactNode;
  uploader: string | null | undefined;
  at: string | null | undefined;
  zone: string;
  children: ReactNode;
}

function Row({ testId, id, sale, why, uploader, at, zone, children }: RowProps) {
  const words = useText();
  const { list } = usePageText();
  const language = useLanguage();
  return (
    <li className="row" data-testid={testId} data-entry={id}>
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
        <span className="muted">
          {[sale?.cashier, uploader !== sale?.cashier && uploader, at && formatMoment(Date.parse(at), zone)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div className="row-buttons">{children}</div>
    </li>
  );
}

/** The sale with the same id that counts. */
function Counted({ saleId }: { saleId: string }) {
  const { session } = useWorkplace();
  const [sale, setSale] = useState<SaleView>();
  const language = useLanguage();
  const { list } = usePageText();
  useEffect(() => {
    let left = false;
    session.request(`/api/sales/${saleId}`, { answer: unknown() }).then(
      ({ data }) => !left && setSale(saleView(data)),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [session, saleId]);
  if (!sale) return null;
  return <>{list.review.counted(sale.number ?? '–', formatMoney(sale.total, sale.currency, language))}</>;
}
