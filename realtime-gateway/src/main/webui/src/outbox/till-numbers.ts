import { database } from '../platform/db.ts';
import { keptNumbers } from './finish.ts';

/** What this till has sold and not sent, and which of its numbers no sale has. */
export interface TillNumbers {
  unsent: number;
  /** When the oldest unsent one was finished; milliseconds. */
  oldest: number | undefined;
  /** The highest number given; 0: none. */
  last: number;
  /** Numbers up to that one which are kept for the next sales. */
  reserved: number[];
}

/**
 * All at one moment: nothing is between "finished" and "unsent".
 *
 * @throws when what is kept cannot be read
 */
export async function tillNumbers(): Promise<TillNumbers> {
  const transaction = (await database()).transaction(['finished', 'sales', 'values']);
  const places = transaction.objectStore('finished').index('place');
  const [device, sending, open, numbers] = await Promise.all([
    places.getAll('device'),
    places.getAll('sending'),
    transaction.objectStore('sales').getAll(),
    keptNumbers(transaction.objectStore('values')),
  ]);
  // Also one that cannot be read is unsent.
  const unsent = [...device, ...sending];
  const held = open.flatMap(({ sequence }) => (typeof sequence === 'number' ? [sequence] : []));
  return {
    unsent: unsent.length,
    oldest: unsent.length === 0 ? undefined : Math.min(...unsent.map(({ at }) => at)),
    last: numbers.last,
    reserved: [...numbers.spare, ...held],
  };
}
