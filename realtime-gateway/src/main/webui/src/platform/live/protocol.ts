import {
  array,
  boolean,
  type InferOutput,
  literal,
  number,
  object,
  optional,
  string,
  unknown,
  variant,
} from 'valibot';
import { checked } from '../border.ts';

/** The frames of `/ws`, subprotocol `pos.v1`. */
export const SUBPROTOCOL = 'pos.v1';

export type ClientFrame =
  | { op: 'auth'; token: string }
  | { op: 'subscribe'; channels: string[]; since?: string }
  | { op: 'unsubscribe'; channels: string[] }
  | { op: 'ping' };

const channel = string();
const eventSchema = object({
  op: literal('event'),
  channel,
  type: string(),
  id: string(),
  time: string(),
  position: string(),
  data: unknown(),
});
const frameSchema = variant('op', [
  object({ op: literal('welcome'), session: string(), expiresIn: number(), heartbeat: number() }),
  object({
    op: literal('subscribed'),
    channels: array(channel),
    recovered: boolean(),
    position: optional(string()),
  }),
  /** `data` is null when the owner had none to give. */
  object({ op: literal('snapshot'), channel, data: unknown() }),
  eventSchema,
  object({ op: literal('expiring'), in: number() }),
  object({ op: literal('move'), within: number() }),
  object({ op: literal('error'), type: string(), detail: string(), channel: optional(channel) }),
  /** `behind`: for how many seconds news have not been coming through; absent: they do. */
  object({ op: literal('pong'), position: optional(string()), behind: optional(number()) }),
]);

export type LiveEvent = InferOutput<typeof eventSchema>;
export type ServerFrame = InferOutput<typeof frameSchema>;

const OPS: ReadonlySet<unknown> = new Set(frameSchema.options.map(option => option.entries.op.literal));

/** undefined for what is not a frame; an `op` of a newer server is passed over in silence. */
export function parseFrame(text: unknown): ServerFrame | undefined {
  let frame: unknown;
  try {
    frame = typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    // Told below.
  }
  const op = (frame as { op?: unknown } | null | undefined)?.op;
  if (typeof op === 'string' && !OPS.has(op)) return undefined;
  return checked(frameSchema, frame, 'socket', typeof op === 'string' ? op : 'frame');
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
