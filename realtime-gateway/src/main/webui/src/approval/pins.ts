import { boolean, type InferOutput, nullish, number, object, optional, string } from 'valibot';
import { database, readValue, writeValue } from '../platform/db.ts';
import { decimalText } from '../platform/validate.ts';
import { GOOD_FOR } from '../session/offline-login.ts';
import { type LoginState, loginStateSchema } from '../session/session.ts';
import { opens, seal, sealedEntries } from '../session/slow-hash.ts';
import type { Rights } from './approval.ts';

/** Of a user whose PIN the server has checked on this till. */
export interface KnownPin {
  name: string;
  /** Of a manager who has approved here. */
  rights?: Rights | undefined;
  /** Of a cashier who has taken this till over. */
  state?: LoginState | undefined;
}

const keptSchema = object({
  ...sealedEntries,
  name: string(),
  rights: optional(object({ mayChangePrice: optional(boolean()), maxDiscountPercent: nullish(decimalText) })),
  state: optional(loginStateSchema),
  at: number(),
});
type Kept = InferOutput<typeof keptSchema>;

const triesSchema = object({ wrong: number(), until: number() });
type Tries = InferOutput<typeof triesSchema>;

const FREE_TRIES = 5;
const WAIT = 60_000;
const TRIES = 'pin-tries';

const keyOf = (login: string): string => `pin.${login}`;

/** After the server has checked a PIN: lets it count here without internet for 14 days. */
export async function rememberPin(
  login: string,
  pin: string,
  known: KnownPin,
  now = Date.now(),
): Promise<void> {
  const kept = await readValue(keyOf(login), keptSchema);
  const sealed = kept && (await opens(kept, pin)) ? kept : await seal(pin);
  if (!sealed) return;
  const { salt, hash, rounds } = sealed;
  const before = kept === sealed ? kept : undefined;
  await writeValue(keyOf(login), { ...before, ...known, salt, hash, rounds, at: now } satisfies Kept);
}

/** A PIN that the server refuses does not count without it either. */
export async function forgetPin(login: string): Promise<void> {
  await (await database()).delete('values', keyOf(login));
}

export type PinCheck =
  | { kind: 'right'; known: KnownPin }
  | { kind: 'wrong' }
  /** Nobody has told this till the user's PIN. */
  | { kind: 'unknown' }
  | { kind: 'wait'; seconds: number };

/** Checks a PIN on this till. Five wrong ones wait a minute; the wait outlasts a reload. */
export async function checkPin(login: string, pin: string, now = Date.now()): Promise<PinCheck> {
  const tries = (await readValue(TRIES, triesSchema)) ?? { wrong: 0, until: 0 };
  // A wait longer than any is of a clock that was put back since.
  if (now < tries.until && tries.until - now <= WAIT)
    return { kind: 'wait', seconds: Math.ceil((tries.until - now) / 1000) };
  const kept = await readValue(keyOf(login), keptSchema);
  if (!kept || !crypto.subtle || now - kept.at > GOOD_FOR) return { kind: 'unknown' };
  // Counted before it is decided: a reload in between is no free try.
  const wrong = tries.wrong + 1;
  await writeValue(TRIES, { wrong, until: wrong >= FREE_TRIES ? now + WAIT : 0 } satisfies Tries);
  if (!(await opens(kept, pin))) return { kind: 'wrong' };
  await (await database()).delete('values', TRIES);
  return { kind: 'right', known: kept };
}
