import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CustomerBook } from '../src/customers/customer-book.ts';
import { readableRepayments } from '../src/customers/repayments.ts';
import { opened, sealed } from '../src/outbox/rescue-file.ts';
import { unsentCount } from '../src/outbox/unsent.ts';
import { database } from '../src/platform/db.ts';
import { Session } from '../src/session/session.ts';
import { aDevice, loginAnswer } from './fixtures.ts';
import { FakeServer } from './server.ts';

const MAKE = 'POST /api/customers';
const LIST = 'GET /api/customers?limit=1000';
let server: FakeServer;
let session: Session;
let book: CustomerBook;

const customer = (id: string, name: string, version = 1, change: object = {}) => ({
  id,
  name,
  phone: '+998901112233',
  balances: [],
  archived: false,
  version,
  ...change,
});

beforeEach(async () => {
  const db = await database();
  await db.clear('values');
  await db.clear('customers');
  sessionStorage.clear();
  server = new FakeServer()
    .on('POST /api/auth/login', { body: loginAnswer() })
    .on(LIST, {
      body: { items: [customer('c-1', 'Gulnora'), customer('c-2', "O'ktam aka"), { broken: 1 }], next: 'n' },
    })
    .on('GET /api/customers?limit=1000&after=n', { body: { items: [customer('c-3', 'Ўктам опа')] } })
    .on(MAKE, call => ({ status: 201, body: customer((call.body as { id: string }).id, 'Yangi') }));
  session = new Session(aDevice());
  await session.logIn('dilnoza', 'parol');
  book = new CustomerBook(session);
});
afterEach(() => {
  book.close();
  session.close();
});

const names = async (words: string) => (await book.search(words)).map(one => one.name);

describe('the customers of a till', () => {
  it('are read page by page and found in any spelling, without the server', async () => {
    await book.load();
    server.on(LIST, 'no internet');
    expect(await names('oktam')).toEqual(["O'ktam aka", 'Ўктам опа']);
    expect(await names('ГУЛНОРА')).toEqual(['Gulnora']);
    expect(await names('opa uktam')).toEqual([]);
    expect(await names('1112233')).toHaveLength(3);
    const again = new CustomerBook(session);
    expect((await again.search('gulnora')).map(one => one.id)).toEqual(['c-1']);
  });
  it('are read again when the socket could not be resumed, one reading at a time', async () => {
    await Promise.all([book.reload(), book.reload(), book.reload()]);
    await expect.poll(() => server.to(LIST).length).toBe(2);
    await expect.poll(async () => (await names('gulnora')).length).toBe(1);
    await new Promise(resolve => setTimeout(resolve));
    expect(server.to(LIST)).toHaveLength(2);
  });
  it('take the highest version, whatever comes first', async () => {
    await book.load();
    await book.event({
      data: customer('c-1', 'Gulnora opa', 3, { balances: [{ currency: 'UZS', amount: '-5.00' }] }),
    });
    await book.event({ data: customer('c-1', 'Gulnora', 2) });
    await book.event({ data: { id: 5 } });
    expect(await book.get('c-1')).toMatchObject({ name: 'Gulnora opa', version: 3 });
    await book.event({ data: customer('c-1', 'Gulnora opa', 4, { archived: true }) });
    expect(await names('gulnora')).toEqual([]);
  });
  it('made without internet are told once, before the sales', async () => {
    server.on(MAKE, 'no internet');
    const made = await book.add(' Aziz ', '90 123');
    expect(await names('aziz')).toEqual(['Aziz']);
    await expect(book.sendNew()).rejects.toThrow();

    const later = new CustomerBook(session);
    server.on(MAKE, call => ({ status: 201, body: customer((call.body as { id: string }).id, 'Aziz') }));
    const before = server.to(MAKE).length;
    await Promise.all([later.sendNew(), book.sendNew()]);
    await later.sendNew();
    expect(server.to(MAKE)).toHaveLength(before + 1);
    expect(server.to(MAKE).at(-1)?.body).toEqual({ id: made.id, name: 'Aziz', phone: '90 123' });
    expect((await later.get(made.id))?.version).toBe(1);
  });
  it('that the server refuses do not hold the others up', async () => {
    server.on(MAKE, 'no internet');
    await book.add('Bir', '');
    await book.add('Ikki', '');
    let calls = 0;
    server.on(MAKE, call => {
      calls++;
      return calls === 1
        ? { status: 422, body: { type: '/problems/rule', status: 422, detail: 'no' } }
        : { status: 201, body: customer((call.body as { id: string }).id, 'Ikki') };
    });
    await book.sendNew();
    expect(calls).toBe(2);
  });
});

describe('a debt paid back without the server', () => {
  const PAY = 'POST /api/customers/c-1/payments';
  const debtor = customer('c-1', 'Gulnora', 1, { balances: [{ currency: 'UZS', amount: '-50000.00' }] });
  const payment = (change: object = {}) => ({
    id: 'p-1',
    customerId: 'c-1',
    customerName: 'Gulnora',
    kind: 'CASH' as const,
    amount: '20000.00',
    currency: 'UZS',
    at: '2026-11-30T06:00:00.000Z',
    ...change,
  });

  beforeEach(async () => {
    server.on(LIST, { body: { items: [debtor], next: null } }).on(PAY, 'no internet');
    await book.load();
  });

  it('lowers what is shown at once, survives a restart, and is sent once', async () => {
    await book.repayments.keep(payment());
    await expect(book.repayments.send()).rejects.toThrow();
    expect((await book.get('c-1'))?.balances).toEqual([{ currency: 'UZS', amount: '-30000.00' }]);
    expect(await unsentCount()).toBe(1);
    const again = new CustomerBook(session);
    await again.repayments.open();
    const paid = { ...debtor, version: 2, balances: [{ currency: 'UZS', amount: '-30000.00' }] };
    server.on(PAY, { body: paid });
    await Promise.all([again.repayments.send(), book.repayments.send()]);
    const bodies = server.to(PAY).map(call => call.body);
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toEqual({
      id: 'p-1',
      kind: 'CASH',
      amount: '20000.00',
      currency: 'UZS',
      at: '2026-11-30T06:00:00.000Z',
    });
    expect((await again.get('c-1'))?.balances).toEqual([{ currency: 'UZS', amount: '-30000.00' }]);
    expect(await unsentCount()).toBe(0);
    again.close();
  });
  it('that the server refuses stays here with the reason, and stops no other', async () => {
    await book.repayments.keep(payment());
    await book.repayments.keep(payment({ id: 'p-2', amount: '100.00' }));
    server.on(PAY, call =>
      (call.body as { id: string }).id === 'p-1'
        ? { status: 422, body: { type: '/problems/rule', status: 422, detail: 'more than is owed' } }
        : { body: { ...debtor, version: 2 } },
    );
    await book.repayments.send();
    expect(book.repayments.waiting.get()).toMatchObject([{ id: 'p-1', refusal: 'more than is owed' }]);
    await book.repayments.send();
    expect(server.to(PAY)).toHaveLength(2);
    expect(await unsentCount()).toBe(1);
  });
  it('travels in the rescue file, and is sent once however often the file is taken', async () => {
    await book.repayments.keep(payment({ refusal: 'more than is owed' }));
    const file = await sealed({ sales: [], repayments: await readableRepayments() }, 'maxfiy');
    expect(file).not.toContain('Gulnora');
    await (await database()).delete('values', 'repayments');
    const other = new CustomerBook(session);
    const { repayments } = await opened(file, 'maxfiy');
    await other.repayments.take(repayments);
    await other.repayments.take(repayments);
    expect(await unsentCount()).toBe(1);
    // What was refused there is tried once more here.
    server.on(PAY, { body: { ...debtor, version: 2 } });
    await other.repayments.send();
    expect(server.to(PAY).map(call => (call.body as { id: string }).id)).toEqual(['p-1']);
    expect(await unsentCount()).toBe(0);
    other.close();
  });
  it('is not written over when what is kept cannot be read', async () => {
    await (await database()).put('values', 'nonsense', 'repayments');
    await expect(book.repayments.keep(payment())).rejects.toThrow();
    expect(await (await database()).get('values', 'repayments')).toBe('nonsense');
  });
});
