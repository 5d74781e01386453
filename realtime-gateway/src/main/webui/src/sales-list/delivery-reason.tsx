import { formatClock } from '../format/time.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { type PageTexts, usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import type { Delivery } from './delivery.ts';

/** The state in domain words, why it is so, and who must act, unless it goes on by itself. */
export function DeliveryReason({
  delivery,
  zone,
  withActor = true,
}: {
  delivery: Delivery;
  zone: string;
  withActor?: boolean;
}) {
  const text = useText();
  const { list } = usePageText();
  const words = wordsOf(delivery, zone, text, list);
  return (
    <div className="delivery">
      <span className={`badge ${delivery.tone}`} data-testid="delivery-status" data-status={delivery.status}>
        {text.delivery[delivery.status]}
      </span>
      {words && (
        <small className="delivery-reason" data-testid="delivery-reason">
          {words}
          {withActor && delivery.who !== 'nobody' && (
            <>
              {' '}
              <b>{list.who[delivery.who]}</b>
            </>
          )}
        </small>
      )}
    </div>
  );
}

function wordsOf(
  { reason }: Delivery,
  zone: string,
  text: Catalogue,
  list: PageTexts['list'],
): string | undefined {
  if (!reason) return undefined;
  switch (reason.kind) {
    case 'refused':
    case 'closed':
      return reason.words || list.reasons.unknown;
    case 'trying': {
      const why = text.syncReasons[reason.why];
      return reason.next === undefined ? why : `${why} ${list.nextTry(formatClock(reason.next, zone))}`;
    }
    default:
      return list.reasons[reason.kind];
  }
}
