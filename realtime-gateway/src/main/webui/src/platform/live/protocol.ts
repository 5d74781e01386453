/** The frames of `/ws`, subprotocol `pos.v1`. */
export const SUBPROTOCOL = 'pos.v1';

export type ClientFrame =
  | { op: 'auth'; token: string }
  | { op: 'subscribe'; channels: string[]; since?: string }
  | { op: 'unsubscribe'; channels: string[] }
  | { op: 'ping' };

export interface LiveEvent {
  op: 'event';
  channel: string;
  type: string;
  id: string;
  time: string;
  position: string;
  data: unknown;
}

export type ServerFrame =
  | { op: 'welcome'; session: string; expiresIn: number; heartbeat: number }
  | { op: 'subscribed'; channels: string[]; recovered: boolean; position?: string }
  /** `data` is null when the owner had none to give. */
  | { op: 'snapshot'; channel: string; data: unknown }
  | LiveEvent
  | { op: 'expiring'; in: number }
  | { op: 'move'; within: number }
  | { op: 'error'; type: string; detail: string; channel?: string }
  /** `behind`: for how many seconds news have not been coming through; absent: they do. */
  | { op: 'pong'; position?: string; behind?: number };

/** undefined for what is not a frame; an `op` of a newer server is left to the caller to ignore. */
export function parseFrame(text: unknown): ServerFrame | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const frame = JSON.parse(text) as ServerFrame | null;
    return typeof frame?.op === 'string' ? frame : undefined;
  } catch {
    return undefined;
  }
}

/** What to do when the server closes the socket. */
export type AfterClose = 'reconnect' | 'new-token' | 'slow-reconnect' | 'stop';

export function afterClose(code: number): AfterClose {
  switch (code) {
    case 4401:
      return 'new-token';
    case 4403:
      return 'stop';
    case 4409:
    case 4413:
    case 4429:
      return 'slow-reconnect';
    default:
      return 'reconnect';
  }
}
