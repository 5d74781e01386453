import { number } from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionEnded } from '../src/platform/http/failure.ts';
import { Session } from '../src/session/session.ts';
import { aDevice, aToken, loginAnswer } from './fixtures.ts';
import { FakeServer } from './server.ts';

const REFRESH = 'POST /api/auth/refresh';
let server: FakeServer;
let sessions: Session[];

function open(device = aDevice()): Session {
  const session = new Session(device);
  sessions.push(session);
  return session;
}

async function loggedIn(): Promise<Session> {
  const session = open();
  await session.logIn('dilnoza', 'parol');
  return session;
}

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  sessions = [];
  server = new FakeServer()
    .on('POST /api/auth/login', { body: loginAnswer() })
    .on(REFRESH, { body: { accessToken: aToken({ n: 2 }), expiresIn: 900, refreshToken: 'refresh-2' } });
});
afterEach(() => {
  for (const session of sessions) session.close();
  vi.useRealTimers();
});

describe('a session', () => {
  it('begins with user, password, shop, till and the proof of the till', async () => {
    const session = await loggedIn();
    expect(session.state.get()?.user.displayName).toBe('Dilnoza Karimova');
    expect(server.calls[0]?.body).toMatchObject({ ksbId: '10000001', login: 'dilnoza', password: 'parol' });
    expect(server.calls[0]?.headers['x-device-token']).toBe('device-token');
  });
  it('survives F5 and is not there in a new window', async () => {
    await loggedIn();
    expect(open().state.get()?.user.login).toBe('dilnoza');
    sessionStorage.clear();
    expect(open().state.get()).toBeUndefined();
  });
  it('does not survive a change of the till', async () => {
    await loggedIn();
    expect(open(aDevice({ deviceId: 'another' })).state.get()).toBeUndefined();
  });
  it('renews its token before it expires and tells who listens', async () => {
    const session = await loggedIn();
    const told = vi.fn();
    session.onToken(told);
    await vi.advanceTimersByTimeAsync(13 * 60_000 - 1);
    expect(server.to(REFRESH)).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(2);
    expect(server.to(REFRESH)).toHaveLength(1);
    expect(told).toHaveBeenCalledWith(aToken({ n: 2 }));
    expect(sessionStorage.getItem('ksb-pos.session')).toContain('refresh-2');
  });
  it('renews once for many who ask at the same time', async () => {
    const session = await loggedIn();
    await Promise.all([session.renew(), session.renew(), session.renew()]);
    expect(server.to(REFRESH)).toHaveLength(1);
  });
  it('renews and repeats when a request finds the token too old', async () => {
    const session = await loggedIn();
    server.on('GET /api/totals', call =>
      call.headers.authorization === `Bearer ${aToken({ n: 2 })}` ? { body: 4 } : { status: 401 },
    );
    expect((await session.request('/api/totals', { answer: number() })).data).toBe(4);
  });
  it('stays without internet and tries again', async () => {
    const session = await loggedIn();
    server.on(REFRESH, 'no internet');
    await vi.advanceTimersByTimeAsync(14 * 60_000);
    expect(session.state.get()).toBeDefined();
    server.on(REFRESH, { body: { accessToken: aToken(), expiresIn: 900, refreshToken: 'refresh-3' } });
    await vi.advanceTimersByTimeAsync(16_000);
    expect(sessionStorage.getItem('ksb-pos.session')).toContain('refresh-3');
  });
  it('ends when the server takes no refresh token any more, and says so', async () => {
    const session = await loggedIn();
    server.problem(REFRESH, 401, 'unauthorized');
    await expect(session.renew()).rejects.toBeInstanceOf(SessionEnded);
    expect(session.state.get()).toBeUndefined();
    expect(session.ended.get()).toBe(true);
    expect(sessionStorage.getItem('ksb-pos.session')).toBeNull();
  });
  it('logs out on the till even when the server is away', async () => {
    const session = await loggedIn();
    server.on('POST /api/auth/logout', 'no internet');
    await session.logOut();
    expect(session.state.get()).toBeUndefined();
    expect(session.ended.get()).toBe(false);
  });
  it('does not come back when a renewal answers after the log-out', async () => {
    const session = await loggedIn();
    const renewal = session.renew().catch(failure => failure);
    await session.logOut();
    expect(await renewal).toBeInstanceOf(SessionEnded);
    expect(session.state.get()).toBeUndefined();
  });
});
