import { type FormEvent, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { Key } from '../design/key.tsx';
import { useText } from '../i18n/text.ts';
import type { Customer } from './customer.ts';
import './customers.css';

interface NewCustomerProps {
  /** What was searched for: most likely the name or the phone. */
  words: string;
  onMade: (customer: Customer) => void;
  onCancel: () => void;
}

export function NewCustomer({ words, onMade, onCancel }: NewCustomerProps) {
  const { customers } = useWorkplace();
  const isPhone = /^[+\d\s()-]{5,}$/.test(words);
  const [name, setName] = useState(isPhone ? '' : words);
  const [phone, setPhone] = useState(isPhone ? words : '');
  const [busy, setBusy] = useState(false);
  const text = useText();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || busy) return;
    setBusy(true);
    try {
      onMade(await customers.add(name, phone));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="new-customer" onSubmit={event => void submit(event)}>
      <label>
        <span>{text.book.name}</span>
        <input
          className="text-input"
          data-testid="new-customer-name"
          maxLength={200}
          // biome-ignore lint/a11y/noAutofocus: the name is what is missing
          autoFocus
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </label>
      <label>
        <span>{text.phone}</span>
        <input
          className="text-input"
          data-testid="new-customer-phone"
          inputMode="tel"
          maxLength={50}
          value={phone}
          onChange={event => setPhone(event.target.value)}
        />
      </label>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onCancel}>
          {text.cancel}
        </button>
        <button
          type="submit"
          className="button primary"
          data-testid="new-customer-save"
          disabled={busy || name.trim() === ''}
        >
          {text.book.make} <Key>Enter</Key>
        </button>
      </div>
    </form>
  );
}
