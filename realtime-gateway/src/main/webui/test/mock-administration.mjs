/** What an ADMIN of the mock's shop changes: users, devices, settings, the shop's rules. Kept in memory. */

const users = [
  ['dilnoza', 'Dilnoza Karimova', 'CASHIER', true, true],
  ['jasur', 'Jasur Toshmatov', 'CASHIER', true, false],
  ['malika', "Malika Yo'ldosheva", 'MANAGER', true, true],
  ['admin', 'Administrator', 'ADMIN', true, true],
  ['eski', 'Eskirgan Foydalanuvchi-Oʻgʻli', 'CASHIER', false, true],
].map(([login, displayName, role, active, hasPassword]) => ({
  login,
  displayName,
  role,
  active,
  hasPassword,
  hasPin: role === 'MANAGER',
  version: 1,
}));
const devices = [
  ['7a0a1a52-52a5-4a86-8a4c-3b0a5e0c9f11', '1', 'Kirish eshigi yonidagi kassa', 'APPROVED'],
  ['7a0a1a52-52a5-4a86-8a4c-3b0a5e0c9f12', '3', '3-kassa', 'PENDING'],
  ['7a0a1a52-52a5-4a86-8a4c-3b0a5e0c9f13', '4', "Yo'qolgan planshet", 'BLOCKED'],
].map(([deviceId, code, name, status]) => ({ deviceId, code, name, status, version: 1 }));
let enterprise = {
  ksbId: '10000001',
  name: '"Baraka" savdo markazi',
  phones: ['+998 71 200 00 00'],
  zone: 'Asia/Tashkent',
  currency: 'UZS',
  dayStart: '00:00',
  licenceUntil: '2027-06-30',
  negativeStock: 'WARN',
  cashRoundings: { UZS: 100 },
  cashLimit: null,
  weighedBarcodes: ['2PIIIIIWWWWWC'],
  deviceApproval: 'MANUAL',
};
let deviceSettings = {
  resendSeconds: 300,
  timeoutSeconds: 30,
  receiptHeader: 'Xush kelibsiz!',
  receiptFooter: 'Xaridingiz uchun rahmat',
  receiptWidth: 'MM80',
  scan: 'RAISES_LINE',
  askQuantity: false,
};
let rights = {
  language: 'uz-Latn',
  theme: 'system',
  currency: 'UZS',
  warehouses: [{ id: 'asosiy', main: true }],
  priceTypes: [{ id: 'chakana', main: true }],
  cashDesks: [{ kind: 'CASH', id: 'naqd' }],
  maxDiscountPercent: '5',
  mayChangePrice: false,
  maySeePurchasePrice: false,
  maySeeTotals: true,
};

/** Routes as in the mock's shop. */
export function administrationRoutes(problem) {
  let tag = 1;
  const tagged = body => [200, body, { ETag: `"${tag}"` }];
  const found = (list, name, value) => list.find(one => one[name] === decodeURIComponent(value));
  return [
    ['GET', /^\/api\/enterprise$/, () => [200, enterprise]],
    [
      'PATCH',
      /^\/api\/enterprise$/,
      body => {
        enterprise = { ...enterprise, ...body, ...(body.cashLimit === 'none' && { cashLimit: null }) };
        return [200, enterprise];
      },
    ],
    ['GET', /^\/api\/devices\/[^/]+\/settings$/, () => tagged(deviceSettings)],
    [
      'PUT',
      /^\/api\/devices\/[^/]+\/settings$/,
      body => {
        deviceSettings = body;
        tag += 1;
        return tagged(deviceSettings);
      },
    ],
    ['GET', /^\/api\/devices$/, () => [200, { items: devices, next: null }]],
    [
      'PATCH',
      /^\/api\/devices\/([^/]+)$/,
      (body, [, id]) => [200, Object.assign(found(devices, 'deviceId', id), body)],
    ],
    ['GET', /^\/api\/users$/, () => [200, { items: users, next: null }]],
    [
      'POST',
      /^\/api\/users$/,
      ({ password, ...user }) => {
        if (found(users, 'login', user.login)) return problem(409, 'login-taken');
        users.push({ ...user, active: true, hasPassword: password !== undefined, hasPin: false, version: 1 });
        return [201, users.at(-1)];
      },
    ],
    ['GET', /^\/api\/users\/[^/]+\/settings$/, () => tagged(rights)],
    [
      'PUT',
      /^\/api\/users\/[^/]+\/settings$/,
      body => {
        rights = body;
        return tagged(rights);
      },
    ],
    [
      'PATCH',
      /^\/api\/users\/([^/]+)$/,
      ({ password: _, ...body }, [, login]) => [200, Object.assign(found(users, 'login', login), body)],
    ],
    ['POST', /^\/api\/auth\/password$/, () => [204]],
  ];
}
