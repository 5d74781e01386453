import { useWorkplace } from '../app/contexts.ts';
import { useLanguage } from '../i18n/text.ts';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import type { LoginState } from '../session/session.ts';
import { printReceipt } from './print.ts';
import { Receipt } from './receipt.tsx';

/** Prints a receipt, or a copy that says so, and notes that it is printed. */
export function usePrintReceipt(login: LoginState): (finished: FinishedSale, copy?: boolean) => void {
  const { house, device, outbox } = useWorkplace();
  const language = useLanguage();
  return (finished, copy = false) => {
    const shop = house.state.get();
    printReceipt(
      <Receipt
        finished={finished}
        house={shop}
        enterprise={device.enterprise}
        language={language}
        zone={login.clock.zone}
        copy={copy}
      />,
      shop.device.receiptWidth,
      () => {
        if (!finished.printed) void outbox.printed(finished.id).catch(() => undefined);
      },
    );
  };
}
