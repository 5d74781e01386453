import type { Device } from '../device/device.ts';
import { Problem } from '../platform/http/failure.ts';
import { request } from '../platform/http/request.ts';

export interface TillUser {
  login: string;
  displayName: string;
}

/** Who may log in on this till, or why nobody may. */
export type TillUsers =
  | { kind: 'loading' }
  | { kind: 'users'; users: TillUser[] }
  | { kind: 'pending' }
  | { kind: 'blocked' }
  | { kind: 'unknown' }
  | { kind: 'failed'; failure: unknown };

export async function readTillUsers(device: Device): Promise<TillUsers> {
  try {
    const { data } = await request<TillUser[]>(`/api/enterprises/${device.ksbId}/users`, {
      headers: { 'X-Device-Token': device.token },
    });
    return { kind: 'users', users: data };
  } catch (failure) {
    return refused(failure);
  }
}

function refused(failure: unknown): TillUsers {
  if (!(failure instanceof Problem)) return { kind: 'failed', failure };
  if (failure.is('device-pending')) return { kind: 'pending' };
  if (failure.status === 403) return { kind: 'blocked' };
  if (failure.status === 401 || failure.status === 404) return { kind: 'unknown' };
  return { kind: 'failed', failure };
}
