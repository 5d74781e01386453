import { checked } from '../platform/border.ts';
import { database, databaseState } from '../platform/db.ts';
import { type Device, deviceSchema } from './device.ts';

/** Where the till keeps who it is: IndexedDB, kept over restarts and cleared by no log-out. */
export const deviceRecord = {
  /** @throws when what is kept is no identity: never taken for a new till, whose numbers would begin anew */
  async load(): Promise<Device | undefined> {
    const kept = await (await database()).get('device', 'this');
    if (kept === undefined) return undefined;
    const device = checked(deviceSchema, kept, 'storage', 'device');
    if (device) return device;
    const failure = new Error('what this till keeps of itself cannot be read');
    databaseState.set({ kind: 'failed', reason: failure.message });
    throw failure;
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
