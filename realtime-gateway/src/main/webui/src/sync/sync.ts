export type PartState = 'WAITING' | 'READING' | 'APPLYING' | 'APPLIED' | 'FAILED';

export interface SyncPart {
  part: string;
  state: PartState;
  received: number;
  applied: number;
  unchanged: number;
  /** How many rows their receiver refused; without it, the first of them are counted. */
  rejectedCount?: number;
  rejected?: { id: string; reason: string }[];
  reason?: string | null;
}

export interface Sync {
  id: string;
  status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  first?: boolean;
  parts: SyncPart[];
  startedAt: string;
  finishedAt?: string | null;
}

export interface Cooldown {
  secondsLeft: number;
  /** This till's run that is going on, for example started in another window. */
  running?: string | null;
}

export const partsDone = (sync: Sync): number => sync.parts.filter(part => part.state === 'APPLIED').length;

export function isSync(data: unknown): data is Sync {
  const value = data as Partial<Sync> | null | undefined;
  return typeof value?.id === 'string' && typeof value.status === 'string' && Array.isArray(value.parts);
}
