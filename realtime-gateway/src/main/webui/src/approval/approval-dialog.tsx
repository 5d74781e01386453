import { useWorkplace } from '../app/contexts.ts';
import { formatDecimal } from '../format/money.ts';
import { useText } from '../i18n/text.ts';
import type { Asked } from './approval.ts';
import { PinDialog } from './pin-dialog.tsx';

interface ApprovalDialogProps {
  saleId: string;
  asked: Asked;
  onApproved: () => void;
  onClose: () => void;
}

/** The manager who approved here last is the one most likely at hand. */
let lastManager: string | undefined;

/** A manager allows, with a PIN, what the cashier may not do in this sale. */
export default function ApprovalDialog({ saleId, asked, onApproved, onClose }: ApprovalDialogProps) {
  const { approvals, sales } = useWorkplace();
  const text = useText();
  const lines = [
    ...(asked.discountPercent ? [text.pin.discount(formatDecimal(asked.discountPercent))] : []),
    ...(asked.price ? [text.pin.price] : []),
  ];
  return (
    <PinDialog
      title={text.pin.approvalTitle}
      lines={lines}
      wanted={user => user.manager === true}
      nobody={text.pin.noManager}
      action={text.pin.approve}
      first={lastManager}
      onClose={onClose}
      onPin={async (login, pin) => {
        await sales.approve(await approvals.approve(saleId, login, pin, asked), saleId);
        lastManager = login;
        onApproved();
      }}
    />
  );
}
