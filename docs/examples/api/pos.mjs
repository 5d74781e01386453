// KSB POS in JavaScript: node pos.mjs sell|follow|socketio|push|sales (README.md beside this file)
import { randomUUID } from 'node:crypto';

const { POS = 'http://localhost:8080', KSB_ID = '10000001', PASSWORD } = process.env;

/** Sends one request. A failure is a problem document (RFC 9457): its `type` says what to do, `detail` is for people. */
async function api(method, path, { token, body, ...headers } = {}) {
  const response = await fetch(POS + path, {
    method,
    body: body && JSON.stringify(body),
    headers: {
      ...headers,
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.detail ?? answer.title}`);
  return answer;
}

/** Registers a till and logs a user in at it. A real till does the first once and keeps the deviceToken. */
async function login(user) {
  const deviceId = randomUUID();
  const till = { ksbId: KSB_ID, deviceId };
  const { deviceToken } = await api('POST', '/api/devices', { body: { ...till, name: 'JavaScript' } });
  const answer = await api('POST', '/api/auth/login', {
    'X-Device-Token': deviceToken,
    body: { ...till, login: user, password: PASSWORD },
  });
  return answer.accessToken; // for 15 minutes; POST /api/auth/refresh with the refreshToken renews it
}

async function sell() {
  const token = await login('kassir');
  const product = await api('GET', '/api/products/example-1', { token });
  const { price } = product.prices.find(({ priceType }) => priceType === 'chakana'); // amounts are decimal text
  const id = randomUUID(); // the till's own: whatever is sent again under it is the same sale
  const line = { lineId: '1', productId: product.id, name: product.name, unit: product.unit, price, quantity: '1' };
  await api('PUT', `/api/sales/${id}`, {
    token,
    body: {
      currency: 'UZS',
      priceType: 'chakana',
      warehouse: 'asosiy',
      lines: [{ ...line, basePrice: price, baseCurrency: 'UZS' }],
    },
  });
  const sale = await api('POST', `/api/sales/${id}/completion`, {
    token,
    body: {
      revision: 1,
      total: price,
      deviceSequence: 1,
      payments: [{ kind: 'CASH', amount: price, currency: 'UZS', cashDesk: 'naqd' }],
    },
  });
  console.log(`sold ${sale.number} for ${sale.total}`);
}

/** Follows live over a WebSocket. After a break: connect anew and subscribe with `since: position`. */
async function follow() {
  const token = await login('kassir');
  const socket = new WebSocket(`${POS.replace('http', 'ws')}/ws`, 'pos.v1');
  const send = message => socket.send(JSON.stringify(message));
  let position;
  socket.onopen = () => send({ op: 'auth', token });
  socket.onclose = ({ code }) => console.log('closed', code); // asyncapi.yaml: which codes to come back from
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    position = message.position ?? position;
    switch (message.op) {
      case 'welcome':
        setInterval(() => send({ op: 'ping' }), message.heartbeat * 1000).unref();
        send({ op: 'subscribe', channels: ['sales', 'totals'], since: position });
        break;
      case 'subscribed': // recovered false: load over HTTP now; versions decide which is newer
        console.log('following', message.channels.join(' '));
        break;
      case 'snapshot':
        console.log(`${message.channel} now`, message.data?.net);
        break;
      case 'event':
        if (message.type !== 'sale.completed') break;
        console.log('heard', message.data.number, message.data.total);
        socket.close();
    }
  };
}

/** The same with socket.io-client 4, which comes back by itself. */
async function socketio() {
  const { io } = await import('socket.io-client');
  const token = await login('kassir');
  const socket = io(POS, { auth: give => give({ token, channels: ['sales'] }) });
  socket.on('subscribed', ({ channels }) => console.log('following', channels.join(' ')));
  socket.on('connect_error', error => console.log('refused', error.message));
  socket.on('sale.completed', sale => {
    console.log('heard', sale.number, sale.total);
    socket.close();
  });
}

/** As an ERP: rows with a version that rises; what is not newer changes nothing. */
async function push() {
  const response = await fetch(`${POS}/api/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: `${KSB_ID}-backoffice`,
      client_secret: PASSWORD,
    }),
  });
  const { access_token: token } = await response.json();
  const row = {
    id: 'example-1',
    version: Math.floor(Date.now() / 1000),
    name: 'Example',
    unit: 'dona',
    currency: 'UZS',
    barcodes: ['2990000000017'],
    prices: [{ priceType: 'chakana', price: '12500.00', currency: 'UZS' }],
    stock: [{ warehouse: 'asosiy', quantity: '1000' }],
  };
  console.log(JSON.stringify(await api('POST', '/api/product-updates', { token, body: [row] })));
}

/** As a CRM: all finished sales of a day, page by page. */
async function sales() {
  const token = await login('menejer');
  const today = new Date().toISOString().slice(0, 10);
  let after = '';
  do {
    const page = await api('GET', `/api/sales?status=COMPLETED&from=${today}&limit=100${after}`, { token });
    for (const { number, total, currency } of page.items) console.log(number, total, currency);
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : '';
  } while (after);
}

await { sell, follow, socketio, push, sales }[process.argv[2]]();
