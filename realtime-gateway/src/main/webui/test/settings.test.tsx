import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Notices } from '../src/design/notices.tsx';
import { HouseData } from '../src/house/house.ts';
import { pageTexts } from '../src/i18n/pages/index.ts';
import { Session } from '../src/session/session.ts';
import SettingsPage from '../src/settings/settings-page.tsx';
import { aDevice, loginAnswer } from './fixtures.ts';
import { choose, clear, eventually, find, press, showPage, text, type } from './screen.tsx';
import { FakeServer } from './server.ts';

const words = pageTexts['uz-Latn'];
const DEVICE = `/api/devices/${aDevice().deviceId}/settings`;
const SETTINGS = {
  resendSeconds: 300,
  timeoutSeconds: 30,
  receiptHeader: 'Xush kelibsiz',
  receiptFooter: '',
  receiptWidth: 'MM80',
  scan: 'RAISES_LINE',
  askQuantity: false,
};

let server: FakeServer;
let session: Session;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  server = new FakeServer()
    .on('POST /api/auth/login', {
      body: loginAnswer({ user: { login: 'admin', displayName: 'Admin', role: 'ADMIN' } }),
    })
    .on(`GET ${DEVICE}`, { body: SETTINGS, headers: { ETag: '"3"' } });
});
afterEach(async () => {
  await clear();
  session.close();
});

async function open(tab: string): Promise<void> {
  session = new Session(aDevice());
  await session.logIn('admin', 'parol');
  const login = session.state.get();
  if (!login) throw new Error('not logged in');
  const workplace = { session, device: aDevice(), house: new HouseData(session, aDevice().deviceId) };
  await showPage(
    <>
      <SettingsPage login={login} />
      <Notices />
    </>,
    workplace,
    { path: `/settings?tab=${tab}` },
  );
}

const at = (name: string): string => `[data-testid=${name}]`;
const isShown = (name: string): boolean => document.querySelector(at(name)) !== null;
const typedIn = (name: string): string => find<HTMLInputElement>(at(`setting-${name}`)).value;

describe('rates', () => {
  it('are shown as they are, with those that wait and, when asked for, all that ever were', async () => {
    const asOf = (rate: string, day: string) => ({ rate, validFrom: `${day}T05:00:00Z`, setBy: 'rahbar' });
    const page = (items: unknown[], next: string | null) => ({ body: { items, next } });
    server
      .on('GET /api/currency-rates', {
        body: {
          main: 'UZS',
          version: 7,
          items: [{ currency: 'USD', ...asOf('12650', '2026-11-29') }],
          waiting: [{ currency: 'USD', ...asOf('12700.123456', '2026-12-01') }],
        },
      })
      .on('GET /api/currency-rates/USD/history?limit=50', page([asOf('12650', '2026-11-29')], 'abc'))
      .on(
        'GET /api/currency-rates/USD/history?limit=50&after=abc',
        page([asOf('12600', '2026-11-01')], null),
      );
    await open('rates');
    await eventually(() => isShown('rate'));
    const rows = () =>
      [...document.querySelectorAll(at('rate-row'))].map(row =>
        (row.textContent ?? '').replaceAll('\u00a0', ' ').replace(/\d\d:\d\d/, 'TIME'),
      );
    expect(rows()).toEqual([
      "Hozir amalda29.11.2026 TIME · rahbar12 650 so'm",
      "Sanasini kutmoqda01.12.2026 TIME · rahbar12 700,123456 so'm",
    ]);
    await press(find(at('show-rate-history')));
    await eventually(() => isShown('rate-history'));
    await press(find(at('show-rate-history')));
    await eventually(() => rows().length === 4);
    expect(rows().slice(2)).toEqual([
      "29.11.2026 TIME · rahbar12 650 so'm",
      "01.11.2026 TIME · rahbar12 600 so'm",
    ]);
    expect(isShown('show-rate-history')).toBe(false);
  });
});

describe('settings of a till', () => {
  it('are stored once, by their tag, and unchanged ones are not sent', async () => {
    server.on(`PUT ${DEVICE}`, ({ body }) => ({ body, headers: { ETag: '"4"' } }));
    await open('device');
    await eventually(() => isShown('setting-resendSeconds'));
    await press(find(at('save')));
    expect(server.to(`PUT ${DEVICE}`)).toEqual([]);

    await type(at('setting-resendSeconds'), '60');
    await choose(at('setting-receiptWidth'), 'MM58');
    await press(find(at('save')));
    await eventually(() => text().includes(words.form.saved));
    const [put] = server.to(`PUT ${DEVICE}`);
    expect(put?.headers['if-match']).toBe('"3"');
    expect(put?.body).toEqual({ ...SETTINGS, resendSeconds: 60, receiptWidth: 'MM58' });

    await press(find(at('save')));
    expect(server.to(`PUT ${DEVICE}`)).toHaveLength(1);
    expect(text()).toContain(words.form.unchanged);
  });
  it('are wrong at their field, in the own language, before anything is sent', async () => {
    await open('device');
    await eventually(() => isShown('setting-resendSeconds'));
    await type(at('setting-resendSeconds'), '2');
    await press(find(at('save')));
    expect(find(at('error-resendSeconds')).textContent).toBe(words.form.between(5, 86_400));
    expect(typedIn('resendSeconds')).toBe('2');
    expect(server.to(`PUT ${DEVICE}`)).toEqual([]);
  });
  it('keep what was typed when others stored meanwhile, and are then stored over theirs', async () => {
    await open('device');
    await eventually(() => isShown('setting-receiptFooter'));
    await type(at('setting-resendSeconds'), '60');
    server
      .on(`GET ${DEVICE}`, { body: { ...SETTINGS, receiptHeader: 'Boshqa' }, headers: { ETag: '"4"' } })
      .problem(`PUT ${DEVICE}`, 412, 'precondition-failed');
    await press(find(at('save')));
    await eventually(
      () => text().includes(words.form.changedElsewhere) && typedIn('receiptHeader') === 'Boshqa',
    );
    expect(typedIn('resendSeconds')).toBe('60');

    server.on(`PUT ${DEVICE}`, ({ body }) => ({ body, headers: { ETag: '"5"' } }));
    await press(find(at('save')));
    await eventually(() => server.to(`PUT ${DEVICE}`).length === 2);
    const put = server.to(`PUT ${DEVICE}`)[1];
    expect(put?.headers['if-match']).toBe('"4"');
    expect(put?.body).toMatchObject({ receiptHeader: 'Boshqa', resendSeconds: 60 });
  });
  it('keep what was typed without internet', async () => {
    server.on(`PUT ${DEVICE}`, 'no internet');
    await open('device');
    await eventually(() => isShown('setting-resendSeconds'));
    await type(at('setting-resendSeconds'), '60');
    await press(find(at('save')));
    await eventually(() => document.querySelector('[role=alert]') !== null);
    expect(typedIn('resendSeconds')).toBe('60');
  });
});

describe('a password', () => {
  it('is refused at its field', async () => {
    server.on('POST /api/auth/password', {
      status: 422,
      body: {
        type: '/problems/wrong-password',
        status: 422,
        violations: [{ field: 'oldPassword', message: 'is not your password' }],
      },
    });
    await open('own');
    await type(at('setting-oldPassword'), 'eski');
    await type(at('setting-newPassword'), '12345');
    await press(find(at('save-password')));
    expect(find(at('error-newPassword')).textContent).toBe(words.form.tooShort(6));
    await type(at('setting-newPassword'), 'yangi-parol');
    await type(at('setting-repeat'), 'yangi-parol');
    await press(find(at('save-password')));
    await eventually(() => isShown('error-oldPassword'));
    expect(find(at('error-oldPassword')).textContent).toBe(words.problems['wrong-password']);
    expect(typedIn('newPassword')).toBe('yangi-parol');
  });
});

describe("an ADMIN's tills", () => {
  it('are let in, and cut off after a question', async () => {
    const waiting = { deviceId: 'd-3', code: '3', name: '3-kassa', status: 'PENDING' };
    server
      .on('GET /api/devices?limit=1000', { body: { items: [waiting], next: null } })
      .on('PATCH /api/devices/d-3', ({ body }) => ({ body: { ...waiting, ...(body as object) } }));
    await open('devices');
    await eventually(() => isShown('approve'));
    await press(find(at('approve')));
    await eventually(() => find(at('device-status')).dataset.status === 'APPROVED');
    await press(find(at('block')));
    expect(server.to('PATCH /api/devices/d-3')).toHaveLength(1);
    const yes = document.querySelector<HTMLElement>(at('block-yes'));
    await press(yes ?? document.body);
    await eventually(() => find(at('device-status')).dataset.status === 'BLOCKED');
    expect(server.to('PATCH /api/devices/d-3').map(call => call.body)).toEqual([
      { status: 'APPROVED' },
      { status: 'BLOCKED' },
    ]);
  });
});

describe("the shop's rules", () => {
  it('send only what was changed', async () => {
    const enterprise = {
      ksbId: '10000001',
      name: 'Baraka',
      phones: [],
      zone: 'Asia/Tashkent',
      currency: 'UZS',
      dayStart: '00:00',
      licenceUntil: null,
      negativeStock: 'WARN',
      cashRoundings: { UZS: 100, USD: 1 },
      cashLimit: '25000000.00',
      weighedBarcodes: ['2PIIIIIWWWWWC'],
      deviceApproval: 'MANUAL',
    };
    server.on('GET /api/enterprise', { body: enterprise }).on('PATCH /api/enterprise', {
      body: { ...enterprise, cashLimit: null, cashRoundings: { USD: 1, UZS: 500 } },
    });
    await open('enterprise');
    await eventually(() => isShown('setting-cashLimit'));
    await choose(at('setting-cashRounding'), '500');
    await type(at('setting-cashLimit'), '');
    await press(find(at('save')));
    await eventually(() => server.to('PATCH /api/enterprise').length === 1);
    expect(server.to('PATCH /api/enterprise')[0]?.body).toEqual({
      cashRoundings: { UZS: 500, USD: 1 },
      cashLimit: 'none',
    });
  });
});
