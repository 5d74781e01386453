import { afterEach, expect, it, vi } from 'vitest';
import { HouseData } from '../src/house/house.ts';
import { PaymentDialog } from '../src/payment/payment-dialog.tsx';
import { NO_PAYMENT } from '../src/sales/domain/payment.ts';
import type { OpenSale } from '../src/sales/store/open-sale.ts';
import { Session } from '../src/session/session.ts';
import { aDevice } from './fixtures.ts';
import { clear, showPage, underAct } from './screen.tsx';

afterEach(clear);

it('takes keys that come before the focus has moved into the payment', async () => {
  const content = {
    currency: 'UZS',
    lines: [{ lineId: 'l', productId: 'p', name: 'Non', price: '3000.00', quantity: '1' }],
  };
  const sale: OpenSale = {
    id: 's',
    openedAt: 0,
    revision: 1,
    base: content,
    pending: [],
    content,
    payment: NO_PAYMENT,
    paying: true,
  };
  const pay = vi.fn(async () => undefined);
  const house = new HouseData(new Session(aDevice()), 'd');
  await showPage(
    <PaymentDialog
      sale={sale}
      notForCash={[]}
      onFinish={vi.fn()}
      onFinished={vi.fn()}
      onCustomer={vi.fn()}
    />,
    { sales: { pay, setPaying: vi.fn() }, selling: {}, house },
  );
  const key = new KeyboardEvent('keydown', { key: 'F10', bubbles: true, cancelable: true });
  await underAct(() => document.body.dispatchEvent(key));
  expect(pay).toHaveBeenCalledWith({ card: '3000.00', debt: '' }, 's');
  expect(key.defaultPrevented).toBe(true);
});
