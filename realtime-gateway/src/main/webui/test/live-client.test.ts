import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem, SessionEnded } from '../src/platform/http/failure.ts';
import { type Follower, LiveClient } from '../src/platform/live/live-client.ts';
import { FakeSocket } from './fake-socket.ts';

function aFollower() {
  return {
    channel: 'totals',
    event: vi.fn<Follower['event']>(),
    snapshot: vi.fn<(data: unknown) => void>(),
    reload: vi.fn<Follower['reload']>(async () => undefined),
  };
}

let follower: ReturnType<typeof aFollower>;
let client: LiveClient;
let token: number;
const tokens = {
  token: async () => `token-${token}`,
  renew: async () => {
    token += 1;
    client.authenticate(`token-${token}`);
    return `token-${token}`;
  },
};

const event = (id: string, position: string) => ({
  op: 'event' as const,
  channel: 'totals',
  type: 'totals.changed',
  id,
  time: '2026-11-23T10:00:00Z',
  position,
  data: id,
});
const welcome = { op: 'welcome' as const, session: 's', expiresIn: 900, heartbeat: 25 };
const subscribed = (recovered = true, position = 'p0') => ({
  op: 'subscribed' as const,
  channels: ['totals'],
  recovered,
  position,
});
const phase = () => client.connection.get().phase;
const settle = () => vi.advanceTimersByTimeAsync(0);

async function open(): Promise<FakeSocket> {
  await settle();
  FakeSocket.last.opens();
  return FakeSocket.last;
}

async function goLive(): Promise<FakeSocket> {
  const socket = await open();
  socket.says(welcome);
  socket.says(subscribed());
  await settle();
  return socket;
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  token = 0;
  follower = aFollower();
  client = new LiveClient({
    url: 'ws://till/ws',
    tokens,
    followers: [follower],
    openSocket: (url, protocol) => new FakeSocket(url, protocol) as unknown as WebSocket,
    random: () => 0.5,
  });
  client.start();
});
afterEach(() => {
  client.stop();
  vi.useRealTimers();
});

describe('the live client', () => {
  it('authenticates first, then subscribes, and is live once the server confirms', async () => {
    const socket = await open();
    expect(socket.protocol).toBe('pos.v1');
    expect(socket.sent).toEqual([{ op: 'auth', token: 'token-0' }]);
    socket.says(welcome);
    expect(socket.sent.at(-1)).toEqual({ op: 'subscribe', channels: ['totals'] });
    expect(phase()).toBe('catching-up');
    socket.says(subscribed());
    await settle();
    expect(phase()).toBe('live');
    expect(follower.reload).not.toHaveBeenCalled();
  });
  it('says since when the server itself is behind, until a pong says that it is not', async () => {
    const socket = await goLive();
    const now = Date.now();
    socket.says({ op: 'error', type: '/problems/behind', detail: 'old' });
    await settle();
    expect(client.connection.get()).toEqual({ phase: 'behind', since: now });
    socket.says({ op: 'pong', behind: 40 });
    await settle();
    expect(client.connection.get()).toEqual({ phase: 'behind', since: now - 40_000 });
    socket.says({ op: 'pong', position: 'p9' });
    await settle();
    expect(phase()).toBe('live');
  });
  it('is not live when it resumes at a server that is behind, nor when the reload is through', async () => {
    const socket = await open();
    socket.says(welcome);
    socket.says({ op: 'error', type: '/problems/behind', detail: 'old' });
    await settle();
    expect(phase()).toBe('catching-up');
    socket.says(subscribed(false));
    await settle();
    expect(follower.reload).toHaveBeenCalledOnce();
    expect(phase()).toBe('behind');
  });
  it('forgets that a server was behind with the connection to it', async () => {
    const socket = await goLive();
    socket.says({ op: 'pong', behind: 40 });
    await settle();
    expect(phase()).toBe('behind');
    socket.breaks();
    expect(phase()).toBe('offline');
    await vi.advanceTimersByTimeAsync(2_000);
    const second = await open();
    second.says(welcome);
    second.says(subscribed());
    await settle();
    expect(phase()).toBe('live');
  });
  it('hands on snapshots and events', async () => {
    const socket = await goLive();
    socket.says({ op: 'snapshot', channel: 'totals', data: 'now' });
    socket.says(event('e1', 'p1'));
    expect(follower.snapshot).toHaveBeenCalledWith('now');
    expect(follower.event).toHaveBeenCalledWith(event('e1', 'p1'));
  });
  it('resumes after a break from its last position', async () => {
    const socket = await goLive();
    socket.says(event('e1', 'p1'));
    socket.breaks();
    expect(phase()).toBe('offline');
    await vi.advanceTimersByTimeAsync(2_000);
    const second = await open();
    second.says(welcome);
    expect(second.sent.at(-1)).toEqual({ op: 'subscribe', channels: ['totals'], since: 'p1' });
  });
  it('applies an event once, however often it comes', async () => {
    const socket = await goLive();
    socket.says(event('e1', 'p1'));
    socket.says(event('e1', 'p1'));
    expect(follower.event).toHaveBeenCalledTimes(1);
  });
  it('reloads over HTTP when the server could not replay, and is not live before that is done', async () => {
    let finish = () => {};
    follower.reload.mockImplementation(
      () =>
        new Promise<void>(done => {
          finish = done;
        }),
    );
    const socket = await open();
    socket.says(welcome);
    socket.says(subscribed(false));
    await settle();
    expect(follower.reload).toHaveBeenCalledTimes(1);
    expect(phase()).toBe('catching-up');
    finish();
    await settle();
    expect(phase()).toBe('live');
  });
  it.each([
    { op: 'snapshot' as const, channel: 'totals', data: null },
    { op: 'error' as const, type: '/problems/snapshot-unavailable', detail: 'totals cannot be read now' },
  ])('asks the owner itself when the gateway has no snapshot to give: $op', async frame => {
    const socket = await goLive();
    socket.says(frame);
    expect(phase()).toBe('catching-up');
    await settle();
    expect(follower.reload).toHaveBeenCalledTimes(1);
    expect(follower.snapshot).not.toHaveBeenCalled();
    expect(phase()).toBe('live');
  });
  it('takes the position of a pong too: a quiet shop stays resumable', async () => {
    const socket = await goLive();
    socket.says({ op: 'pong', position: 'p9' });
    socket.breaks();
    client.networkIsBack();
    const second = await open();
    second.says(welcome);
    expect(second.sent.at(-1)).toMatchObject({ since: 'p9' });
  });
  it('repeats a reload that failed: it never shows a stale screen as live', async () => {
    follower.reload.mockRejectedValueOnce(new Error('away'));
    const socket = await open();
    socket.says(welcome);
    socket.says(subscribed(false));
    await settle();
    expect(phase()).toBe('catching-up');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(follower.reload).toHaveBeenCalledTimes(2);
    expect(phase()).toBe('live');
  });
  it('asks a silent server, and takes the answer for a heartbeat', async () => {
    const socket = await goLive();
    for (let answered = 0; answered < 6; answered++) {
      while (socket.ops('ping').length === answered) await vi.advanceTimersByTimeAsync(1_000);
      socket.says({ op: 'pong', position: `p${answered}` });
    }
    socket.says({ op: 'pong' });
    expect(phase()).toBe('live');
    expect(FakeSocket.all).toHaveLength(1);
  });
  it('shows after 30 s of silence since when it is stale, and connects anew', async () => {
    const heard = Date.now();
    const socket = await goLive();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(phase()).toBe('live');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.connection.get()).toEqual({ phase: 'offline', since: heard });
    expect(socket.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(FakeSocket.all).toHaveLength(2);
  });
  it('waits longer after each failure, never more than about 30 s, and begins anew after success', async () => {
    const gaps: number[] = [];
    await settle();
    for (let attempt = 0; attempt < 8; attempt++) {
      const before = Date.now();
      const count = FakeSocket.all.length;
      FakeSocket.last.breaks();
      while (FakeSocket.all.length === count) await vi.advanceTimersByTimeAsync(100);
      gaps.push(Date.now() - before);
    }
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(gaps[0]).toBeLessThanOrEqual(1_000);
    expect(gaps.at(-1)).toBeLessThanOrEqual(30_200);
  });
  it('connects at once when the network is back', async () => {
    const socket = await goLive();
    socket.breaks();
    client.networkIsBack();
    await settle();
    expect(FakeSocket.all).toHaveLength(2);
  });
  it('renews its token in place when the server says it expires', async () => {
    const socket = await goLive();
    socket.says({ op: 'expiring', in: 60 });
    await settle();
    expect(socket.sent.at(-1)).toEqual({ op: 'auth', token: 'token-1' });
    socket.says(welcome);
    expect(socket.ops('subscribe')).toHaveLength(1);
    expect(phase()).toBe('live');
  });
  it('gets a new token after 4401 and comes back', async () => {
    const socket = await goLive();
    socket.breaks(4401);
    await vi.advanceTimersByTimeAsync(2_000);
    const second = await open();
    expect(second.sent[0]).toEqual({ op: 'auth', token: 'token-1' });
  });
  it('stays away after 4403 when the session has ended: blocked', async () => {
    const socket = await goLive();
    vi.spyOn(tokens, 'renew').mockRejectedValue(new SessionEnded());
    socket.breaks(4403);
    expect(phase()).toBe('stopped');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeSocket.all).toHaveLength(1);
  });
  it('asks again, slowly, after 4403 when the session is still good', async () => {
    const socket = await goLive();
    socket.breaks(4403);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(FakeSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(FakeSocket.all).toHaveLength(2);
  });
  it('moves without a gap: the new connection resumes before the old one is left', async () => {
    const old = await goLive();
    old.says(event('e1', 'p1'));
    old.says({ op: 'move', within: 30 });
    await vi.advanceTimersByTimeAsync(14_000);
    expect(FakeSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    const next = await open();
    old.says(event('e2', 'p2'));
    next.says(welcome);
    expect(next.sent.at(-1)).toMatchObject({ op: 'subscribe', since: 'p2' });
    expect(phase()).toBe('live');
    expect(old.closed).toBe(false);
    next.says(subscribed(true, 'p2'));
    await settle();
    expect(old.closed).toBe(true);
    old.says(event('e3', 'p3'));
    next.says(event('e3', 'p3'));
    expect(follower.event).toHaveBeenCalledTimes(3);
    expect(phase()).toBe('live');
  });
  it('ignores what it does not understand', async () => {
    const socket = await goLive();
    socket.onmessage?.({ data: 'no json' });
    socket.onmessage?.({ data: '{"op":"new-thing"}' });
    socket.onmessage?.({ data: 'null' });
    expect(phase()).toBe('live');
  });
  it('is live when the user may not have a channel, also after a reconnect', async () => {
    const socket = await open();
    socket.says(welcome);
    socket.says({ op: 'error', type: '/problems/not-allowed', detail: 'You may not have totals.' });
    await settle();
    expect(phase()).toBe('live');
    socket.breaks();
    await vi.advanceTimersByTimeAsync(2_000);
    const second = await open();
    second.says(welcome);
    await settle();
    expect(second.ops('subscribe')).toEqual([]);
    expect(phase()).toBe('live');
  });
  it('takes 403 of a reload for an answer', async () => {
    follower.reload.mockRejectedValue(new Problem(403, '/problems/forbidden', 'no'));
    const socket = await open();
    socket.says(welcome);
    socket.says(subscribed(false));
    await settle();
    expect(phase()).toBe('live');
  });
  it('subscribes and unsubscribes for followers that come and go', async () => {
    const socket = await goLive();
    const sale = { ...aFollower(), channel: 'sale:1' };
    const leave = client.follow(sale);
    expect(socket.sent.at(-1)).toEqual({ op: 'subscribe', channels: ['sale:1'] });
    socket.says({ op: 'subscribed', channels: ['sale:1'], recovered: true, position: 'p9' });
    socket.says({ ...event('e5', 'p10'), channel: 'sale:1' });
    expect(sale.event).toHaveBeenCalledTimes(1);
    leave();
    expect(socket.sent.at(-1)).toEqual({ op: 'unsubscribe', channels: ['sale:1'] });
  });
  it('loses nobody’s event when one follower throws, and gives that one its state anew', async () => {
    const other = aFollower();
    client.follow(other);
    const socket = await goLive();
    follower.event.mockImplementation(() => {
      throw new Error('broken');
    });
    socket.says(event('e1', 'p1'));
    await settle();
    expect(other.event).toHaveBeenCalledTimes(1);
    expect(follower.reload).toHaveBeenCalledTimes(1);
  });
  it('moves its position only after the followers have stored the event', async () => {
    const socket = await goLive();
    let stored: () => void = () => undefined;
    follower.event.mockImplementation(() => new Promise<void>(resolve => (stored = resolve)));
    socket.says(event('e1', 'p1'));
    socket.breaks();
    await vi.advanceTimersByTimeAsync(2_000);
    const second = await open();
    second.says(welcome);
    expect(second.sent.at(-1)).toMatchObject({ since: 'p0' });
    stored();
  });
  it('gives an event of all sales also to who follows that sale', async () => {
    const sale = { ...aFollower(), channel: 'sale:1' };
    const all = { ...aFollower(), channel: 'sales' };
    client.follow(sale);
    client.follow(all);
    const socket = await goLive();
    socket.says({ ...event('e1', 'p1'), channel: 'sales', data: { id: '1' } });
    socket.says({ ...event('e2', 'p2'), channel: 'sales', data: { id: '2' } });
    expect(sale.event).toHaveBeenCalledTimes(1);
    expect(all.event).toHaveBeenCalledTimes(2);
  });
  it('is offline at once when the device says so', async () => {
    await goLive();
    client.networkIsGone();
    expect(phase()).toBe('offline');
  });
  it('asks before it judges when the browser held its timers back', async () => {
    const socket = await goLive();
    vi.setSystemTime(Date.now() + 60_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(phase()).toBe('live');
    expect(socket.sent.at(-1)).toEqual({ op: 'ping' });
    await vi.advanceTimersByTimeAsync(25_000);
    expect(phase()).toBe('offline');
  });
});
