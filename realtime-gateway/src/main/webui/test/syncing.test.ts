import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../src/session/session.ts';
import type { Sync } from '../src/sync/sync.ts';
import { Syncing, type SyncMemory } from '../src/sync/syncing.ts';
import { aDevice, loginAnswer } from './fixtures.ts';
import { FakeServer } from './server.ts';

const part = (state: Sync['parts'][0]['state']) => ({
  part: 'products',
  state,
  received: 0,
  applied: 0,
  unchanged: 0,
  rejected: [],
});
const run = (status: Sync['status'], state: Sync['parts'][0]['state'] = 'READING'): Sync => ({
  id: 's1',
  status,
  parts: [part(state)],
  startedAt: '2026-11-23T10:00:00+05:00',
  finishedAt: null,
});
const event = (data: unknown) => ({
  op: 'event' as const,
  channel: 'sync',
  type: 'sync.progress',
  id: 'e',
  time: '',
  position: 'p',
  data,
});

let server: FakeServer;
let session: Session;
let memory: SyncMemory;
let opened: Syncing[];

function open(): Syncing {
  const syncing = new Syncing(session, memory, () => undefined);
  opened.push(syncing);
  return syncing;
}

beforeEach(async () => {
  vi.useFakeTimers();
  sessionStorage.clear();
  localStorage.clear();
  memory = {};
  opened = [];
  server = new FakeServer()
    .on('POST /api/auth/login', { body: loginAnswer() })
    .on('GET /api/syncs/cooldown', { body: { nextAllowedAt: null, secondsLeft: 600 } });
  session = new Session(aDevice());
  await session.logIn('dilnoza', 'parol');
});
afterEach(() => {
  for (const syncing of opened) syncing.close();
  session.close();
  vi.useRealTimers();
});

describe('the Sync button', () => {
  it('starts a run, shows its progress and begins the wait the server names', async () => {
    server.on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    const syncing = open();
    await syncing.start();
    expect(syncing.state.get()).toMatchObject({
      sync: { status: 'RUNNING' },
      synced: false,
      starting: false,
    });
    expect(syncing.state.get().readyAt).toBe(Date.now() + 600_000);
  });
  it('never goes back by the whole seconds of the server', async () => {
    server.on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    const syncing = open();
    await syncing.start();
    const { readyAt } = syncing.state.get();
    vi.advanceTimersByTime(900);
    await syncing.reload();
    expect(syncing.state.get().readyAt).toBe(readyAt);
    vi.advanceTimersByTime(60_000);
    await syncing.reload();
    expect(syncing.state.get().readyAt).toBe(Date.now() + 600_000);
  });
  it('keeps timer and progress over a reload', async () => {
    server.on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    await open().start();
    const { readyAt } = opened[0]?.state.get() ?? {};
    const again = open();
    expect(again.state.get().readyAt).toBe(readyAt);
    server.on('GET /api/syncs/s1', { body: run('RUNNING', 'APPLYING') });
    await again.reload();
    expect(again.state.get().sync?.parts[0]?.state).toBe('APPLYING');
  });
  it('finds the run that another window of this till has started', async () => {
    server.on('GET /api/syncs/cooldown', { body: { nextAllowedAt: null, secondsLeft: 0, running: 's1' } });
    server.on('GET /api/syncs/s1', { body: run('RUNNING') });
    const syncing = open();
    await syncing.reload();
    expect(syncing.state.get().sync?.id).toBe('s1');
  });
  it('waits as long as a refusal says', async () => {
    server.problem('POST /api/syncs', 429, 'cooldown', { 'Retry-After': '42' });
    const syncing = open();
    await syncing.start();
    expect(syncing.state.get()).toMatchObject({ readyAt: Date.now() + 42_000, failure: undefined });
  });
  it('says when it did not start for want of internet', async () => {
    server.on('POST /api/syncs', 'no internet');
    const syncing = open();
    await syncing.start();
    expect(syncing.state.get()).toMatchObject({ starting: false, failure: { name: 'Unreachable' } });
  });
  it('follows its run over the socket and leaves those of other tills alone', async () => {
    server.on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    const syncing = open();
    await syncing.start();
    syncing.event(event({ ...run('COMPLETED', 'APPLIED'), id: 'of another till' }));
    expect(syncing.state.get().sync?.status).toBe('RUNNING');
    syncing.event(event(run('COMPLETED', 'APPLIED')));
    expect(syncing.state.get()).toMatchObject({ sync: { status: 'COMPLETED' }, synced: true });
  });
  it('looks for itself when an event tells only that its run is over', async () => {
    server.on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    const syncing = open();
    await syncing.start();
    server.on('GET /api/syncs/s1', { body: run('COMPLETED', 'APPLIED') });
    syncing.event(event({ syncId: 's1', parts: [] }));
    await vi.advanceTimersByTimeAsync(0);
    expect(syncing.state.get().synced).toBe(true);
  });
  it('asks by itself while there is no socket, and not after the end', async () => {
    server.on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    const syncing = open();
    await syncing.start();
    server.on('GET /api/syncs/s1', 'no internet');
    await vi.advanceTimersByTimeAsync(5_000);
    server.on('GET /api/syncs/s1', { body: run('COMPLETED', 'APPLIED') });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(syncing.state.get().sync?.status).toBe('COMPLETED');
    const asked = server.to('GET /api/syncs/s1').length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.to('GET /api/syncs/s1')).toHaveLength(asked);
  });
  it('does not come back to life by an answer that was late', async () => {
    server.on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    const syncing = open();
    await syncing.start();
    syncing.event(event(run('COMPLETED')));
    syncing.event(event(run('RUNNING')));
    expect(syncing.state.get().sync?.status).toBe('COMPLETED');
  });
  it('is free again after a run that failed, as the server says', async () => {
    server.on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    const syncing = open();
    await syncing.start();
    server.on('GET /api/syncs/cooldown', { body: { nextAllowedAt: null, secondsLeft: 0 } });
    syncing.event(event(run('FAILED', 'FAILED')));
    await vi.advanceTimersByTimeAsync(0);
    expect(syncing.state.get()).toMatchObject({ readyAt: 0, synced: false });
  });

  it('ends a run that goes on, and only such a one', async () => {
    server
      .on('POST /api/syncs', { status: 202, body: run('RUNNING') })
      .on('DELETE /api/syncs/s1', { body: run('CANCELLED', 'WAITING') });
    const syncing = open();
    await syncing.cancel();
    expect(server.to('DELETE /api/syncs/s1')).toEqual([]);
    await syncing.start();
    await syncing.cancel();
    expect(syncing.state.get().sync).toMatchObject({ status: 'CANCELLED' });
    expect(syncing.state.get().synced).toBe(false);
  });

  it('has the back office offer everything again, and says so until the next run', async () => {
    server
      .on('POST /api/syncs/full', { status: 204 })
      .on('POST /api/syncs', { status: 202, body: run('RUNNING') });
    const syncing = open();
    await syncing.askForEverything();
    expect(syncing.state.get().everything).toBe(true);
    await syncing.start();
    expect(syncing.state.get().everything).toBe(false);
  });

  it('tells why everything cannot be asked for', async () => {
    server.problem('POST /api/syncs/full', 503, 'unavailable');
    const syncing = open();
    await syncing.askForEverything();
    expect(syncing.state.get()).toMatchObject({ everything: false, failure: { status: 503 } });
  });
});
