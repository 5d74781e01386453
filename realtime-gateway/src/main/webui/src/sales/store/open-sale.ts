import type { Approval } from '../../approval/approval.ts';
import type { PaymentDraft } from '../domain/payment.ts';
import type { Change, SaleContent } from '../domain/sale.ts';

/**
 * An open sale as this till keeps it. `content` is what the cashier sees: `base`, which the server has as `revision`, with
 * the `pending` changes applied. The server learns of pending changes one PUT after the other.
 */
export interface OpenSale {
  id: string;
  openedAt: number;
  revision: number;
  base: SaleContent;
  pending: Change[];
  content: SaleContent;
  /** How many pending changes are in a PUT whose answer is not known: the same PUT is sent again first. */
  unanswered?: number;
  payment: PaymentDraft;
  /** The payment dialog is open: a till that starts again comes back to it. */
  paying: boolean;
  /** The number a refused completion keeps for its next try. */
  sequence?: number;
  /** Why the server did not take it as it is. */
  refusal?: string;
  /** What a manager has allowed here, at this till. */
  approval?: Approval;
}

export interface SaleLineView {
  lineId: string;
  productId: string;
  name?: string | null;
  unit?: string | null;
  price: string;
  priceVersion?: number | null;
  basePrice?: string | null;
  baseCurrency?: string | null;
  rate?: string | null;
  quantity: string;
  warehouse?: string | null;
  sum?: string;
  discount?: string;
}
