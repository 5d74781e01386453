import { instance, number } from 'valibot';

const ROUNDS = 600_000;

/** What is kept of a secret so that it can be checked here, slowly, and not read. */
export const sealedEntries = { salt: instance(Uint8Array), hash: instance(Uint8Array), rounds: number() };

export interface SealedSecret {
  salt: Uint8Array<ArrayBuffer>;
  hash: Uint8Array<ArrayBuffer>;
  rounds: number;
}

/** @returns undefined where the browser gives no cryptography: on origins that are not secure */
export async function seal(secret: string): Promise<SealedSecret | undefined> {
  if (!crypto.subtle) return undefined;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt, hash: await derive(secret, salt, ROUNDS), rounds: ROUNDS };
}

export async function opens({ salt, hash, rounds }: SealedSecret, secret: string): Promise<boolean> {
  return Boolean(crypto.subtle) && sameBytes(await derive(secret, salt, rounds), hash);
}

async function derive(
  secret: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256));
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++) difference |= (one[index] ?? 0) ^ (other[index] ?? 0);
  return difference === 0;
}
