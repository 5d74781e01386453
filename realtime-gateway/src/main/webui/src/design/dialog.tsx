import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { useText } from '../i18n/text.ts';
import { CloseIcon } from './icons.tsx';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Where the first letter goes. */
  focus?: RefObject<HTMLElement | null>;
  wide?: boolean;
  testId?: string;
}

/** A modal dialog: Escape closes it, the focus stays inside and goes back afterwards. */
export function Dialog({ open, onClose, title, children, focus, wide, testId }: DialogProps) {
  const text = useText();
  return (
    <Base.Root open={open} onOpenChange={next => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup
          className={wide ? 'dialog wide' : 'dialog'}
          data-testid={testId}
          {...(focus && { initialFocus: focus })}
        >
          <header className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
            <Base.Close className="button quiet icon-only" aria-label={text.close}>
              <CloseIcon />
            </Base.Close>
          </header>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
