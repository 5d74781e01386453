import { lazy, Suspense, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { PrinterIcon } from '../design/icons.tsx';
import { notice } from '../design/notices.tsx';
import { formatMoney } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import type { ApiPath } from '../platform/http/api.ts';
import { explain } from '../platform/http/explain.ts';
import { copyOf } from '../receipt/copy.ts';
import { usePrintReceipt } from '../receipt/use-print-receipt.tsx';
import type { SaleView } from '../sales/store/sale-view.ts';
import type { LoginState } from '../session/session.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import { DeliveryReason } from './delivery-reason.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

const SaleDialog = lazy(() => import('./sale-dialog.tsx'));

interface SaleRowsProps {
  login: LoginState;
  isManager: boolean;
  /** Only on this till. */
  here: readonly FinishedSale[];
  /** All that this till keeps, for receipts as it has printed them. */
  own: readonly FinishedSale[];
  views: readonly SaleView[];
  /** The server's answer about a sale. */
  onChanged: (data: unknown) => void;
}

/** One row for each sale, with the one thing that can be done about it. */
export function SaleRows({ login, isManager, here, own, views, onChanged }: SaleRowsProps) {
  const { outbox, session, customers } = useWorkplace();
  const print = usePrintReceipt(login);
  const navigate = useNavigate();
  const [, setParameters] = useSearchParams();
  const [shown, setShown] = useState<string>();
  const [closing, setClosing] = useState<SaleView>();
  const text = useText();
  const { list } = usePageText();
  const { zone } = login.clock;

  const ask = async (path: ApiPath, body: unknown, done: string) => {
    try {
      onChanged((await session.request(path, { method: 'POST', body, answer: unknown() })).data);
      notice('good', done);
    } catch (reason) {
      notice('error', explain(reason, text));
    }
  };
  const act = (action: Delivery['action'], view: SaleView | 'here') => {
    if (view === 'here') outbox.wake();
    else if (action === 'send') void ask(`/api/sales/${view.id}/delivery`, {}, text.deliverAsked);
    else if (action === 'close') setClosing(view);
    else if (action === 'decide') setParameters({ tab: 'review' });
  };
  const restore = (view: SaleView) =>
    void ask(`/api/sales/${view.id}/restoration`, {}, list.restored).then(() => setShown(undefined));
  /** What this till has not printed itself is printed as the server tells it. */
  const printView = async (view: SaleView) => {
    const mine = own.find(one => one.id === view.id);
    const customer =
      mine || !view.customerId ? undefined : await customers.get(view.customerId).catch(() => undefined);
    print(mine ?? copyOf(view, customer?.name), true);
  };
  const opened = views.find(view => view.id === shown);
  const openedHere = here.find(one => one.id === shown);
  return (
    <>
      <table className="table sale-table">
        <thead>
          <tr>
            <th>{text.receiptColumns.number}</th>
            <th className="time-column">{text.receiptColumns.time}</th>
            <th>{text.receiptColumns.cashier}</th>
            <th className="n">{text.receiptColumns.sum}</th>
            <th className="state-column">{text.receiptColumns.state}</th>
            <th className="row-actions many">
              <span className="visually-hidden">{list.action}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {here.map(one => (
            <Row
              key={one.id}
              id={one.id}
              number={one.number}
              isReturn={one.sale.kind === 'RETURN'}
              at={one.at}
              zone={zone}
              cashier={one.cashierName}
              total={one.sale.total}
              currency={one.sale.currency}
              delivery={one.place === 'server' ? undefined : deliveryOf('here', isManager)}
              onOpen={() => setShown(one.id)}
              onPrint={() => print(one, true)}
              onAct={action => act(action, 'here')}
            />
          ))}
          {views.map(view => (
            <Row
              key={view.id}
              id={view.id}
              number={view.number ?? undefined}
              isReturn={view.kind === 'RETURN'}
              at={Date.parse(view.completedAt ?? view.openedAt ?? '')}
              zone={zone}
              cashier={view.cashier ?? ''}
              total={view.total}
              currency={view.currency}
              delivery={view.status === 'COMPLETED' ? deliveryOf(view, isManager) : undefined}
              onOpen={() => setShown(view.id)}
              onPrint={view.status === 'COMPLETED' ? () => void printView(view) : undefined}
              onAct={action => act(action, view)}
              onReturn={
                view.status === 'COMPLETED' && view.kind !== 'RETURN'
                  ? () => navigate(`/returns?sale=${view.id}`)
                  : undefined
              }
              onRestore={view.status === 'TRASHED' ? () => restore(view) : undefined}
            />
          ))}
        </tbody>
      </table>
      <Suspense fallback={null}>
        {(opened || openedHere) && (
          <SaleDialog
            login={login}
            isManager={isManager}
            finished={
              openedHere ?? own.find(one => one.id === shown) ?? (opened && copyOf(opened, undefined))
            }
            view={opened}
            onAct={action => act(action, opened ?? 'here')}
            onCloseDelivery={() => setClosing(opened)}
            onRestore={() => opened && restore(opened)}
            onClose={() => setShown(undefined)}
          />
        )}
      </Suspense>
      {closing && (
        <ReasonDialog
          hint={list.closeHint}
          action={list.closeDelivery}
          onReason={async reason => {
            const path = `/api/sales/${closing.id}/delivery/closure` as const;
            onChanged(
              (await session.request(path, { method: 'POST', body: { reason }, answer: unknown() })).data,
            );
            notice('good', list.closed);
          }}
          onClose={() => setClosing(undefined)}
        />
      )}
    </>
  );
}

interface RowProps {
  id: string;
  number: string | undefined;
  isReturn: boolean;
  at: number;
  zone: string;
  cashier: string;
  total: string;
  currency: string;
  delivery: Delivery | undefined;
  onOpen: () => void;
  onAct: (action: Delivery['action']) => void;
  onReturn?: (() => void) | undefined;
  onRestore?: (() => void) | undefined;
  onPrint: (() => void) | undefined;
}

function Row({ id, number, isReturn, at, zone, cashier, total, currency, delivery, ...on }: RowProps) {
  const text = useText();
  const { list } = usePageText();
  const language = useLanguage();
  return (
    <tr data-testid="sale-row" data-sale={id}>
      <td>
        <button type="button" className="link-button unbroken" data-testid="sale-open" onClick={on.onOpen}>
          {number ?? list.noNumber}
        </button>{' '}
        {isReturn && <span className="badge danger">{text.returned}</span>}
      </td>
      <td>{Number.isNaN(at) ? '–' : formatMoment(at, zone)}</td>
      <td className="cashier-column">{cashier}</td>
      <td className="n">
        <b>{formatMoney(total, currency, language)}</b>
      </td>
      <td className="state-column">{delivery && <DeliveryReason delivery={delivery} zone={zone} />}</td>
      <td className="row-actions many">
        {delivery?.action && (
          <button
            type="button"
            className="button small"
            data-testid="deliver"
            data-action={delivery.action}
            onClick={() => on.onAct(delivery.action)}
          >
            {list.actions[delivery.action]}
          </button>
        )}
        {on.onReturn && (
          <button type="button" className="button small" data-testid="return" onClick={on.onReturn}>
            {text.returned}
          </button>
        )}
        {on.onRestore && (
          <button type="button" className="button small" data-testid="restore" onClick={on.onRestore}>
            {list.restore}
          </button>
        )}
        {on.onPrint && (
          <button type="button" className="button small quiet" aria-label={text.print} onClick={on.onPrint}>
            <PrinterIcon />
          </button>
        )}
      </td>
    </tr>
  );
}
