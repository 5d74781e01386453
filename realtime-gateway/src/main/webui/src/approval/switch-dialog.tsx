import { useWorkplace } from '../app/contexts.ts';
import { useText } from '../i18n/text.ts';
import { PinDialog } from './pin-dialog.tsx';

/** Another cashier goes on at this till; the open sales stay as they are. */
export default function SwitchDialog({ present, onClose }: { present: string; onClose: () => void }) {
  const { approvals } = useWorkplace();
  const text = useText();
  return (
    <PinDialog
      title={text.pin.switchTitle}
      wanted={user => user.login !== present}
      nobody={text.pin.nobody}
      action={text.pin.goOn}
      onClose={onClose}
      onPin={async (login, pin) => {
        await approvals.takeOver(login, pin);
        onClose();
      }}
    />
  );
}
