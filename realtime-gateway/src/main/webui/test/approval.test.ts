import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { covers, exceeds, neededApproval, percentOff } from '../src/approval/approval.ts';
import { Approvals } from '../src/approval/approvals.ts';
import { checkPin, forgetPin, rememberPin } from '../src/approval/pins.ts';
import { database } from '../src/platform/db.ts';
import { compare } from '../src/sales/domain/decimal.ts';
import { apply, type SaleContent, type SaleLine } from '../src/sales/domain/sale.ts';
import { bodyOf } from '../src/sales/store/sale-view.ts';
import { Session } from '../src/session/session.ts';
import { aDevice, aToken, loginAnswer } from './fixtures.ts';
import { FakeServer } from './server.ts';

const APPROVALS = 'POST /api/approvals';
const line = (change: Partial<SaleLine> = {}): SaleLine => ({
  lineId: 'l-1',
  productId: 'p-1',
  name: 'Shakar',
  price: '10000.00',
  quantity: '2',
  ...change,
});
const sale = (change: Partial<SaleContent> = {}): SaleContent => ({
  currency: 'UZS',
  lines: [line()],
  ...change,
});
const CASHIER = { maxDiscountPercent: '5', mayChangePrice: false };

beforeEach(async () => {
  await (await database()).clear('values');
  sessionStorage.clear();
  // Slow by intent; here it is not what is tested.
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation((algorithm, key, length) =>
    derive({ ...(algorithm as Pbkdf2Params), iterations: 1 }, key, length ?? 256),
  );
});
afterEach(() => vi.useRealTimers());

describe('what needs a manager', () => {
  it('is nothing within the own rights', () => {
    expect(neededApproval(sale({ discount: { percent: '5' } }), CASHIER)).toBeUndefined();
    expect(neededApproval(sale({ discount: { percent: '90' } }), { mayChangePrice: true })).toBeUndefined();
  });
  it('is a discount above the own limit, also as an amount', () => {
    expect(neededApproval(sale({ discount: { percent: '15' } }), CASHIER)).toEqual({
      discountPercent: '15',
    });
    expect(neededApproval(sale({ discount: { amount: '2500' } }), CASHIER)).toEqual({
      discountPercent: '12.5',
    });
  });
  it('is a price set by hand, which is a discount too when it is lower', () => {
    const lower = sale({ lines: [line({ price: '8000', listPrice: '10000.00', ownPrice: true })] });
    expect(neededApproval(lower, CASHIER)).toEqual({ discountPercent: '20', price: true });
    const higher = sale({ lines: [line({ price: '12000', listPrice: '10000.00', ownPrice: true })] });
    expect(neededApproval(higher, CASHIER)).toEqual({ price: true });
  });
  it('is a price by hand of a sale that another till began', () => {
    const told = sale({ lines: [line({ price: '9000', basePrice: '10000.0000', baseCurrency: 'UZS' })] });
    expect(neededApproval(told, CASHIER)).toEqual({ discountPercent: '10', price: true });
    const dollars = sale({ lines: [line({ price: '126500', basePrice: '10', baseCurrency: 'USD' })] });
    expect(neededApproval(dollars, CASHIER)).toBeUndefined();
  });
  it('is not a price that was set back', () => {
    const back = sale({ lines: [line({ price: '10000', listPrice: '10000.00', ownPrice: true })] });
    expect(neededApproval(back, CASHIER)).toBeUndefined();
  });
  it('is measured between 0 and 100 whatever the sale', () => {
    const money = fc.integer({ min: 0, max: 10_000_000 }).map(value => `${value}.00`);
    const anyLine = fc.record({
      price: money,
      listPrice: money,
      quantity: fc.constantFrom('1', '0.125', '7'),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 5 }), fc.integer({ min: 0, max: 100 }), (lines, percent) => {
        const content = sale({
          lines: lines.map((one, index) => line({ ...one, lineId: `l-${index}` })),
          discount: { percent: String(percent) },
        });
        const share = percentOff(content);
        expect(compare(share, '0')).toBeGreaterThanOrEqual(0);
        expect(compare(share, '100')).toBeLessThanOrEqual(0);
      }),
    );
  });
  it('is covered by exactly the approval that was asked for it', () => {
    const percent = fc.integer({ min: 0, max: 10_000 }).map(value => (value / 100).toString());
    fc.assert(
      fc.property(percent, percent, fc.boolean(), fc.boolean(), (given, asked, mayPrice, price) => {
        const approval = {
          approvedBy: 'm',
          name: 'M',
          token: 't',
          expiresAt: 1_000_000,
          asked: { discountPercent: given, ...(mayPrice && { price: true as const }) },
        };
        const wanted = { discountPercent: asked, ...(price && { price: true as const }) };
        const enough = Number(asked) <= Number(given) && (mayPrice || !price);
        expect(covers(approval, wanted, true, 0)).toBe(enough);
        expect(covers(approval, wanted, true, 950_000)).toBe(false);
      }),
    );
  });
  it('is not covered at the server by a PIN that only this till has checked', () => {
    const here = { approvedBy: 'm', name: 'M', asked: { price: true as const }, expiresAt: 1_000_000 };
    expect(covers(here, { price: true }, false, 0)).toBe(true);
    expect(covers(here, { price: true }, true, 0)).toBe(false);
  });
});

describe('a price by hand', () => {
  it('remembers the catalogue price here and tells the server only the price', () => {
    const changed = apply(sale(), {
      kind: 'price',
      lineId: 'l-1',
      price: { price: '9000', ownPrice: true, listPrice: '10000.00' },
    });
    expect(changed.lines[0]).toMatchObject({ price: '9000', listPrice: '10000.00' });
    const body = bodyOf(changed, {
      approvedBy: 'm',
      name: 'M',
      asked: {},
      token: 'proof',
      expiresAt: Date.now() + 1_000,
    });
    expect(body.approval).toBe('proof');
    expect((body.lines as object[])[0]).not.toHaveProperty('listPrice');
    expect((body.lines as object[])[0]).not.toHaveProperty('ownPrice');
    const ended = { approvedBy: 'm', name: 'M', asked: {}, token: 'proof', expiresAt: Date.now() - 1 };
    expect(bodyOf(changed, ended)).not.toHaveProperty('approval');
  });
});

describe('a PIN on this till', () => {
  it('counts for 14 days after the server has checked it', async () => {
    await rememberPin('m', '4829', { name: 'M', rights: CASHIER }, 0);
    expect((await checkPin('m', '4829', 13 * 86_400_000)).kind).toBe('right');
    expect((await checkPin('m', '4829', 15 * 86_400_000)).kind).toBe('unknown');
    expect((await checkPin('other', '4829', 0)).kind).toBe('unknown');
  });
  it('waits a minute after five wrong ones, whoever tries', async () => {
    await rememberPin('m', '4829', { name: 'M' }, 0);
    for (let wrong = 0; wrong < 5; wrong++) expect((await checkPin('m', '0000', 0)).kind).toBe('wrong');
    expect(await checkPin('m', '4829', 1_000)).toEqual({ kind: 'wait', seconds: 59 });
    expect((await checkPin('m', '0000', 60_000)).kind).toBe('wrong');
    expect((await checkPin('m', '4829', 60_001)).kind).toBe('wait');
    expect((await checkPin('m', '4829', 120_000)).kind).toBe('right');
    expect((await checkPin('m', '0000', 120_000)).kind).toBe('wrong');
    expect((await checkPin('m', '4829', 120_000)).kind).toBe('right');
  });
  it('keeps what it knew of the user when the same PIN is used for something else', async () => {
    await rememberPin('m', '4829', { name: 'M', rights: CASHIER });
    const state = {
      user: { login: 'm', displayName: 'M' },
      settings: {},
      clock: { zone: 'UTC', dayStart: '00:00' },
    };
    await rememberPin('m', '4829', { name: 'M', state });
    expect(await checkPin('m', '4829')).toMatchObject({ known: { rights: CASHIER, state } });
    await rememberPin('m', '1111', { name: 'M' });
    const renewed = await checkPin('m', '1111');
    expect(renewed.kind === 'right' && renewed.known.rights).toBeUndefined();
    await forgetPin('m');
    expect((await checkPin('m', '1111')).kind).toBe('unknown');
  });
});

describe('approvals', () => {
  let server: FakeServer;
  let session: Session;
  let online: boolean;
  let approvals: Approvals;

  beforeEach(async () => {
    server = new FakeServer().on('POST /api/auth/login', { body: loginAnswer() }).on(APPROVALS, {
      body: {
        approval: 'proof',
        approvedBy: 'menejer',
        displayName: 'Menejer',
        expiresIn: 900,
        maxDiscountPercent: '30',
        mayChangePrice: true,
      },
    });
    online = true;
    session = new Session(aDevice());
    await session.logIn('dilnoza', 'parol');
    approvals = new Approvals(session, aDevice(), () => online);
  });
  afterEach(() => session.close());

  const known = async () => {
    await vi.waitFor(
      async () => expect(await (await database()).getAllKeys('values')).toContain('pin.menejer'),
      20_000,
    );
  };

  it('are asked of the server for this sale and what is needed', async () => {
    const approval = await approvals.approve('sale-1', 'menejer', '4829', { discountPercent: '15' });
    expect(approval).toMatchObject({
      approvedBy: 'menejer',
      token: 'proof',
      asked: { discountPercent: '15' },
    });
    expect(server.to(APPROVALS)[0]?.body).toEqual({
      saleId: 'sale-1',
      login: 'menejer',
      pin: '4829',
      discountPercent: '15',
    });
    await known();
  });
  it('without internet come from who approved here before, within their rights', async () => {
    await approvals.approve('sale-1', 'menejer', '4829', {});
    await known();
    server.on(APPROVALS, 'no internet');
    const here = await approvals.approve('sale-2', 'menejer', '4829', { discountPercent: '30', price: true });
    expect(here).toMatchObject({ approvedBy: 'menejer', name: 'Menejer' });
    expect(here.token).toBeUndefined();
    online = false;
    await expect(approvals.approve('s', 'menejer', '4829', { discountPercent: '31' })).rejects.toMatchObject({
      why: 'exceeds',
    });
    await expect(approvals.approve('s', 'menejer', '0000', {})).rejects.toMatchObject({ why: 'wrong' });
    await expect(approvals.approve('s', 'boshqa', '4829', {})).rejects.toMatchObject({ why: 'unknown' });
  });
  it('refused by the server are refused here too', async () => {
    await approvals.approve('sale-1', 'menejer', '4829', {});
    await known();
    server.problem(APPROVALS, 422, 'wrong-pin');
    await expect(approvals.approve('s', 'menejer', '4829', {})).rejects.toMatchObject({ why: 'wrong' });
    expect((await checkPin('menejer', '4829')).kind).toBe('unknown');
    server.problem(APPROVALS, 429, 'too-many-attempts', { 'Retry-After': '60' });
    await expect(approvals.approve('s', 'menejer', '4829', {})).rejects.toMatchObject({
      why: 'wait',
      seconds: 60,
    });
  });
  it('let another cashier take the till over, and go on without internet', async () => {
    server.on('POST /api/auth/pin', {
      body: loginAnswer({
        accessToken: aToken({ n: 3 }),
        user: { login: 'aziz', displayName: 'Aziz', role: 'CASHIER' },
      }),
    });
    await approvals.takeOver('aziz', '1234');
    expect(session.state.get()?.user.login).toBe('aziz');
    await vi.waitFor(
      async () => expect(await (await database()).getAllKeys('values')).toContain('pin.aziz'),
      20_000,
    );
    expect(server.to('POST /api/auth/logout')).toHaveLength(0);

    await session.logIn('dilnoza', 'parol');
    server.on('POST /api/auth/pin', 'no internet');
    await approvals.takeOver('aziz', '1234');
    expect(session.state.get()).toMatchObject({ user: { login: 'aziz' }, offline: true });

    server.on('POST /api/auth/pin', { body: loginAnswer({ user: { login: 'aziz', displayName: 'Aziz' } }) });
    await session.goOnline();
    expect(session.state.get()?.offline).toBeUndefined();
    expect(server.to('POST /api/auth/pin').at(-1)?.body).toMatchObject({ login: 'aziz', pin: '1234' });
  });
});

describe('what a manager may not do either', () => {
  it('is named', () => {
    expect(exceeds({ discountPercent: '10.01' }, { maxDiscountPercent: '10' })).toBe('discount');
    expect(exceeds({ price: true }, { mayChangePrice: false })).toBe('price');
    expect(exceeds({ discountPercent: '100' }, { maxDiscountPercent: null })).toBeUndefined();
  });
});
