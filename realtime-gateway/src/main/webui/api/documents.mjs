import { createHash } from 'node:crypto';

/** The services whose API the till uses. */
export const SERVICES = ['settings', 'product', 'sales', 'sync'];

/** By which generated types and the document they were made from know each other. */
export const documentHash = text => createHash('sha256').update(text).digest('hex').slice(0, 16);
