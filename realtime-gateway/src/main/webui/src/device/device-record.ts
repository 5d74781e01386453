import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Device } from './device.ts';

interface Schema extends DBSchema {
  device: { key: 'this'; value: Device };
}

let database: Promise<IDBPDatabase<Schema>> | undefined;

function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('ksb-pos', 1, {
    upgrade(db) {
      db.createObjectStore('device');
    },
  });
  return database;
}

/** Where the till keeps who it is: IndexedDB, kept over restarts and cleared by no log-out. */
export const deviceRecord = {
  async load(): Promise<Device | undefined> {
    return (await open()).get('device', 'this');
  },
  async save(device: Device): Promise<void> {
    await (await open()).put('device', device, 'this');
  },
  async forget(): Promise<void> {
    await (await open()).delete('device', 'this');
  },
};

export type DeviceRecord = typeof deviceRecord;
