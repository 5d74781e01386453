import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { Dialog } from '../design/dialog.tsx';
import { Key } from '../design/key.tsx';
import { useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import { useNow } from '../platform/use-now.ts';
import type { TillUser } from '../session/till-users.ts';
import { PinRefused } from './approvals.ts';
import './approval.css';

interface PinDialogProps {
  title: string;
  /** What is asked, one line each. */
  lines?: readonly string[];
  /** Whose PINs count here. */
  wanted: (user: TillUser) => boolean;
  nobody: string;
  action: string;
  /** The one chosen at first, if there. */
  first?: string | undefined;
  onPin: (login: string, pin: string) => Promise<void>;
  onClose: () => void;
}

/** Who, and the PIN; all by keyboard: arrows choose, digits type, Enter goes on, Escape goes back. */
export function PinDialog({ title, lines, wanted, nobody, action, first, onPin, onClose }: PinDialogProps) {
  const { approvals } = useWorkplace();
  const [people, setPeople] = useState<TillUser[]>();
  const [chosen, setChosen] = useState('');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [until, setUntil] = useState(0);
  const wait = Math.max(0, Math.ceil((until - useNow()) / 1000));
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef<Promise<TillUser[]>>(undefined);
  const text = useText();
  const likely = (found: readonly TillUser[]) =>
    (found.find(user => user.login === first) ?? found[0])?.login ?? '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens
  useEffect(() => {
    let left = false;
    asked.current = approvals.people(wanted);
    asked.current.then(
      found => {
        if (left) return;
        setPeople(found);
        setChosen(likely(found));
      },
      reason => !left && setFailure(reason),
    );
    return () => {
      left = true;
    };
  }, [approvals]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || wait > 0 || pin.length < MIN_DIGITS) return;
    setBusy(true);
    setFailure(undefined);
    try {
      // A fast hand is done before the people are known.
      const login = chosen || likely((await asked.current) ?? []);
      if (login !== '') await onPin(login, pin);
    } catch (reason) {
      setFailure(reason);
      if (reason instanceof PinRefused && reason.why === 'wait') setUntil(Date.now() + reason.seconds * 1000);
      setPin('');
      field.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  const move = (by: number) => {
    const index = people?.findIndex(user => user.login === chosen) ?? -1;
    const next = people?.[index + by];
    if (next) setChosen(next.login);
  };
  const message =
    wait > 0
      ? text.loginWait(wait)
      : failure instanceof PinRefused
        ? failure.why === 'wait'
          ? undefined
          : text.pin.refused[failure.why]
        : failure !== undefined
          ? explain(failure, text)
          : undefined;
  return (
    <Dialog open onClose={onClose} title={title} focus={field} testId="pin-dialog">
      <form className="pin-form" onSubmit={event => void submit(event)}>
        {lines && lines.length > 0 && (
          <ul className="pin-asked">
            {lines.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {people?.length === 0 ? (
          <p className="message warning">{nobody}</p>
        ) : (
          <fieldset className="pin-people">
            <legend>{text.pin.who}</legend>
            {!people && failure === undefined && <p className="muted">{text.loading}</p>}
            {people?.map(user => (
              <label key={user.login} className={user.login === chosen ? 'pin-person chosen' : 'pin-person'}>
                <input
                  type="radio"
                  name="pin-person"
                  data-testid={`pin-user-${user.login}`}
                  value={user.login}
                  checked={user.login === chosen}
                  onChange={() => {
                    setChosen(user.login);
                    field.current?.focus();
                  }}
                />
                {user.displayName}
              </label>
            ))}
          </fieldset>
        )}
        <label className="pin-field">
          <span>PIN</span>
          <input
            ref={field}
            className="text-input pin-input"
            data-testid="pin"
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={MAX_DIGITS}
            value={pin}
            aria-invalid={message !== undefined}
            onChange={event => setPin(event.target.value.replace(/\D/g, ''))}
            onKeyDown={event => {
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              move(event.key === 'ArrowDown' ? 1 : -1);
            }}
          />
        </label>
        <p className={message ? 'message error' : 'pin-message'} role="alert">
          {message}
        </p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {text.cancel} <Key>Esc</Key>
          </button>
          <button
            type="submit"
            className="button primary"
            data-testid="pin-submit"
            disabled={busy || wait > 0 || pin.length < MIN_DIGITS || people?.length === 0}
          >
            {busy ? text.pin.checking : action} <Key>Enter</Key>
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export const MIN_DIGITS = 4;
export const MAX_DIGITS = 8;
