import { type GenericSchema, getDotPath, type InferOutput, safeParse } from 'valibot';
import { Store } from './store.ts';

/** Where something came into the program from. */
export type Border = 'server' | 'socket' | 'storage' | 'window' | 'file';

/** What came in another form than it should: it was dropped. The newest of its kind, and how many there were. */
export interface Dropped {
  border: Border;
  /** For example an address, or the name of a store. */
  what: string;
  /** Which part of it, and why. */
  why: string;
  count: number;
  /** Milliseconds. */
  at: number;
}

/** A till that drops many things has trouble that somebody must see, but no memory for all of it. */
const MOST_KINDS = 50;
const LONGEST_WHY = 200;

/** All that was dropped since the start, for the page "Kassa holati"; the newest first. */
export const droppedThings = new Store<readonly Dropped[]>([]);

/** @returns undefined for what has another form: it is dropped, and told on the page of the till's state */
export function checked<Schema extends GenericSchema>(
  schema: Schema,
  data: unknown,
  border: Border,
  what: string,
): InferOutput<Schema> | undefined {
  const parsed = safeParse(schema, data);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = getDotPath(issue);
  drop(border, what, path ? `${path}: ${issue.message}` : issue.message);
  return undefined;
}

/** The items that have the form; each other one is dropped alone. */
export function checkedEach<Schema extends GenericSchema>(
  schema: Schema,
  items: readonly unknown[],
  border: Border,
  what: string,
): InferOutput<Schema>[] {
  return items.flatMap(item => {
    const one = checked(schema, item, border, what);
    return one === undefined ? [] : [one];
  });
}

/** Takes over what a worker of this window has dropped. */
export function takeDropped(those: readonly Dropped[]): void {
  const others = droppedThings.get().filter(one => !those.some(that => isSameKind(one, that)));
  droppedThings.set([...those, ...others].slice(0, MOST_KINDS));
}

const isSameKind = (one: Pick<Dropped, 'border' | 'what'>, other: Pick<Dropped, 'border' | 'what'>) =>
  one.border === other.border && one.what === other.what;

export function drop(border: Border, what: string, why: string): void {
  const all = droppedThings.get();
  const before = all.find(one => isSameKind(one, { border, what }));
  const now = {
    border,
    what,
    why: why.slice(0, LONGEST_WHY),
    count: (before?.count ?? 0) + 1,
    at: Date.now(),
  };
  droppedThings.set([now, ...all.filter(one => one !== before)].slice(0, MOST_KINDS));
}
