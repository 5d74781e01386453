import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DisclosureProps {
  open: boolean;
  onOpen: (open: boolean) => void;
  label: string;
  button: ReactNode;
  children: ReactNode;
}

/** A button with a panel below it. Escape and a press elsewhere close it; the focus goes back to the button. */
export function Disclosure({ open, onOpen, label, button, children }: DisclosureProps) {
  const panelId = useId();
  const whole = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (!whole.current?.contains(event.target as Node)) onOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      onOpen(false);
      trigger.current?.focus();
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey);
    };
  }, [open, onOpen]);

  return (
    <div className="disclosure" ref={whole}>
      <button
        ref={trigger}
        type="button"
        className="button quiet"
        aria-label={label}
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => onOpen(!open)}
      >
        {button}
      </button>
      <div id={panelId} className="panel" hidden={!open}>
        {children}
      </div>
    </div>
  );
}
