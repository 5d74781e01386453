import { array, boolean, object, optional, string } from 'valibot';
import type { Device } from '../device/device.ts';
import { readValue, writeValue } from '../platform/db.ts';
import { reads, type Settings } from '../platform/http/api.ts';
import { Problem } from '../platform/http/failure.ts';
import { request } from '../platform/http/request.ts';

export interface TillUser {
  login: string;
  displayName: string;
  /** May approve what a cashier may not do. */
  manager?: boolean;
  hasPin?: boolean;
}

/** Who may log in on this till, or why nobody may. */
export type TillUsers =
  | { kind: 'loading' }
  /** `offline`: as the till last heard. */
  | { kind: 'users'; users: TillUser[]; offline?: boolean }
  | { kind: 'pending' }
  | { kind: 'blocked' }
  | { kind: 'unknown' }
  | { kind: 'failed'; failure: unknown };

const usersSchema = reads<Settings<'TillUser'>[]>()(
  array(
    object({
      login: string(),
      displayName: string(),
      manager: optional(boolean(), false),
      hasPin: optional(boolean(), false),
    }),
  ),
);
const KEPT_AS = 'till-users';

export async function readTillUsers(device: Device): Promise<TillUsers> {
  try {
    const { data: users } = await request(`/api/enterprises/${device.ksbId}/users`, {
      headers: { 'X-Device-Token': device.token },
      answer: usersSchema,
    });
    await writeValue(KEPT_AS, users).catch(() => undefined);
    return { kind: 'users', users };
  } catch (failure) {
    const answer = refused(failure);
    if (answer.kind !== 'failed') return answer;
    const kept = await readValue(KEPT_AS, usersSchema).catch(() => undefined);
    return kept ? { kind: 'users', users: kept, offline: true } : answer;
  }
}

function refused(failure: unknown): TillUsers {
  if (!(failure instanceof Problem)) return { kind: 'failed', failure };
  if (failure.is('device-pending')) return { kind: 'pending' };
  if (failure.status === 403) return { kind: 'blocked' };
  if (failure.status === 401 || failure.status === 404) return { kind: 'unknown' };
  return { kind: 'failed', failure };
}
