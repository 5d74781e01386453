import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { WorkplaceContext } from '../src/app/contexts.ts';
import type { Workplace } from '../src/app/workplace.ts';
import { PinDialog } from '../src/approval/pin-dialog.tsx';
import type { TillUser } from '../src/session/till-users.ts';
import { clear, eventually, show } from './screen.tsx';

afterEach(clear);

const manager: TillUser = { login: 'menejer', displayName: 'Bobur', hasPin: true, manager: true };

it('takes a PIN that is typed before the managers are known', async () => {
  let known: (found: TillUser[]) => void = () => undefined;
  const people = new Promise<TillUser[]>(resolve => {
    known = resolve;
  });
  const onPin = vi.fn(async () => undefined);
  await show(
    <WorkplaceContext value={{ approvals: { people: () => people } } as unknown as Workplace}>
      <PinDialog
        title="PIN"
        wanted={() => true}
        nobody="nobody"
        action="approve"
        onPin={onPin}
        onClose={() => undefined}
      />
    </WorkplaceContext>,
  );
  const field = document.querySelector<HTMLInputElement>('[data-testid="pin"]');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  await act(async () => {
    set?.call(field, '482916');
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => document.querySelector<HTMLButtonElement>('[data-testid="pin-submit"]')?.click());
  expect(onPin).not.toHaveBeenCalled();
  await act(async () => known([manager]));
  await eventually(() => onPin.mock.calls.length > 0);
  expect(onPin).toHaveBeenCalledWith('menejer', '482916');
});
