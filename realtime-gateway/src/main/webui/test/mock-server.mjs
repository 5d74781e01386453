/**
 * A stand-in for the services, to develop and look at the client alone: `npm run mock`, then `npm run dev` (or open
 * the mock itself, which also serves dist). Enterprises: 10000001 works, 10000009 is blocked, 10000008 waits for
 * approval. Every password is "parol"; "x" is refused. Faults by `POST /mock/<name>`: drop, gone, blocked.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { shopRoutes } from './mock-shop.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const PARTS = [
  'units',
  'warehouses',
  'price-types',
  'cash-desks',
  'currencies',
  'rates',
  'products',
  'customers',
  'sales',
];
const ROWS = {
  units: 3,
  warehouses: 2,
  'price-types': 2,
  'cash-desks': 2,
  currencies: 2,
  rates: 2,
  products: 4070,
  customers: 4372,
};
const USERS = [
  { login: 'dilnoza', displayName: 'Dilnoza Karimova', role: 'CASHIER' },
  { login: 'jasur', displayName: 'Jasur Toshmatov', role: 'CASHIER' },
  { login: 'malika', displayName: "Malika Yo'ldosheva", role: 'MANAGER' },
  { login: 'admin', displayName: 'Administrator', role: 'ADMIN' },
];

export function startMock({ port = 28080, tick = 2500 } = {}) {
  const syncs = new Map();
  const sockets = new Set();
  let readyAt = 0;
  let offset = 0;
  let settings = {
    language: 'uz-Latn',
    theme: 'system',
    currency: 'UZS',
    maySeeTotals: true,
    maySeePurchasePrice: true,
    maxDiscountPercent: '5',
  };
  const totals = sampleTotals();

  const routes = {
    'GET /api/enterprises/10000001': () => [200, { ksbId: '10000001', name: '"Baraka" savdo markazi' }],
    'GET /api/enterprises/10000008': () => [200, { ksbId: '10000008', name: "Yangi do'kon" }],
    'GET /api/enterprises/10000009': () => problem(403, 'enterprise-blocked', 'blocked'),
    'POST /api/devices': body => [
      201,
      { deviceId: body.deviceId, code: '2', status: 'APPROVED', deviceToken: `token-${body.ksbId}` },
    ],
    'GET /api/enterprises/10000001/users': () => [
      200,
      USERS.map(({ login, displayName, role }) => ({
        login,
        displayName,
        manager: role !== 'CASHIER',
        hasPin: role !== 'CASHIER',
      })),
    ],
    'GET /api/enterprises/10000008/users': () => problem(403, 'device-pending', 'waiting for approval'),
    'POST /api/auth/login': body => (body.password === 'parol' ? [200, login(body.login)] : wrongPassword()),
    'POST /api/auth/pin': body =>
      body.pin === '482916' ? [200, login(body.login)] : problem(401, 'wrong-pin', 'wrong'),
    'POST /api/auth/refresh': () => [200, tokens()],
    'POST /api/auth/logout': () => [204],
    'GET /api/users/me/settings': () => [200, settings, { ETag: '"1"' }],
    'PUT /api/users/me/settings': body => {
      settings = body;
      return [200, settings];
    },
    'GET /api/totals': () => [200, totals],
    'GET /api/syncs/cooldown': () => {
      const left = Math.max(0, Math.ceil((readyAt - Date.now()) / 1000));
      return [
        200,
        { nextAllowedAt: left ? new Date(readyAt).toISOString() : null, secondsLeft: left, running: null },
      ];
    },
    'POST /api/syncs': startSync,
    'POST /api/syncs/full': () => [204],
  };

  const shop = shopRoutes();
  function shopRoute(method, path, query) {
    for (const [of, pattern, answer] of shop) {
      const match = of === method && pattern.exec(path);
      if (match) return body => answer(body, match, query);
    }
    return undefined;
  }

  function wrongPassword() {
    return problem(401, 'unauthorized', 'wrong password');
  }

  function login(name) {
    const user = USERS.find(one => one.login === name) ?? USERS[3];
    return { ...tokens(), user, settings };
  }

  function startSync() {
    if (readyAt > Date.now()) return problem(429, 'cooldown', 'wait', { 'Retry-After': '600' });
    const sync = {
      id: randomUUID(),
      status: 'RUNNING',
      first: syncs.size === 0,
      parts: PARTS.map(part => ({
        part,
        state: 'WAITING',
        received: 0,
        applied: 0,
        unchanged: 0,
        rejected: [],
      })),
      startedAt: new Date().toISOString(),
      finishedAt: null,
    };
    syncs.set(sync.id, sync);
    readyAt = Date.now() + 600_000;
    advance(sync, 0);
    return [202, sync, { Location: `/api/syncs/${sync.id}` }];
  }

  function oneSync(method, sync) {
    if (method === 'DELETE' && sync.status === 'RUNNING') {
      Object.assign(sync, { status: 'CANCELLED', finishedAt: new Date().toISOString() });
      publish('sync', 'sync.progress', sync);
    }
    return [200, sync];
  }

  function advance(sync, index) {
    if (sync.status !== 'RUNNING') return undefined;
    const part = sync.parts[index];
    if (!part) {
      Object.assign(sync, { status: 'COMPLETED', finishedAt: new Date().toISOString() });
      return publish('sync', 'sync.completed', sync);
    }
    part.state = part.state === 'WAITING' ? 'READING' : part.state === 'READING' ? 'APPLYING' : 'APPLIED';
    if (part.state !== 'READING') part.received = part.applied = ROWS[part.part] ?? 0;
    if (part.state === 'APPLIED' && part.part === 'products')
      part.rejected = [{ id: '00-00017', reason: 'unit karobka is not known' }];
    publish('sync', 'sync.progress', sync);
    setTimeout(() => advance(sync, part.state === 'APPLIED' ? index + 1 : index), tick / 8);
  }

  function publish(channel, type, data) {
    offset += 1;
    const frame = {
      op: 'event',
      channel,
      type,
      id: randomUUID(),
      time: new Date().toISOString(),
      position: `p${offset}`,
      data,
    };
    for (const socket of sockets) if (socket.channels.has(channel)) socket.send(JSON.stringify(frame));
  }

  function sell() {
    const sum = 100 * Math.ceil(50 + Math.random() * 4000);
    totals.version += 1;
    totals.count += 1;
    totals.net = add(totals.net, sum);
    const means = Math.random() < 0.6 ? 'cash' : 'card';
    totals[means] = add(totals[means], sum);
    const last = totals.hours.at(-1);
    last.net = add(last.net, sum);
    last.count += 1;
    totals.at = new Date().toISOString();
    publish('totals', 'totals.changed', totals);
  }

  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url, 'http://mock');
    if (path.startsWith('/mock/')) {
      const fault = path.slice(6);
      for (const socket of sockets) socket.close(fault === 'blocked' ? 4403 : 1012);
      if (fault === 'gone') setTimeout(() => process.exit(0), 100);
      return response.end();
    }
    if (!path.startsWith('/api/')) return serveShell(path, response);
    const text = await bodyOf(request);
    const sync = /^\/api\/syncs\/([0-9a-f-]{36})$/.exec(path);
    const route = sync
      ? () =>
          syncs.has(sync[1])
            ? oneSync(request.method, syncs.get(sync[1]))
            : problem(404, 'not-found', 'no such sync')
      : (routes[`${request.method} ${path}`] ??
        shopRoute(request.method, path, searchParams) ??
        (() => problem(404, 'not-found', 'not found')));
    const [status, body, headers] = route(text ? JSON.parse(text) : undefined);
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(status, { 'Content-Type': type, ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });

  const live = new WebSocketServer({ server, path: '/ws', handleProtocols: () => 'pos.v1' });
  live.on('connection', socket => {
    socket.channels = new Set();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', message => {
      const frame = JSON.parse(message);
      const send = answer => socket.send(JSON.stringify(answer));
      if (frame.op === 'auth') send({ op: 'welcome', session: randomUUID(), expiresIn: 900, heartbeat: 25 });
      if (frame.op === 'ping') send({ op: 'pong' });
      if (frame.op === 'subscribe') {
        for (const channel of frame.channels) socket.channels.add(channel);
        send({
          op: 'subscribed',
          channels: frame.channels,
          recovered: frame.since !== undefined,
          position: `p${offset}`,
        });
        if (frame.channels.includes('totals')) send({ op: 'snapshot', channel: 'totals', data: totals });
      }
    });
  });

  const selling = setInterval(sell, tick);
  return new Promise(resolve => {
    server.listen(port, '127.0.0.1', () => {
      resolve({
        port: server.address().port,
        close() {
          clearInterval(selling);
          live.close();
          server.close();
        },
      });
    });
  });
}

function tokens() {
  const claims = { zone: 'Asia/Tashkent', day_start: '00:00', ksb_id: '10000001' };
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    accessToken: `${part({ alg: 'none' })}.${part(claims)}.mock`,
    expiresIn: 900,
    refreshToken: randomUUID(),
  };
}

function problem(status, name, detail, headers) {
  return [status, { type: `/problems/${name}`, title: name, status, detail }, headers];
}

const add = (decimal, sum) => (Number(decimal) + sum).toFixed(2);

function sampleTotals() {
  const nets = [412500, 1287000, 2145300, 1980400, 2764900, 1533200, 1876600, 2391800, 1120500];
  const sum = nets.reduce((one, other) => one + other, 0);
  return {
    date: new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tashkent' }).format(),
    currency: 'UZS',
    version: 1,
    count: 214,
    returnsCount: 3,
    gross: (sum + 184000).toFixed(2),
    returns: '184000.00',
    net: sum.toFixed(2),
    cash: '9310700.00',
    card: '5361500.00',
    debt: '840000.00',
    discount: '122000.00',
    rounding: '0.00',
    customers: 4372,
    products: 4070,
    notDelivered: 7,
    rejected: 1,
    toReview: 0,
    hours: nets.map((net, index) => ({ hour: 8 + index, count: 20 + index, net: net.toFixed(2) })),
    byCurrency: [],
    at: new Date().toISOString(),
  };
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function serveShell(path, response) {
  const name = extname(path) ? path : '/index.html';
  try {
    const content = await readFile(join(DIST, name));
    response.writeHead(200, {
      'Content-Type': TYPES[extname(name)] ?? 'text/plain',
      'Content-Security-Policy': CSP,
    });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 28080);
  await startMock({ port });
  process.stdout.write(`http://127.0.0.1:${port}\n`);
}
