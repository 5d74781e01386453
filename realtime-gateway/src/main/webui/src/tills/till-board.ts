import { unknown } from 'valibot';
import { UnreadableAnswer } from '../platform/http/failure.ts';
import type { Requests } from '../platform/http/request.ts';
import type { Follower } from '../platform/live/live-client.ts';
import type { LiveEvent } from '../platform/live/protocol.ts';
import { Store } from '../platform/store.ts';
import { readTill, readTills, type ShopTill } from './shop-till.ts';

export interface Board {
  /** By their code. */
  tills: readonly ShopTill[];
  /** When the server last told of all of them; undefined: not yet. Milliseconds. */
  at: number | undefined;
}

/** The tills of the shop, live. A list is all there is; an event changes one. */
export class TillBoard implements Follower {
  readonly channel = 'tills';
  readonly board = new Store<Board>({ tills: [], at: undefined });

  constructor(private readonly session: Requests) {}

  snapshot(data: unknown): Promise<void> | undefined {
    const read = readTills(data, 'socket');
    if (!read) return undefined;
    if (read.next !== undefined) return this.reload();
    this.#take(read.tills);
    return undefined;
  }

  event({ data }: LiveEvent): void {
    const till = readTill(data, 'socket');
    if (!till) return;
    const { tills, at } = this.board.get();
    const before = tills.find(one => one.deviceId === till.deviceId);
    if (before && before.version >= till.version) return;
    const others = tills.filter(one => one !== before);
    this.board.set({ tills: till.state === 'removed' ? others : sorted([...others, till]), at });
  }

  async reload(): Promise<void> {
    const all: ShopTill[] = [];
    for (let after = ''; ; ) {
      const { data } = await this.session.request(`/api/tills?limit=1000${after}`, { answer: unknown() });
      const read = readTills(data, 'server');
      if (!read) throw new UnreadableAnswer('/api/tills');
      all.push(...read.tills);
      if (read.next === undefined) break;
      after = `&after=${encodeURIComponent(read.next)}`;
    }
    this.#take(all);
  }

  /** An event may have come before the list that was asked for earlier: the higher version stays. */
  #take(list: readonly ShopTill[]): void {
    const known = new Map(this.board.get().tills.map(one => [one.deviceId, one]));
    const tills = list.map(one => {
      const before = known.get(one.deviceId);
      return before && before.version > one.version ? before : one;
    });
    this.board.set({ tills: sorted(tills), at: Date.now() });
  }
}

const sorted = (tills: ShopTill[]): ShopTill[] =>
  tills.sort((a, b) => Number(a.code ?? 0) - Number(b.code ?? 0) || (a.deviceId < b.deviceId ? -1 : 1));
