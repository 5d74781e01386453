import {
  array,
  boolean,
  type InferOutput,
  nullish,
  number,
  object,
  optional,
  picklist,
  string,
} from 'valibot';
import { reads, type Syncs } from '../platform/http/api.ts';

const partSchema = reads<Syncs<'PartView'>>()(
  object({
    part: string(),
    state: picklist(['WAITING', 'READING', 'APPLYING', 'APPLIED', 'FAILED']),
    received: number(),
    applied: number(),
    unchanged: number(),
    /** How many rows their receiver refused; without it, the first of them are counted. */
    rejectedCount: optional(number()),
    /** Without an id when not even that could be read. */
    rejected: nullish(array(object({ id: nullish(string()), reason: string() }))),
    reason: nullish(string()),
    reasonCode: nullish(string()),
  }),
);
export const syncSchema = reads<Syncs<'SyncView'>>()(
  object({
    id: string(),
    status: picklist(['RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED']),
    first: optional(boolean()),
    parts: array(partSchema),
    startedAt: string(),
    finishedAt: nullish(string()),
  }),
);
export const cooldownSchema = reads<Syncs<'CooldownView'>>()(
  object({
    secondsLeft: number(),
    /** This till's run that is going on, for example started in another window. */
    running: nullish(string()),
  }),
);

export type Sync = InferOutput<typeof syncSchema>;
export type SyncPart = InferOutput<typeof partSchema>;
export type PartState = SyncPart['state'];

export const partsDone = (sync: Sync): number => sync.parts.filter(part => part.state === 'APPLIED').length;
