import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HouseData } from '../src/house/house.ts';
import { pageTexts } from '../src/i18n/pages/index.ts';
import { uzLatn as uz } from '../src/i18n/uz-latn.ts';
import type { Follower } from '../src/platform/live/live-client.ts';
import { Store } from '../src/platform/store.ts';
import { type SaleView, saleView } from '../src/sales/store/sale-view.ts';
import { deliveryOf } from '../src/sales-list/delivery.ts';
import { belongs, pathOf, withEvent } from '../src/sales-list/listing.ts';
import SalesListPage from '../src/sales-list/sales-list-page.tsx';
import { Session } from '../src/session/session.ts';
import { aDevice, loginAnswer, type totals } from './fixtures.ts';
import { clear, eventually, find, press, showPage, text, type, underAct } from './screen.tsx';
import { FakeServer } from './server.ts';

const words = pageTexts['uz-Latn'].list;
const ALL = { status: 'COMPLETED', delivery: '', day: '', search: '' } as const;

function aSale(change: Partial<SaleView> = {}): SaleView {
  const view = saleView({
    id: 's-1',
    revision: 2,
    status: 'COMPLETED',
    kind: 'SALE',
    number: '2-000001',
    currency: 'UZS',
    total: '12500.00',
    cashier: 'dilnoza',
    completedAt: '2026-11-23T10:00:00Z',
    businessDate: '2026-11-23',
    deliveryStatus: 'NOT_DELIVERED',
    delivery: { attempts: 0 },
    rounding: '0.00',
    lines: [],
    ...change,
  });
  if (!view) throw new Error('no sale');
  return view;
}

describe('how a sale stands with the back office', () => {
  it('is told with who must act and the one thing to do', () => {
    const tells = (view: SaleView | 'here', manager = false) => {
      const { reason, who, action } = deliveryOf(view, manager);
      return [reason?.kind, who, action];
    };
    const failed = (lastError: string) => aSale({ delivery: { attempts: 1, lastError } });
    expect(tells('here')).toEqual(['here', 'nobody', 'send']);
    expect(tells(aSale())).toEqual(['queued', 'nobody', 'send']);
    expect(tells(failed('the back office cannot be reached'))).toEqual(['trying', 'nobody', 'send']);
    expect(tells(failed("the back office's answer has no rows"))).toEqual(['trying', 'ksb', 'send']);
    expect(tells(failed('to be entered there by hand'))).toEqual(['by-hand', 'manager', undefined]);
    expect(tells(failed('to be entered there by hand'), true)).toEqual(['by-hand', 'manager', 'close']);
    expect(tells(aSale({ deliveryStatus: 'REJECTED' }))).toEqual(['refused', 'accountant', 'send']);
    expect(tells(aSale({ deliveryStatus: 'DELIVERED' }))).toEqual([undefined, 'nobody', undefined]);
    expect(tells(aSale({ deliveryStatus: 'CLOSED' }))).toEqual(['closed', 'nobody', undefined]);
    expect(tells(aSale({ held: 'blocked-device' }), true)).toEqual(['held-device', 'manager', 'decide']);
    expect(tells(aSale({ held: 'return' }))).toEqual(['held-return', 'manager', undefined]);
    expect(tells(aSale({ held: 'dismissed' }))).toEqual(['dismissed', 'nobody', undefined]);
  });
});

describe('the list', () => {
  it('asks for what the filter says', () => {
    expect(pathOf({ ...ALL, day: '2026-11-23', delivery: 'REJECTED', search: ' non ' }, 'x')).toBe(
      '/api/sales?limit=50&status=COMPLETED&delivery=REJECTED&from=2026-11-23&to=2026-11-23&search=non&after=x',
    );
    expect(pathOf({ ...ALL, status: 'TRASHED' }, undefined)).toBe('/api/sales/trash?limit=50');
  });
  it('takes the newest of two, and lets go of what does not belong any more', () => {
    const old = aSale();
    const newer = aSale({ revision: 3, deliveryStatus: 'DELIVERED' });
    expect(withEvent([old], newer, ALL)).toEqual([newer]);
    expect(withEvent([newer], old, ALL)).toEqual([newer]);
    expect(withEvent([old], newer, { ...ALL, delivery: 'NOT_DELIVERED' })).toEqual([]);
    expect(withEvent([old], aSale({ id: 's-2' }), ALL).map(one => one.id)).toEqual(['s-2', 's-1']);
    // Whether words are in it, only the server knows.
    expect(withEvent([old], aSale({ id: 's-2' }), { ...ALL, search: 'non' })).toEqual([old]);
    expect(belongs(old, { ...ALL, day: '2026-11-24' })).toBe(false);
  });
});

describe('the page', () => {
  let server: FakeServer;
  let session: Session;
  let follower: Follower | undefined;
  const counted = new Store<{ totals: ReturnType<typeof totals>; receivedAt: number } | undefined>(undefined);

  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
    server = new FakeServer()
      .on('POST /api/auth/login', {
        body: loginAnswer({ user: { login: 'malika', displayName: 'Malika', role: 'MANAGER' } }),
      })
      .on('GET /api/sales?limit=50&status=COMPLETED', { body: { items: [aSale()], next: null } });
  });
  afterEach(async () => {
    await clear();
    session.close();
  });

  async function open(path = '/sales-list'): Promise<void> {
    session = new Session(aDevice());
    await session.logIn('malika', 'parol');
    const login = session.state.get();
    if (!login) throw new Error('not logged in');
    const workplace = {
      session,
      device: aDevice(),
      house: new HouseData(session, aDevice().deviceId),
      totals: { shown: counted },
      outbox: { state: new Store({ unsent: 0 }), recent: async () => [], wake: () => undefined },
      customers: { get: async () => undefined },
      live: {
        follow: (one: Follower) => {
          follower = one;
          return () => undefined;
        },
      },
    };
    await showPage(<SalesListPage login={login} />, workplace, { path });
  }
  const at = (name: string): string => `[data-testid=${name}]`;
  const inBody = (name: string) => document.querySelector<HTMLElement>(at(name));

  it('shows a delivery as it happens', async () => {
    await open();
    await eventually(() => inBody('delivery-status') !== null);
    expect(text()).toContain(words.reasons.queued);
    await underAct(
      () =>
        void follower?.event({
          type: 'sale.rejected',
          data: aSale({
            revision: 3,
            deliveryStatus: 'REJECTED',
            delivery: { attempts: 1, lastError: 'yopiq davr' },
          }),
        } as never),
    );
    expect(find(at('delivery-status')).dataset.status).toBe('REJECTED');
    expect(text()).toContain('yopiq davr');
    expect(text()).toContain(words.who.accountant);
  });
  it('sends one sale again and shows the answer', async () => {
    const answer = aSale({ revision: 3, deliveryStatus: 'DELIVERED' });
    server.on('POST /api/sales/s-1/delivery', { status: 202, body: answer });
    await open();
    await eventually(() => inBody('deliver') !== null);
    await press(find(at('deliver')));
    await eventually(() => find(at('delivery-status')).dataset.status === 'DELIVERED');
    expect(text()).toContain(uz.delivery.DELIVERED);
  });
  it('lets a manager take a held sale, with a reason that is not lost when the server is away', async () => {
    const held = { id: 's-9', reason: 'blocked-device', sale: aSale({ id: 's-9' }), uploader: 'jasur' };
    let waiting = [held];
    for (const what of ['conflicts', 'unreadable'])
      server.on(`GET /api/sales/${what}?limit=100`, { body: { items: [], next: null } });
    server
      .on('GET /api/sales/held?limit=100', () => ({ body: { items: waiting, next: null } }))
      .on('POST /api/sales/held/s-9/resolution', 'no internet');
    await open('/sales-list?tab=review');
    await eventually(() => inBody('held-row') !== null);
    await press(find(at('take')));
    const save = () => inBody('reason-save') ?? document.body;
    await press(save());
    expect(inBody('error-reason')?.textContent).toBe(pageTexts['uz-Latn'].form.required);
    const field = inBody('setting-reason') as HTMLTextAreaElement;
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
    await underAct(() => {
      set?.call(field, 'haqiqiy savdo');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await press(save());
    await eventually(() => document.querySelector('[role=alert]') !== null);
    expect(field.value).toBe('haqiqiy savdo');

    server.on('POST /api/sales/held/s-9/resolution', () => {
      waiting = [];
      return { body: aSale({ id: 's-9' }) };
    });
    await press(save());
    await eventually(() => text().includes(words.review.none));
    expect(server.to('POST /api/sales/held/s-9/resolution')[1]?.body).toEqual({
      as: 'taken',
      reason: 'haqiqiy savdo',
    });
  });
  it('searches what is typed when the hand rests', async () => {
    server.on('GET /api/sales?limit=50&status=COMPLETED&search=non', { body: { items: [], next: null } });
    await open();
    await eventually(() => inBody('sale-row') !== null);
    await type(at('search'), 'non');
    await eventually(() => text().includes(words.nothing));
  });
});
