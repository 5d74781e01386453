export type PartState = 'WAITING' | 'READING' | 'APPLYING' | 'APPLIED' | 'FAILED';

export interface SyncPart {
  part: string;
  state: PartState;
  received: number;
  applied: number;
  unchanged: number;
  rejected: number;
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
}

export const partsDone = (sync: Sync): number => sync.parts.filter(part => part.state === 'APPLIED').length;

export function isSync(data: unknown): data is Sync {
  const value = data as Partial<Sync> | null | undefined;
  return typeof value?.id === 'string' && typeof value.status === 'string' && Array.isArray(value.parts);
}
