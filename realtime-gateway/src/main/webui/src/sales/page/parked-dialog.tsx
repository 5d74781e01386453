import { useWorkplace } from '../../app/contexts.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Failure } from '../../design/loading.tsx';
import { formatCount, formatMoney } from '../../format/money.ts';
import { formatMoment } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { useLoaded } from '../../platform/use-loaded.ts';
import { pageSchema } from '../../platform/validate.ts';
import { type SaleView, saleView } from '../store/sale-view.ts';

const MOST = 50;

/** The open sales that other tills have begun; the chosen one goes on at this one. */
export default function ParkedDialog({ zone, onClose }: { zone: string; onClose: () => void }) {
  const { session, sales, customers } = useWorkplace();
  const text = useText();
  const language = useLanguage();

  const { value: found, failure } = useLoaded(async () => {
    const path = `/api/sales?status=OPEN&limit=${MOST}` as const;
    const { data } = await session.request(path, { answer: pageSchema });
    const views = data.items.flatMap(item => saleView(item) ?? []);
    return views.filter(view => view.kind !== 'RETURN' && view.lines.length > 0 && !sales.get(view.id));
  }, [session, sales]);

  const take = async (view: SaleView) => {
    const customer = view.customerId ? await customers.get(view.customerId) : undefined;
    await sales.adopt(view, customer?.name);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={text.parked.title} testId="parked-dialog">
      <Failure reason={failure} />
      {found?.length === 0 ? (
        <p className="muted">{text.parked.none}</p>
      ) : (
        <p className="muted">{text.parked.hint}</p>
      )}
      <ul className="choices">
        {found?.map((view, index) => (
          <li key={view.id}>
            <button
              type="button"
              className="choice-row"
              data-testid="parked-sale"
              data-sale={view.id}
              // biome-ignore lint/a11y/noAutofocus: Enter takes the first, Tab the others
              autoFocus={index === 0}
              onClick={() => void take(view)}
            >
              <span>
                {view.openedAt && formatMoment(Date.parse(view.openedAt), zone)} · {view.cashier}{' '}
                <small className="muted">{text.saleLines(formatCount(view.lines.length))}</small>
              </span>
              <b>{formatMoney(view.total, view.currency, language)}</b>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
