import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ReconciliationPage from '../src/reconciliation/reconciliation-page.tsx';
import { Session } from '../src/session/session.ts';
import { aDevice, aToken, loginAnswer } from './fixtures.ts';
import { clear, eventually, find, press, showPage, text } from './screen.tsx';
import { FakeServer } from './server.ts';

const none = { count: 0, sum: '0.00' };
const some = { count: 2, sum: '60000.00' };
const till = {
  deviceId: 'one',
  code: '1',
  name: 'Zal',
  unsent: 0,
  first: 1,
  last: 3,
  taken: 3,
  missing: 1,
  twice: 0,
  sales: some,
  returns: none,
  net: some,
  held: none,
  conflicts: 0,
  delivered: some,
  waiting: none,
  rejected: none,
  closed: none,
  unprocessed: 0,
  absent: 1,
};
const day = (change: Record<string, unknown> = {}) => ({
  date: '2026-11-23',
  currency: 'UZS',
  tills: [till],
  total: { ...till, deviceId: null, code: null },
  unreadable: 0,
  differences: [
    { kind: 'missing', action: 'find-or-settle', till: '1', number: '1-000002', count: 1 },
    {
      kind: 'absent',
      action: 'repeat',
      till: '1',
      number: '1-000003',
      count: 1,
      id: 'sale',
      amount: '30000.00',
      currency: 'UZS',
      at: '2026-11-23T05:00:00Z',
    },
    { kind: 'brand-new', action: 'think', count: 1 },
  ],
  more: false,
  backOffice: { told: true, documents: 2 },
  at: '2026-11-23T15:00:00Z',
  ...change,
});

describe('the reconciliation of a day', () => {
  let server: FakeServer;

  beforeEach(async () => {
    sessionStorage.clear();
    server = new FakeServer().on('POST /api/auth/login', {
      body: loginAnswer({ accessToken: aToken({ groups: ['CASHIER', 'MANAGER'] }) }),
    });
  });
  afterEach(clear);

  const open = async (answer: unknown) => {
    const session = new Session(aDevice());
    await session.logIn('malika', 'parol');
    const login = session.state.get();
    if (!login) throw new Error('not logged in');
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tashkent' }).format();
    server.on(`GET /api/reconciliation?date=${today}`, { body: answer });
    await showPage(<ReconciliationPage login={login} />, { session }, { language: 'en' });
    await eventually(() => text().includes('Compared') || text().includes('cannot be asked'));
    session.close();
  };

  it('names each difference with its action, also one of a newer server', async () => {
    await open(day());
    expect(find('[data-testid=reconciliation-verdict]').dataset.whole).toBe('false');
    expect(text()).toContain('1-000002');
    expect(text()).toContain('brand-new');
    expect(find('[data-kind=missing] a').getAttribute('href')).toBe('/tills');
    expect(find('[data-testid=reconciliation-total]').textContent).toContain('60');
  });
  it('sends again what the back office has lost', async () => {
    server.on('POST /api/sales/sale/delivery/repetition', { status: 202, body: {} });
    await open(day());
    await press(find('[data-testid=difference-repeat]'));
    await eventually(() => server.to('POST /api/sales/sale/delivery/repetition').length === 1);
  });
  it('says that all agree, and what could not be compared', async () => {
    await open(day({ differences: [], backOffice: { told: false, reason: 'cannot-tell', documents: 2 } }));
    expect(find('[data-testid=reconciliation-verdict]').dataset.whole).toBe('true');
    expect(find('[data-testid=reconciliation-asked]').textContent).toContain('cannot be asked');
  });
});
