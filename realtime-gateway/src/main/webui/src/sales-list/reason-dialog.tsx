import { Dialog } from '../design/dialog.tsx';
import { FormBody, LinesField, useForm } from '../design/form.tsx';
import { usePageText } from '../i18n/pages/index.ts';

const MOST = 1_000;

interface ReasonDialogProps {
  hint?: string;
  /** The title, and what the button says. */
  action: string;
  /** @throws when the server does not take it: the dialog stays, with what was typed */
  onReason: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** A decision that is kept for ever needs a reason. */
export function ReasonDialog({ hint, action, onReason, onClose }: ReasonDialogProps) {
  const { form: words, list } = usePageText();
  const form = useForm({
    stored: { reason: '' },
    check: ({ reason }) => ({
      ...(reason.trim() === '' && { reason: words.required }),
      ...(reason.length > MOST && { reason: words.tooLong(MOST) }),
    }),
    send: async (_, { reason }) => {
      await onReason(reason.trim());
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={action} testId="reason-dialog">
      <FormBody form={form} action={action} onCancel={onClose} testId="reason-save">
        <LinesField form={form} name="reason" label={list.reason} hint={hint} />
      </FormBody>
    </Dialog>
  );
}
