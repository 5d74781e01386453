import { useNavigate } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { Fact } from '../design/fact.tsx';
import { PrinterIcon } from '../design/icons.tsx';
import { notice } from '../design/notices.tsx';
import { formatDecimal, formatMoney } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { unitName } from '../house/house.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import { explain } from '../platform/http/explain.ts';
import { useStore } from '../platform/store.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import { usePrintReceipt } from '../receipt/use-print-receipt.tsx';
import { sums } from '../sales/domain/arithmetic.ts';
import { isZero } from '../sales/domain/decimal.ts';
import type { SaleView } from '../sales/store/sale-view.ts';
import type { LoginState } from '../session/session.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import { DeliveryReason } from './delivery-reason.tsx';

interface SaleDialogProps {
  login: LoginState;
  isManager: boolean;
  /** The receipt, as this till printed it or as the server tells it. */
  finished: FinishedSale | undefined;
  /** Undefined: only on this till. */
  view: SaleView | undefined;
  onAct: (action: Delivery['action']) => void;
  onCloseDelivery: () => void;
  onRestore: () => void;
  onClose: () => void;
}

/** A sale whole: lines, payments, how it stands, what can be done. */
export default function SaleDialog({ login, isManager, finished, view, ...on }: SaleDialogProps) {
  const { session } = useWorkplace();
  const language = useLanguage();
  const navigate = useNavigate();
  const print = usePrintReceipt(login);
  const customer = useCustomerName(view?.customerId ?? undefined, finished?.customerName);
  const text = useText();
  const { list } = usePageText();
  if (!finished) return null;
  const { sale } = finished;
  const { zone } = login.clock;
  const money = (amount: string) => formatMoney(amount, sale.currency, language);
  const status = view?.status ?? 'COMPLETED';
  const delivery = status === 'COMPLETED' ? deliveryOf(view ?? 'here', isManager) : undefined;
  const isOpenDelivery =
    view && (view.deliveryStatus === 'NOT_DELIVERED' || view.deliveryStatus === 'REJECTED') && !view.held;
  const toTrash = async () => {
    try {
      await session.request(`/api/sales/${finished.id}`, { method: 'DELETE' });
      notice('good', list.trashed);
      on.onClose();
    } catch (reason) {
      notice('error', explain(reason, text));
    }
  };
  return (
    <Dialog
      open
      wide
      onClose={on.onClose}
      title={finished.number ? `${text.receipt.receipt} ${finished.number}` : list.noNumber}
      testId="sale-dialog"
    >
      <dl className="facts sale-facts">
        <Fact name={text.receiptColumns.time}>
          {formatMoment(finished.at || Date.parse(view?.openedAt ?? ''), zone)}
        </Fact>
        <Fact name={text.receiptColumns.cashier}>{finished.cashierName || '–'}</Fact>
        {view?.uploader && view.uploader !== finished.cashierName && view.uploader !== view.cashier && (
          <Fact name={list.uploader}>{view.uploader}</Fact>
        )}
        {customer && <Fact name={text.customer}>{customer}</Fact>}
        {view?.approvedBy && <Fact name={text.receipt.approved}>{view.approvedBy}</Fact>}
        {view?.comment && <Fact name={list.comment}>{view.comment}</Fact>}
      </dl>
      <SaleLines finished={finished} />
      <dl className="facts sale-facts sums">
        {!isZero(finished.discountTotal) && <Fact name={text.discount}>{money(finished.discountTotal)}</Fact>}
        {!isZero(sale.rounding) && <Fact name={text.rounding}>{money(sale.rounding)}</Fact>}
        <Fact name={text.total}>
          <b data-testid="sale-dialog-total">{money(sale.total)}</b>
        </Fact>
        {sale.payments.map((paid, index) => (
          <Fact key={index} name={paymentName(paid, text)}>
            {formatMoney(paid.amount, paid.currency, language)}
          </Fact>
        ))}
        {!isZero(finished.change) && <Fact name={text.change}>{money(finished.change)}</Fact>}
      </dl>
      {delivery && (
        <section className="sale-delivery">
          <DeliveryReason delivery={delivery} zone={zone} withActor={false} />
          {delivery.reason && (
            <p className="muted">
              {list.whoMust} <b>{list.who[delivery.who]}</b>
            </p>
          )}
        </section>
      )}
      {(view?.flags.length ?? 0) > 0 && (
        <p className="flags" data-testid="flags">
          <span className="muted">{list.flagsTitle}</span>{' '}
          {view?.flags.map(flag => (
            <span key={flag} className="badge warning wrap">
              {list.flags[flag as keyof typeof list.flags] ?? flag}
            </span>
          ))}
        </p>
      )}
      <div className="dialog-actions">
        {status === 'COMPLETED' && (
          <button
            type="button"
            className="button"
            data-testid="print-copy"
            onClick={() => print(finished, true)}
          >
            <PrinterIcon /> {text.print}
          </button>
        )}
        {isManager && isOpenDelivery && (
          <button type="button" className="button" data-testid="close-delivery" onClick={on.onCloseDelivery}>
            {list.closeDelivery}
          </button>
        )}
        {delivery?.action && delivery.action !== 'close' && (
          <button type="button" className="button" onClick={() => on.onAct(delivery.action)}>
            {list.actions[delivery.action]}
          </button>
        )}
        {view && status === 'COMPLETED' && view.kind !== 'RETURN' && (
          <button type="button" className="button" onClick={() => navigate(`/returns?sale=${view.id}`)}>
            {text.returned}
          </button>
        )}
        {status === 'OPEN' && (
          <button
            type="button"
            className="button danger"
            data-testid="to-trash"
            onClick={() => void toTrash()}
          >
            {list.toTrash}
          </button>
        )}
        {status === 'TRASHED' && (
          <button type="button" className="button primary" onClick={on.onRestore}>
            {list.restore}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function SaleLines({ finished }: { finished: FinishedSale }) {
  const { house } = useWorkplace();
  const shop = useStore(house.state);
  const language = useLanguage();
  const { columns } = useText();
  const { lines, discount } = finished.sale;
  const lineSums =
    finished.lineSums?.length === lines.length ? finished.lineSums : sums(lines, discount ?? {}).lineSums;
  return (
    <table className="table">
      <thead>
        <tr>
          <th className="wide-column">{columns.product}</th>
          <th className="n">{columns.quantity}</th>
          <th className="n">{columns.price}</th>
          <th className="n">{columns.sum}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={line.lineId} data-testid="sale-line">
            <td>
              <span className="product-name" title={line.name}>
                {line.name}
              </span>
            </td>
            <td className="n">
              {formatDecimal(line.quantity, language)} {unitName(shop, line.unit)}
            </td>
            <td className="n">{formatDecimal(line.price, language)}</td>
            <td className="n">{formatDecimal(lineSums[index] ?? '0', language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function paymentName(
  paid: { kind: 'CASH' | 'CARD' | 'DEBT'; method?: string; reference?: string },
  text: ReturnType<typeof useText>,
): string {
  const kind = { CASH: text.receipt.cash, CARD: text.receipt.card, DEBT: text.receipt.debt }[paid.kind];
  return [kind, paid.method, paid.reference].filter(Boolean).join(' · ');
}

function useCustomerName(id: string | undefined, kept: string | undefined): string | undefined {
  const { customers } = useWorkplace();
  const { value } = useLoaded(
    async () => (id && !kept ? (await customers.get(id))?.name : undefined),
    [customers, id, kept],
  );
  return kept ?? value;
}
