import { type InferOutput, number, object } from 'valibot';
import { database, readValue, writeValue } from '../platform/db.ts';
import { type LoginState, loginStateSchema } from './session.ts';
import { opens, seal, sealedEntries } from './slow-hash.ts';

/** How long a till without internet trusts what the server has checked here. */
export const GOOD_FOR = 14 * 86_400_000;

const verifierSchema = object({ ...sealedEntries, at: number(), login: loginStateSchema });
type Verifier = InferOutput<typeof verifierSchema>;

const keyOf = (login: string): string => `verifier.${login}`;

/** After a login that the server has checked: lets the same user log in on this till without internet for 14 days. */
export async function rememberLogin(password: string, state: LoginState, now = Date.now()): Promise<void> {
  const sealed = await seal(password);
  if (sealed)
    await writeValue(keyOf(state.user.login), { ...sealed, at: now, login: state } satisfies Verifier);
}

/** A user the server refuses may not come in without it either. */
export async function forgetLogin(login: string): Promise<void> {
  await (await database()).delete('values', keyOf(login));
}

/** @returns the user's rights as last known, or why not: `unknown` when nobody may check it here */
export async function checkOffline(
  login: string,
  password: string,
  now = Date.now(),
): Promise<LoginState | 'wrong' | 'unknown'> {
  const kept = await readValue(keyOf(login), verifierSchema);
  if (!kept || !crypto.subtle || now - kept.at > GOOD_FOR) return 'unknown';
  return (await opens(kept, password)) ? { ...kept.login, offline: true } : 'wrong';
}
