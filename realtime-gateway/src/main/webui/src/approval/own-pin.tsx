import { type FormEvent, useState } from 'react';
import { notice } from '../design/notices.tsx';
import { useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import { Problem } from '../platform/http/failure.ts';
import type { Session } from '../session/session.ts';
import { MAX_DIGITS, MIN_DIGITS } from './pin-dialog.tsx';
import './approval.css';

/** Users set their own PIN; their password proves that it is they. */
export function OwnPin({ session }: { session: Session }) {
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const text = useText();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (pin !== again) {
      setFailure(text.pin.differs);
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await session.request('/api/users/me/pin', { method: 'PUT', body: { password, pin } });
      notice('good', text.pin.done);
      setPassword('');
      setPin('');
      setAgain('');
    } catch (reason) {
      setFailure(words(reason));
    } finally {
      setBusy(false);
    }
  };
  const words = (reason: unknown): string => {
    if (reason instanceof Problem && reason.is('wrong-password')) return text.pin.wrongPassword;
    if (reason instanceof Problem && reason.is('pin-is-password')) return text.pin.isPassword;
    return explain(reason, text);
  };
  const digits = (value: string, set: (pin: string) => void, label: string, name: string) => (
    <label className="own-pin-field">
      <span>{label}</span>
      <input
        className="text-input"
        data-testid={name}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={MAX_DIGITS}
        value={value}
        onChange={event => set(event.target.value.replace(/\D/g, ''))}
      />
    </label>
  );
  return (
    <form className="own-pin" onSubmit={event => void submit(event)}>
      <h2>{text.pin.own}</h2>
      <p className="muted">{text.pin.ownHint}</p>
      <div className="own-pin-fields">
        <label className="own-pin-field">
          <span>{text.loginPassword}</span>
          <input
            className="text-input"
            data-testid="own-pin-password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={event => setPassword(event.target.value)}
          />
        </label>
        {digits(pin, setPin, 'PIN', 'own-pin')}
        {digits(again, setAgain, text.pin.repeat, 'own-pin-again')}
        <button
          type="submit"
          className="button primary"
          data-testid="own-pin-set"
          disabled={busy || password === '' || pin.length < MIN_DIGITS || again === ''}
        >
          {text.pin.set}
        </button>
      </div>
      {failure && (
        <p className="message error" role="alert">
          {failure}
        </p>
      )}
    </form>
  );
}
