import { unsentRepayments } from '../customers/repayments.ts';
import { database } from '../platform/db.ts';

/** How many finished sales and debts paid back only this device has. */
export async function unsentCount(): Promise<number> {
  const db = await database();
  const [device, sending] = await Promise.all([
    db.countFromIndex('finished', 'place', 'device'),
    db.countFromIndex('finished', 'place', 'sending'),
  ]);
  return device + sending + (await unsentRepayments());
}
