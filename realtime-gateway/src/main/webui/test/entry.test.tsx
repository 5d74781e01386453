import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../src/app/app.tsx';
import { deviceRecord } from '../src/device/device-record.ts';
import { ru } from '../src/i18n/ru.ts';
import { uzLatn as uz } from '../src/i18n/uz-latn.ts';
import { database } from '../src/platform/db.ts';
import { FakeSocket } from './fake-socket.ts';
import { aDevice, loginAnswer, totals } from './fixtures.ts';
import { button, choose, clear, eventually, find, press, show, text, type, underAct } from './screen.tsx';
import { FakeServer } from './server.ts';

const USERS = 'GET /api/enterprises/10000001/users';
let server: FakeServer;

async function open(path = '/'): Promise<void> {
  await show(<App />, path);
  await eventually(() => text().includes('KSB POS'));
}

async function enter(ksbId: string): Promise<void> {
  await type('input[name=ksbId]', ksbId);
  await press(button(uz.ksbIdCheck));
}

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  localStorage.setItem('ksb-pos.language', 'uz-Latn');
  await deviceRecord.forget();
  await (await database()).clear('values');
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  server = new FakeServer()
    .on('GET /api/enterprises/10000001', { body: { ksbId: '10000001', name: 'Baraka' } })
    .on('POST /api/devices', call => ({
      status: 201,
      body: { ...(call.body as object), code: '2', status: 'APPROVED', deviceToken: 'secret' },
    }))
    .on(USERS, {
      body: [
        { login: 'dilnoza', displayName: 'Dilnoza Karimova' },
        { login: 'jasur', displayName: 'Jasur Toshmatov' },
      ],
    })
    .on('POST /api/auth/login', { body: loginAnswer() })
    .on('GET /api/totals', { body: totals({ net: '1234567.00', count: 7, notDelivered: 3 }) })
    .on('GET /api/syncs/cooldown', { body: { secondsLeft: 0 } });
});
afterEach(clear);

describe('the first start', () => {
  it('asks for the KSB-ID, whatever address was opened', async () => {
    await open('/anything');
    expect(text()).toContain(uz.ksbIdTitle);
  });
  it('checks the number, confirms the shop, registers the till and leads to the login', async () => {
    await open();
    await enter('10000001');
    await eventually(() => text().includes('Baraka'));
    await press(button(uz.deviceRegister));
    await eventually(() => text().includes(uz.loginWho));
    expect(server.to('POST /api/devices')[0]?.body).toMatchObject({
      ksbId: '10000001',
      name: uz.deviceNameDefault,
      deviceId: expect.stringMatching(/^[0-9a-f-]{14}4[0-9a-f-]{21}$/),
    });
    expect(await deviceRecord.load()).toMatchObject({ ksbId: '10000001', token: 'secret', code: '2' });
    expect(server.to(USERS)[0]?.headers['x-device-token']).toBe('secret');
  });
  it('takes a new id when the first one is taken', async () => {
    let first = true;
    server.on('POST /api/devices', call => {
      if (first) {
        first = false;
        return { status: 409 };
      }
      return {
        status: 201,
        body: { ...(call.body as object), code: '3', status: 'APPROVED', deviceToken: 't' },
      };
    });
    await open();
    await enter('10000001');
    await eventually(() => text().includes('Baraka'));
    await press(button(uz.deviceRegister));
    await eventually(() => text().includes(uz.loginWho));
    const ids = server.to('POST /api/devices').map(({ body }) => (body as { deviceId: string }).deviceId);
    expect(new Set(ids).size).toBe(2);
  });
  it('does not ask the server for less than eight digits, and takes no letters', async () => {
    await open();
    await enter('12ab34');
    expect(find<HTMLInputElement>('input[name=ksbId]').value).toBe('1234');
    expect(text()).toContain(uz.ksbIdIncomplete);
    expect(server.calls).toHaveLength(0);
  });
  it.each([
    [
      'unknown',
      () => server.problem('GET /api/enterprises/10000001', 404, 'not-found'),
      uz.ksbIdUnknown('10000001'),
    ],
    [
      'blocked',
      () => server.problem('GET /api/enterprises/10000001', 403, 'enterprise-blocked'),
      uz.ksbIdBlocked,
    ],
    ['no internet', () => server.on('GET /api/enterprises/10000001', 'no internet'), uz.noInternet],
    [
      'server away',
      () => server.on('GET /api/enterprises/10000001', { status: 503, body: '<html>' }),
      uz.serverDown,
    ],
    [
      'asked too often',
      () => server.problem('GET /api/enterprises/10000001', 429, 'too-many-requests'),
      uz.tooMany,
    ],
  ])('says clearly: %s', async (_, prepare, words) => {
    prepare();
    await open();
    await enter('10000001');
    await eventually(() => text().includes(words));
  });
  it('lets one choose the language', async () => {
    await open();
    await choose('select', 'ru');
    await eventually(() => text().includes(ru.ksbIdTitle));
    expect(document.documentElement.lang).toBe('ru');
  });
});

describe('every later start', () => {
  beforeEach(() => deviceRecord.create(aDevice({ lastLogin: 'jasur' })));

  it('leads to the login, with the shop in the title bar and the last user chosen', async () => {
    await open();
    await eventually(() => text().includes('Jasur Toshmatov'));
    expect(find('.title-bar').textContent).toContain('Baraka');
    expect(find('.title-bar').textContent).toContain('10000001');
    expect(find<HTMLInputElement>('input[type=radio]:checked').value).toBe('jasur');
  });
  it('leads from login to the live home page', async () => {
    await open();
    await eventually(() => text().includes('Jasur Toshmatov'));
    await type('input[name=password]', 'parol');
    await press(button(uz.loginSubmit));
    await eventually(() => text().includes("1 234 567 so'm"));
    expect(find('[data-testid=not-delivered]').textContent).toBe('3');
    expect(find('.first-sync').textContent).toContain(uz.syncFirstButton);
    await eventually(() => FakeSocket.all.length === 1);
    const socket = FakeSocket.last;
    await underAct(() => {
      socket.opens();
      socket.says({ op: 'welcome', session: 's', expiresIn: 900, heartbeat: 25 });
      socket.says({
        op: 'subscribed',
        channels: socket.ops('subscribe').flatMap(frame => ('channels' in frame ? frame.channels : [])),
        recovered: true,
        position: 'p1',
      });
    });
    await eventually(() => text().includes(uz.live));
    const event = {
      op: 'event',
      channel: 'totals',
      type: 'totals.changed',
      id: 'e1',
      time: '',
      position: 'p2',
    } as const;
    await underAct(() => socket.says({ ...event, data: totals({ version: 2, net: '2000000.00' }) }));
    await eventually(() => text().includes("2 000 000 so'm"));
  });
  it('says that a password is wrong and asks again', async () => {
    server.problem('POST /api/auth/login', 401, 'wrong-credentials');
    await open();
    await eventually(() => text().includes('Jasur Toshmatov'));
    await type('input[name=password]', 'x');
    await press(button(uz.loginSubmit));
    await eventually(() => text().includes(uz.loginWrong));
    expect(find<HTMLInputElement>('input[name=password]').value).toBe('');
  });
  it('counts down when there were too many wrong passwords', async () => {
    server.problem('POST /api/auth/login', 429, 'too-many-attempts', { 'Retry-After': '20' });
    await open();
    await eventually(() => text().includes('Jasur Toshmatov'));
    await type('input[name=password]', 'x');
    await press(button(uz.loginSubmit));
    await eventually(() => /\d+ soniyadan keyin/.test(text()));
    expect(button(uz.loginSubmit).disabled).toBe(true);
  });
  it('shows that the till waits for approval, where an administrator may log in', async () => {
    server.problem(USERS, 403, 'device-pending');
    await open();
    await eventually(() => text().includes(uz.devicePending));
    await type('input[name=login]', 'admin');
    await type('input[name=password]', 'parol');
    await press(button(uz.loginSubmit));
    await eventually(() => text().includes(uz.daySum));
    expect(server.to('POST /api/auth/login')[0]?.body).toMatchObject({ login: 'admin' });
  });
  it.each([
    ['blocked', () => server.problem(USERS, 403, 'device-blocked'), uz.deviceBlocked],
    ['unknown there', () => server.problem(USERS, 401, 'device-unknown'), uz.deviceUnknown],
    ['without internet', () => server.on(USERS, 'no internet'), uz.noInternet],
  ])('says clearly: the till is %s', async (_, prepare, words) => {
    prepare();
    await open();
    await eventually(() => text().includes(words));
  });
  it('leaves the shop only when that is confirmed', async () => {
    await open();
    await eventually(() => text().includes('Jasur Toshmatov'));
    await press(button(uz.leave));
    expect(await deviceRecord.load()).toBeDefined();
    await press(button(uz.leaveYes));
    await eventually(() => text().includes(uz.ksbIdTitle));
    expect(await deviceRecord.load()).toBeUndefined();
  });
});
