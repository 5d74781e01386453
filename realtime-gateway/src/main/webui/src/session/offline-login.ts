import { database, readValue, writeValue } from '../platform/db.ts';
import type { LoginState } from './session.ts';

const ROUNDS = 600_000;
const GOOD_FOR = 14 * 86_400_000;

interface Verifier {
  salt: Uint8Array;
  hash: Uint8Array;
  rounds: number;
  at: number;
  login: LoginState;
}

const keyOf = (login: string): string => `verifier.${login}`;

/** After a login that the server has checked: lets the same user log in on this till without internet for 14 days. */
export async function rememberLogin(password: string, state: LoginState, now = Date.now()): Promise<void> {
  // Browsers give it to secure origins only.
  if (!crypto.subtle) return;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const hash = await derive(password, salt, ROUNDS);
  await writeValue(keyOf(state.user.login), {
    salt,
    hash,
    rounds: ROUNDS,
    at: now,
    login: state,
  } satisfies Verifier);
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
  const kept = await readValue<Verifier>(keyOf(login));
  if (!kept || !crypto.subtle || now - kept.at > GOOD_FOR) return 'unknown';
  const hash = await derive(password, kept.salt, kept.rounds);
  return sameBytes(hash, kept.hash) ? { ...kept.login, offline: true } : 'wrong';
}

async function derive(password: string, salt: Uint8Array, iterations: number): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(password);
  const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: salt as BufferSource, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256));
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++) difference |= (one[index] ?? 0) ^ (other[index] ?? 0);
  return difference === 0;
}
