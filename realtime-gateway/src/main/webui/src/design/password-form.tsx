import { type FormEvent, useState } from 'react';
import { useText } from '../i18n/text.ts';

interface PasswordFormProps {
  label: string;
  action: string;
  onPassword: (password: string) => Promise<void> | void;
}

/** Asks for a password and does one thing with it. */
export function PasswordForm({ label, action, onPassword }: PasswordFormProps) {
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const text = useText();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password === '') return;
    setBusy(true);
    try {
      await onPassword(password);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="password-form" onSubmit={event => void submit(event)}>
      <input
        className="text-input"
        type="password"
        aria-label={label}
        placeholder={text.rescuePassword}
        value={password}
        onChange={event => setPassword(event.target.value)}
      />
      <button type="submit" className="button" disabled={busy || password === ''}>
        {action}
      </button>
    </form>
  );
}
