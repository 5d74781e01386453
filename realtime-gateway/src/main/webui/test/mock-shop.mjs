/** What the mock sells: goods, customers, reference data, and sales kept in memory. Sums are reckoned with floats: to look at. */
import { randomUUID } from 'node:crypto';
import { administrationRoutes } from './mock-administration.mjs';

const KINDS = [
  'Shakar',
  'Guruch "Lazer"',
  'Un oliy nav',
  "Yog' paxta",
  "Choy ko'k 95",
  'Sut 2,5 %',
  'Non "Obi"',
  'Tuxum',
];
const SORTS = [
  '1-nav',
  'premium',
  'Toshkent viloyatida tayyorlangan, uzoq saqlanadigan, bolalar uchun tavsiya etilgan',
  'oddiy',
];
const PEOPLE = [
  'Akmal aka',
  'Dilfuza opa',
  "Sardor Yo'ldoshev",
  '"Baraka" oshxonasi mas\'uliyati cheklangan jamiyati',
];

function ean13(digits) {
  const sum = [...digits].reduce((all, digit, place) => all + digit * (place % 2 ? 3 : 1), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

const products = Array.from({ length: 400 }, (_, index) => ({
  id: `p-${index}`,
  version: 1,
  changeVersion: index + 1,
  name: `${KINDS[index % KINDS.length]} ${SORTS[Math.floor(index / 8) % SORTS.length]} ${index}`,
  article: `A-${String(index).padStart(5, '0')}`,
  unit: index % 3 ? 'dona' : 'kg',
  currency: 'UZS',
  barcodes: index % 5 ? [ean13(`478${String(index).padStart(9, '0')}`)] : ['4780000000014', 'A-1024'],
  prices: [
    { priceType: 'chakana', price: `${(1 + (index % 90)) * 500}.00`, currency: 'UZS' },
    { priceType: 'ulgurji', price: `${(1 + (index % 90)) * 450}.00`, currency: 'UZS' },
  ],
  stock: [
    { warehouse: 'asosiy', quantity: String(index % 40) },
    { warehouse: 'ombor-2', quantity: String((index * 7) % 300) },
  ],
}));
const customers = Array.from({ length: 24 }, (_, index) => ({
  id: `0198a000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  name: `${PEOPLE[index % PEOPLE.length]} ${index + 1}`,
  phone: `+998 90 123 45 ${String(index).padStart(2, '0')}`,
  balances: index % 2 ? [{ currency: 'UZS', amount: `-${(index + 1) * 125000}.00` }] : [],
  archived: false,
  version: 1,
}));
const REFERENCE = {
  units: ['dona', 'kg', 'litr'],
  warehouses: ['asosiy', 'ombor-2'],
  'price-types': ['chakana', 'ulgurji'],
  'cash-desks': ['naqd', 'terminal'],
};
const DELIVERIES = [
  ['DELIVERED', { attempts: 1, posted: true }],
  ['NOT_DELIVERED', { attempts: 0 }],
  ['REJECTED', { attempts: 2, lastError: 'Номенклатура не найдена: Shakar 1-nav' }],
  ['CLOSED', { attempts: 1, lastError: "1C ga qo'lda kiritildi" }],
  [
    'NOT_DELIVERED',
    {
      attempts: 4,
      lastError: 'the back office cannot be reached',
      nextAttemptAt: new Date(Date.now() + 240_000).toISOString(),
    },
  ],
  ['NOT_DELIVERED', { attempts: 0, lastError: 'to be entered there by hand' }],
];

/** One till of each state that a shop sees. */
function sampleTills() {
  const ago = minutes => new Date(Date.now() - minutes * 60_000).toISOString();
  const till = (code, name, state, complete, more = {}) => ({
    deviceId: `00000000-0000-4000-8000-00000000000${code}`,
    code: String(code),
    name,
    status: state === 'blocked' ? 'BLOCKED' : 'APPROVED',
    state,
    complete,
    since: null,
    away: false,
    unsent: 0,
    missing: 0,
    program: '1.0.0',
    storage: { persisted: true, freeMegabytes: 41_000 },
    warnings: [],
    heardAt: ago(0),
    settled: null,
    version: 1,
    ...more,
  });
  return [
    till(1, 'Kirish', 'working', true),
    till(2, 'Zal', 'working', true, { warnings: ['not-persisted'], storage: { freeMegabytes: 900 } }),
    till(3, 'Ombor', 'unsent', false, {
      unsent: 3,
      missing: 3,
      since: ago(95),
      away: true,
      heardAt: ago(40),
    }),
    till(4, 'Bozor', 'away', false, { since: ago(25), heardAt: ago(25) }),
    till(5, 'Eski kassa', 'blocked', true, { heardAt: ago(4_000), program: '0.9.2' }),
    till(6, 'Kechki', 'closed', true, {
      heardAt: ago(700),
      settled: { as: 'closed', reason: 'kassa buzildi', by: 'malika', at: ago(600) },
    }),
  ];
}

/** A day with one difference of each kind. */
function sampleReconciliation(date) {
  const figure = (count, sum) => ({ count, sum });
  const till = (code, sum, more = {}) => ({
    deviceId: `till-${code}`,
    code,
    name: `Kassa ${code}`,
    unsent: 0,
    first: 1,
    last: 120,
    taken: 120,
    missing: 0,
    twice: 0,
    sales: figure(118, sum),
    returns: figure(2, '-45000.00'),
    net: figure(120, sum),
    held: figure(0, '0.00'),
    conflicts: 0,
    delivered: figure(117, sum),
    waiting: figure(1, '12000.00'),
    rejected: figure(1, '8000.00'),
    closed: figure(0, '0.00'),
    unprocessed: 1,
    absent: 0,
    ...more,
  });
  const actions = {
    unsent: 'connect-till',
    missing: 'find-or-settle',
    twice: 'compare',
    held: 'decide',
    conflict: 'resolve',
    unreadable: 'read',
    rejected: 'correct-and-send',
    waiting: 'send',
    absent: 'repeat',
    amount: 'correct-there',
    unprocessed: 'process-there',
  };
  return {
    date,
    currency: 'UZS',
    tills: [
      till('1', '5310400.00'),
      till('2', '3120000.00', { missing: 2, held: figure(1, '54000.00'), absent: 1 }),
    ],
    total: { ...till(null, '8430400.00', { missing: 2 }), deviceId: null, first: null, last: null },
    unreadable: 1,
    differences: Object.entries(actions).map(([kind, action], index) => ({
      kind,
      action,
      till: '2',
      ...(kind !== 'unsent' && kind !== 'unreadable' && { number: `2-0000${20 + index}` }),
      ...(kind === 'missing' && { lastNumber: '2-000022' }),
      count: kind === 'missing' ? 2 : kind === 'unsent' ? 3 : 1,
      id: randomUUID(),
      ...(!['unsent', 'missing', 'unreadable'].includes(kind) && {
        amount: `${index * 12500}.00`,
        currency: 'UZS',
      }),
      ...(kind === 'amount' && { there: '99000.00' }),
      ...(kind === 'rejected' && { reason: 'Номенклатура не найдена: Shakar 1-nav' }),
      at: new Date(Date.now() - index * 600_000).toISOString(),
    })),
    more: false,
    backOffice: { told: true, reason: null, documents: 234 },
    at: new Date().toISOString(),
  };
}

/** Routes as `[method, pattern, answer(body, match, query)]`. */
/** @param days from now */
function aRate(rate, days) {
  return { rate, validFrom: new Date(Date.now() + days * 86_400_000).toISOString(), setBy: 'rahbar' };
}

export function shopRoutes() {
  const sales = new Map(
    Array.from({ length: 30 }, (_, index) => sampleSale(index)).map(sale => [sale.id, sale]),
  );
  const some = [...sales.values()].filter(one => one.status === 'COMPLETED');
  const setAside = {
    held: [
      {
        id: some[0].id,
        reason: 'blocked-device',
        sale: some[0],
        receivedAt: some[0].completedAt,
        uploader: 'jasur',
      },
    ],
    conflicts: [
      {
        id: randomUUID(),
        saleId: some[1].id,
        uploader: 'jasur',
        receivedAt: some[1].completedAt,
        sale: some[2],
      },
    ],
    unreadable: [
      {
        id: randomUUID(),
        problem: 'lines: must not be empty',
        length: 812,
        uploader: 'jasur',
        receivedAt: some[3].completedAt,
      },
    ],
  };
  const problem = (status, name, detail = name) => [
    status,
    { type: `/problems/${name}`, title: name, status, detail },
  ];
  const stored = (id, change) => {
    const sale = summed({ ...sales.get(id), ...change, id });
    sales.set(id, sale);
    return [200, sale];
  };
  const put = (sale, [, id]) => {
    const before = sales.get(id);
    if ((before?.revision ?? 0) !== sale.revision) return problem(409, 'revision');
    return stored(id, { status: 'OPEN', kind: 'SALE', ...sale, revision: sale.revision + 1 });
  };
  const complete = (body, [, id]) =>
    stored(id, {
      ...body,
      status: 'COMPLETED',
      number: numberOf(body.deviceSequence),
      deliveryStatus: 'NOT_DELIVERED',
    });
  const giveBack = (body, [, id]) => {
    const of = sales.get(id);
    const lines = body.lines.map(one => ({
      ...of.lines.find(line => line.lineId === one.lineId),
      quantity: one.quantity,
      returnOfLine: one.lineId,
    }));
    return stored(body.id, {
      ...of,
      ...body,
      lines,
      kind: 'RETURN',
      returnOf: id,
      number: numberOf(body.deviceSequence),
    });
  };
  return [
    [
      'GET',
      /^\/api\/products\/changes$/,
      (_, __, query) => {
        const after = Number(query.get('after') ?? 0);
        return [
          200,
          {
            items: products.filter(one => one.changeVersion > after),
            changeVersion: products.length,
            more: false,
          },
        ];
      },
    ],
    [
      'GET',
      /^\/api\/products\/([^/]+)\/purchase-price$/,
      (_, [, id]) => [200, { id, purchasePrice: '9800.00', currency: 'UZS' }],
    ],
    [
      'GET',
      /^\/api\/products\/([^/]+)$/,
      (_, [, id]) => [
        200,
        {
          ...products.find(one => one.id === id),
          mxik: '01701001001000000',
          packageCode: '1500001',
          vatRate: '12',
          marked: false,
          boxQuantity: '24',
        },
      ],
    ],
    [
      'GET',
      /^\/api\/customers\/([^/]+)\/movements$/,
      () => [
        200,
        {
          items: [
            ['SALE', '-375000.00', null],
            ['PAYMENT', '100000.00', 'CASH'],
            ['RETURN', '25000.00', null],
          ].map(([kind, amount, paymentKind], index) => ({
            id: randomUUID(),
            kind,
            amount,
            paymentKind,
            currency: 'UZS',
            login: 'dilnoza',
            at: new Date(Date.now() - index * 86_400_000).toISOString(),
          })),
          next: null,
        },
      ],
    ],
    [
      'PATCH',
      /^\/api\/customers\/([^/]+)$/,
      (body, [, id]) => {
        const customer = customers.find(one => one.id === id);
        return [200, Object.assign(customer, body, { version: customer.version + 1 })];
      },
    ],
    [
      'GET',
      /^\/api\/reference\/([a-z-]+)$/,
      (_, [, kind]) => [200, { items: (REFERENCE[kind] ?? []).map(id => ({ id, name: id })), next: null }],
    ],
    [
      'GET',
      /^\/api\/currency-rates$/,
      () => [
        200,
        {
          main: 'UZS',
          version: 1,
          items: [{ currency: 'USD', ...aRate('12650.00', -1) }],
          waiting: [{ currency: 'USD', ...aRate('12700.25', 2) }],
        },
      ],
    ],
    [
      'GET',
      /^\/api\/currency-rates\/[A-Z]{3}\/history$/,
      () => [200, { items: [aRate('12650.00', -1), aRate('12600.00', -8)], next: null }],
    ],
    ...administrationRoutes(problem),
    ['GET', /^\/api\/reconciliation$/, (_, __, query) => [200, sampleReconciliation(query.get('date'))]],
    ['PUT', /^\/api\/tills\/me$/, body => [200, { ...sampleTills()[1], ...body }]],
    ['GET', /^\/api\/tills$/, () => [200, { items: sampleTills(), next: null }]],
    ['GET', /^\/api\/customers$/, () => [200, { items: customers, next: null }]],
    ['POST', /^\/api\/customers$/, body => [201, { ...body, balances: [], archived: false, version: 1 }]],
    [
      'POST',
      /^\/api\/customers\/([^/]+)\/payments$/,
      (_, [, id]) => [200, customers.find(one => one.id === id)],
    ],
    [
      'GET',
      /^\/api\/charts\/sales$/,
      (_, __, query) => [
        200,
        {
          points: chartPoints(query.get('period'), query.get('date')),
        },
      ],
    ],
    [
      'POST',
      /^\/api\/sales\/batch$/,
      batch => {
        for (const sale of batch)
          stored(sale.id, {
            ...sale,
            revision: 1,
            status: 'COMPLETED',
            number: numberOf(sale.deviceSequence),
          });
        return [200, batch.map(({ id }) => ({ id, result: 'created' }))];
      },
    ],
    [
      'GET',
      /^\/api\/sales$/,
      (_, __, query) => {
        const wanted = query.get('search') ?? '';
        const items = [...sales.values()].filter(
          sale =>
            sale.status === (query.get('status') ?? sale.status) &&
            (!query.get('returnOf') || sale.returnOf === query.get('returnOf')) &&
            (!query.get('delivery') || sale.deliveryStatus === query.get('delivery')) &&
            (sale.number ?? '').includes(wanted),
        );
        return [200, { items, next: null }];
      },
    ],
    ['POST', /^\/api\/sales\/([^/]+)\/completion$/, complete],
    ['POST', /^\/api\/sales\/([^/]+)\/returns$/, giveBack],
    ['POST', /^\/api\/sales\/deliveries$/, () => [202, { waiting: 2 }]],
    [
      'GET',
      /^\/api\/sales\/trash$/,
      () => [200, { items: [...sales.values()].filter(one => one.status === 'TRASHED'), next: null }],
    ],
    [
      'GET',
      /^\/api\/sales\/(conflicts|held|unreadable)$/,
      (_, [, what]) => [200, { items: setAside[what], next: null }],
    ],
    ['GET', /^\/api\/sales\/unreadable\/([^/]+)$/, () => [200, { ...setAside.unreadable[0], raw: '{"id":' }]],
    [
      'DELETE',
      /^\/api\/sales\/unreadable\/([^/]+)$/,
      () => {
        setAside.unreadable = [];
        return [204];
      },
    ],
    [
      'POST',
      /^\/api\/sales\/(conflicts|held)\/([^/]+)\/resolution$/,
      (_, [, what, id]) => {
        setAside[what] = setAside[what].filter(one => one.id !== id);
        return [200, {}];
      },
    ],
    ['POST', /^\/api\/sales\/([^/]+)\/restoration$/, (_, [, id]) => stored(id, { status: 'OPEN' })],
    [
      'POST',
      /^\/api\/sales\/([^/]+)\/delivery\/closure$/,
      ({ reason }, [, id]) =>
        stored(id, { deliveryStatus: 'CLOSED', delivery: { attempts: 1, lastError: reason } }),
    ],
    [
      'POST',
      /^\/api\/sales\/([^/]+)\/delivery$/,
      (_, [, id]) => stored(id, { deliveryStatus: 'NOT_DELIVERED', delivery: { attempts: 0 } }),
    ],
    ['PUT', /^\/api\/sales\/([^/]+)$/, put],
    ['DELETE', /^\/api\/sales\/([^/]+)$/, (_, [, id]) => stored(id, { status: 'TRASHED' })],
    [
      'GET',
      /^\/api\/sales\/([^/]+)$/,
      (_, [, id]) => (sales.has(id) ? [200, sales.get(id)] : problem(404, 'not-found')),
    ],
    [
      'POST',
      /^\/api\/approvals$/,
      body =>
        body.pin === '482916'
          ? [
              200,
              {
                approval: 'proof',
                approvedBy: body.login,
                displayName: "Malika Yo'ldosheva",
                expiresIn: 900,
                mayChangePrice: true,
              },
            ]
          : problem(401, 'wrong-pin'),
    ],
  ];
}

function chartPoints(period, date) {
  const [length, at] = {
    day: [24, index => String(index)],
    week: [7, index => `${date.slice(0, 8)}${String(index + 1).padStart(2, '0')}`],
    month: [30, index => `${date.slice(0, 8)}${String(index + 1).padStart(2, '0')}`],
    year: [12, index => `${date.slice(0, 5)}${String(index + 1).padStart(2, '0')}`],
  }[period];
  const open = index => period !== 'day' || (index > 7 && index < 21);
  return Array.from({ length }, (_, index) => ({
    at: at(index),
    count: open(index) ? 20 + index : 0,
    net: open(index) ? `${(1 + ((index * 7 + date.charCodeAt(9)) % 5)) * 620_000}.00` : '0.00',
  }));
}

const numberOf = sequence => `2-${String(sequence).padStart(6, '0')}`;
const cents = value => value.toFixed(2);

function summed(sale) {
  const lines = (sale.lines ?? []).map(line => ({
    discount: '0.00',
    ...line,
    sum: cents(line.price * line.quantity),
  }));
  const whole = lines.reduce((sum, line) => sum + Number(line.sum), 0);
  const off = sale.discount?.percent
    ? (whole * sale.discount.percent) / 100
    : Number(sale.discount?.amount ?? 0);
  return {
    cashier: 'dilnoza',
    currency: 'UZS',
    rounding: '0.00',
    ...sale,
    lines,
    total: sale.total ?? cents(whole - off),
    totalDiscount: cents(off),
    flags: sale.flags ?? [],
  };
}

function sampleSale(index) {
  const lines = products.slice(index, index + 3).map((product, line) => ({
    lineId: `l-${line}`,
    productId: product.id,
    name: product.name,
    unit: product.unit,
    price: product.prices[0].price,
    quantity: String(1 + line),
    warehouse: 'asosiy',
  }));
  const open = index % 10 === 9;
  const sale = summed({
    id: randomUUID(),
    revision: 1,
    kind: index % 7 === 6 ? 'RETURN' : 'SALE',
    status: open ? (index > 15 ? 'TRASHED' : 'OPEN') : 'COMPLETED',
    lines,
    flags: index === 1 ? ['price', 'offline-login'] : [],
    openedAt: new Date(Date.now() - index * 600_000).toISOString(),
    ...(!open && {
      number: numberOf(500 - index),
      completedAt: new Date(Date.now() - index * 600_000).toISOString(),
      deliveryStatus: DELIVERIES[index % DELIVERIES.length][0],
      delivery: DELIVERIES[index % DELIVERIES.length][1],
    }),
  });
  return { ...sale, payments: [{ kind: 'CASH', amount: sale.total, currency: 'UZS' }] };
}
