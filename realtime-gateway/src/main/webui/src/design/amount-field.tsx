import { forwardRef, type InputHTMLAttributes, useEffect, useState } from 'react';
import { formatDecimal } from '../format/money.ts';
import { typed } from '../sales/domain/decimal.ts';

interface AmountFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> {
  /** A decimal, or '' for nothing. */
  value: string;
  decimals?: number;
  onAmount: (value: string) => void;
}

/** A number as people type it: comma or point, with or without the number pad; grouped while nobody types in it. */
export const AmountField = forwardRef<HTMLInputElement, AmountFieldProps>(function AmountField(
  { value, decimals = 2, onAmount, onFocus, onBlur, className = 'amount', ...rest },
  ref,
) {
  const [draft, setDraft] = useState<string>();
  const invalid = draft !== undefined && draft !== '' && typed(draft, decimals) === undefined;

  useEffect(() => {
    // The value was changed from elsewhere, for example by a button: what was typed no longer stands.
    setDraft(before =>
      before !== undefined && (typed(before, decimals) ?? '') === value ? before : undefined,
    );
  }, [value, decimals]);

  return (
    <input
      {...rest}
      ref={ref}
      className={className}
      inputMode="decimal"
      autoComplete="off"
      value={draft ?? (value === '' ? '' : formatDecimal(value))}
      aria-invalid={invalid}
      onFocus={event => {
        event.target.select();
        onFocus?.(event);
      }}
      onBlur={event => {
        setDraft(undefined);
        onBlur?.(event);
      }}
      onChange={event => {
        const text = event.target.value;
        setDraft(text);
        const amount = text.trim() === '' ? '' : typed(text, decimals);
        if (amount !== undefined) onAmount(amount);
      }}
    />
  );
});
