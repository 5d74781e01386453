import { createHash } from 'node:crypto';

/** The services whose API the till uses. */
export const SERVICES = ['settings', 'product', 'sales', 'sync'];

/** The modules that each document is of; the page at /api/docs shows all. */
export const DOCUMENTS = {
  ...Object.fromEntries(SERVICES.map(service => [service, `${service}-service`])),
  live: 'realtime-gateway',
};

/** By which generated types and the document they were made from know each other. */
export const documentHash = text => createHash('sha256').update(text).digest('hex').slice(0, 16);
