import type { ShopTill } from './shop-till.ts';
import type { Board } from './till-board.ts';

/** The server looks for silent tills every few seconds: a list that is older proves nothing. */
const LIST_GOOD_FOR = 90_000;

/**
 * Whether the day's sum is whole. `checking`: the server has not told yet; `unknown`: it cannot be told now, because the
 * server is not heard; `lacking`: these tills still owe something, or nobody knows whether they do.
 */
export type WholeDay =
  | { kind: 'checking' }
  | { kind: 'unknown' }
  | { kind: 'whole' }
  | { kind: 'lacking'; tills: readonly ShopTill[] };

/** What this till knows of itself, sooner than the server. */
export interface OwnTill {
  deviceId: string;
  unsent: number;
  /** Since when there have been unsent sales; milliseconds. */
  oldest: number | undefined;
}

/** The server decides about each till; this one only adds what it knows itself and how good the server's word still is. */
export function wholeDay({ tills, at }: Board, own: OwnTill, live: boolean, now: number): WholeDay {
  if (at === undefined) return live ? { kind: 'checking' } : { kind: 'unknown' };
  if (!live || now - at > LIST_GOOD_FOR) return { kind: 'unknown' };
  const lacking = tills.flatMap(till => {
    const told = till.deviceId === own.deviceId ? withOwn(till, own) : till;
    return told.complete ? [] : [told];
  });
  return lacking.length === 0 ? { kind: 'whole' } : { kind: 'lacking', tills: lacking };
}

function withOwn(till: ShopTill, own: OwnTill): ShopTill {
  if (own.unsent === 0) return till;
  const since = own.oldest === undefined ? till.since : new Date(own.oldest).toISOString();
  return { ...till, state: 'unsent', complete: false, away: false, unsent: own.unsent, since };
}
