import type { Product } from '../src/catalogue/product.ts';
import type { Device } from '../src/device/device.ts';
import type { Totals } from '../src/totals/totals.ts';

export function aDevice(change: Partial<Device> = {}): Device {
  return {
    ksbId: '10000001',
    enterprise: 'Baraka',
    deviceId: '7a0a1a52-52a5-4a86-8a4c-3b0a5e0c9f11',
    code: '2',
    token: 'device-token',
    ...change,
  };
}

export function totals(change: Partial<Totals> = {}): Totals {
  return {
    date: '2026-11-23',
    currency: 'UZS',
    version: 1,
    count: 1,
    returnsCount: 0,
    net: '12500.00',
    cash: '12500.00',
    card: '0.00',
    debt: '0.00',
    customers: 10,
    products: 20,
    notDelivered: 0,
    rejected: 0,
    toReview: 0,
    hours: [],
    at: '2026-11-23T10:00:00+05:00',
    ...change,
  };
}

export function aToken(claims: Record<string, unknown> = {}): string {
  const part = (value: unknown) => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_');
  return `${part({ alg: 'ES256' })}.${part({ zone: 'Asia/Tashkent', day_start: '00:00', ...claims })}.x`;
}

export function loginAnswer(change: Record<string, unknown> = {}) {
  return {
    accessToken: aToken(),
    expiresIn: 900,
    refreshToken: 'refresh-1',
    user: { login: 'dilnoza', displayName: 'Dilnoza Karimova', role: 'CASHIER' },
    settings: { language: 'uz-Latn', theme: 'light', currency: 'UZS', maySeeTotals: true },
    ...change,
  };
}

export function aProduct(change: Partial<Product> = {}): Product {
  return {
    id: 'p-1',
    name: 'Shakar 1-nav',
    article: 'SH-001',
    unit: 'kg',
    currency: 'UZS',
    barcodes: ['4780001112223'],
    prices: [{ priceType: 'chakana', price: '12500.00', currency: 'UZS' }],
    stock: [{ warehouse: 'asosiy', quantity: '41' }],
    version: 1,
    changeVersion: 1,
    ...change,
  };
}
