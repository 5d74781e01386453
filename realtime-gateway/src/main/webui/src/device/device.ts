import { boolean, looseObject, optional, string } from 'valibot';

/** As it is kept on this device. */
export const deviceSchema = looseObject({
  ksbId: string(),
  enterprise: string(),
  deviceId: string(),
  code: string(),
  token: string(),
  lastLogin: optional(string()),
  lastSync: optional(string()),
  synced: optional(boolean()),
});

/** This till, as it was registered with its enterprise. */
export interface Device {
  ksbId: string;
  enterprise: string;
  deviceId: string;
  /** Short number of the till within the enterprise. */
  code: string;
  /** What proves that this is the registered till; the server shows it once. */
  token: string;
  /** Who logged in last, to be offered first. */
  lastLogin?: string | undefined;
  /** The sync this till started last, to find it again after a restart. */
  lastSync?: string | undefined;
  /** Whether one of its syncs has completed. */
  synced?: boolean | undefined;
}
