import { usePreferences, useWorkplace } from '../app/contexts.ts';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import { useStore } from '../platform/store.ts';
import { printReceipt } from '../receipt/print.ts';
import { Receipt } from '../receipt/receipt.tsx';
import type { LoginState } from '../session/session.ts';

/** Prints a receipt that was printed before, marked as a copy. */
export function usePrintCopy(login: LoginState): (finished: FinishedSale) => void {
  const { house, device } = useWorkplace();
  const language = useStore(usePreferences().language);
  return finished => {
    const shop = house.state.get();
    printReceipt(
      <Receipt
        finished={finished}
        house={shop}
        enterprise={device.enterprise}
        language={language}
        zone={login.clock.zone}
        copy
      />,
      shop.device.receiptWidth === 'MM58' ? 58 : 80,
    );
  };
}
