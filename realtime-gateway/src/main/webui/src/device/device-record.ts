import { database } from '../platform/db.ts';
import type { Device } from './device.ts';

/** Where the till keeps who it is: IndexedDB, kept over restarts and cleared by no log-out. */
export const deviceRecord = {
  async load(): Promise<Device | undefined> {
    return (await database()).get('device', 'this');
  },
  /** Writes a new identity. If another window was first, its identity stands and is the answer. */
  async create(device: Device): Promise<Device> {
    const transaction = (await database()).transaction('device', 'readwrite', { durability: 'strict' });
    const present = await transaction.store.get('this');
    if (!present) await transaction.store.put(device, 'this');
    await transaction.done;
    return present ?? device;
  },
  /** Changes what the till notes about itself; never who it is. */
  async note(change: Partial<Device>): Promise<void> {
    const transaction = (await database()).transaction('device', 'readwrite');
    const present = await transaction.store.get('this');
    if (present) await transaction.store.put({ ...present, ...change }, 'this');
    await transaction.done;
  },
  async forget(): Promise<void> {
    await (await database()).delete('device', 'this');
  },
};
