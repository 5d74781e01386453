import type { SaleView } from '../sales/store/sale-view.ts';
import { type ReasonKind, reasonKind } from '../sync/reason.ts';

/** What the server says of a return that its back office has no way to take. */
const BY_HAND = 'to be entered there by hand';

/** `HERE`: only on this till. */
export type DeliveryStatus = 'NOT_DELIVERED' | 'DELIVERED' | 'REJECTED' | 'CLOSED' | 'HERE';

export type DeliveryReason =
  /** Not on the server yet. */
  | { kind: 'here' }
  /** Its turn comes by itself. */
  | { kind: 'queued' }
  /** An attempt failed; the server tries again by itself. */
  | { kind: 'trying'; why: ReasonKind; next: number | undefined }
  | { kind: 'by-hand' }
  | { kind: 'held-return' }
  | { kind: 'held-device' }
  | { kind: 'dismissed' }
  /** In the back office's own words. */
  | { kind: 'refused'; words: string }
  | { kind: 'unposted' }
  | { kind: 'closed'; words: string };

/** Who must do something so that it goes on. */
export type Actor = 'nobody' | 'manager' | 'accountant' | 'ksb';

export interface Delivery {
  status: DeliveryStatus;
  tone: 'good' | 'warning' | 'danger' | '';
  reason: DeliveryReason | undefined;
  who: Actor;
  /** The one thing that helps; `decide` and `close` are a manager's. */
  action: 'send' | 'decide' | 'close' | undefined;
}

const HERE: Delivery = {
  status: 'HERE',
  tone: 'warning',
  reason: { kind: 'here' },
  who: 'nobody',
  action: 'send',
};

/** How a finished sale stands with the back office, in what a cashier can do about it. */
export function deliveryOf(view: SaleView | 'here', isManager: boolean): Delivery {
  if (view === 'here') return HERE;
  const status = statusOf(view);
  const words = view.delivery?.lastError ?? '';
  if (view.held === 'dismissed')
    return { status, tone: '', reason: { kind: 'dismissed' }, who: 'nobody', action: undefined };
  if (view.held) {
    const kind = view.held === 'return' ? 'held-return' : 'held-device';
    return {
      status,
      tone: 'danger',
      reason: { kind },
      who: 'manager',
      action: isManager ? 'decide' : undefined,
    };
  }
  switch (status) {
    case 'DELIVERED': {
      const reason = view.delivery?.posted === false ? ({ kind: 'unposted' } as const) : undefined;
      return { status, tone: 'good', reason, who: 'nobody', action: undefined };
    }
    case 'CLOSED':
      return { status, tone: '', reason: { kind: 'closed', words }, who: 'nobody', action: undefined };
    case 'REJECTED':
      return {
        status,
        tone: 'danger',
        reason: { kind: 'refused', words },
        who: 'accountant',
        action: 'send',
      };
    case 'NOT_DELIVERED':
    case 'HERE':
      return { status, tone: 'warning', ...waiting(view, words, isManager) };
  }
}

function waiting(
  view: SaleView,
  words: string,
  isManager: boolean,
): Pick<Delivery, 'reason' | 'who' | 'action'> {
  if (words === BY_HAND)
    return { reason: { kind: 'by-hand' }, who: 'manager', action: isManager ? 'close' : undefined };
  if (words === '') return { reason: { kind: 'queued' }, who: 'nobody', action: 'send' };
  const why = reasonKind(words);
  const next = view.delivery?.nextAttemptAt ? Date.parse(view.delivery.nextAttemptAt) : undefined;
  return { reason: { kind: 'trying', why, next }, who: why === 'away' ? 'nobody' : 'ksb', action: 'send' };
}

function statusOf(view: SaleView): DeliveryStatus {
  const { deliveryStatus } = view;
  return deliveryStatus === 'DELIVERED' || deliveryStatus === 'REJECTED' || deliveryStatus === 'CLOSED'
    ? deliveryStatus
    : 'NOT_DELIVERED';
}
