import { useLocation } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Product } from '../src/catalogue/product.ts';
import CustomerCard from '../src/customers/customer-card.tsx';
import { compared, dateBefore, hoursOf, pointsOver } from '../src/home/periods.ts';
import { HouseData } from '../src/house/house.ts';
import { pageTexts } from '../src/i18n/pages/index.ts';
import { Store, useStore } from '../src/platform/store.ts';
import { barsOf, Label } from '../src/products/label.tsx';
import ProductDialog from '../src/products/product-dialog.tsx';
import { Session } from '../src/session/session.ts';
import HelpDialog from '../src/shell/help-dialog.tsx';
import { helpShown, useShellKeys, wayKeys } from '../src/shell/keys.ts';
import { paths } from '../src/shell/places.ts';
import { aDevice, aProduct, loginAnswer } from './fixtures.ts';
import { clear, eventually, press, show, showPage, text, underAct } from './screen.tsx';
import { FakeServer } from './server.ts';

let server: FakeServer;
let session: Session;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  server = new FakeServer().on('POST /api/auth/login', { body: loginAnswer() });
  session = new Session(aDevice());
  await session.logIn('dilnoza', 'parol');
});
afterEach(async () => {
  await clear();
  session.close();
});

const at = (name: string) => document.querySelector<HTMLElement>(`[data-testid=${name}]`);
const inBody = (): string => (document.body.textContent ?? '').replaceAll('\u00a0', ' ');

describe('the period before', () => {
  it('is the same one, one earlier', () => {
    expect(dateBefore('day', '2026-03-01')).toBe('2026-02-28');
    expect(dateBefore('week', '2026-01-05')).toBe('2025-12-29');
    expect(dateBefore('month', '2026-03-31')).toBe('2026-02-28');
    expect(dateBefore('year', '2026-11-30')).toBe('2025-01-01');
  });
  it('is compared up to the last point that is over, in the order of the business day', () => {
    expect(pointsOver('day', '2026-11-30', 14, '00:00')).toBe(14);
    expect(pointsOver('day', '2026-11-30', 2, '06:00')).toBe(20);
    expect(hoursOf('06:00').slice(0, 2).concat(hoursOf('06:00').slice(-1))).toEqual([6, 7, 5]);
    // 2026-11-30 is a Monday: no day of the week is over.
    expect(pointsOver('week', '2026-11-30', 14, '00:00')).toBe(0);
    expect(pointsOver('month', '2026-11-30', 14, '00:00')).toBe(29);
    expect(pointsOver('year', '2026-11-30', 14, '00:00')).toBe(10);
  });
  it('gives sums to the tiyin, and a percentage only of something', () => {
    expect(compared(['0.10', '0.20', '9.00'], ['0.10', '0.10', '5.00'], 2)).toEqual({
      now: '0.30',
      before: '0.20',
      percent: 50,
    });
    expect(compared(['1.00'], ['0.00'], 1)?.percent).toBeUndefined();
    expect(compared(['1.00'], ['1.00'], 0)).toBeUndefined();
  });
});

describe('a price label', () => {
  it('has the bars of an EAN, and of any other code as Code 128', () => {
    // ISO/IEC 15420: 95 modules, guards outside and in the middle.
    const ean = barsOf('4780000001325') ?? '';
    expect(ean).toHaveLength(95);
    expect([ean.slice(0, 3), ean.slice(45, 50), ean.slice(92)]).toEqual(['101', '01010', '101']);
    // A wrong check digit is no EAN, and still a code.
    expect(barsOf('4780000001326')?.length).not.toBe(95);
    expect(barsOf('A-1024')?.startsWith('11010010000')).toBe(true);
    expect(barsOf('ўзбек')).toBeUndefined();
  });
  it('shows name, price and code', async () => {
    await show(
      <Label
        shop="Baraka"
        name="Shakar"
        article="SH-1"
        price="12 500"
        per="so'm / kg"
        barcode="4780000001325"
      />,
    );
    for (const words of ['Baraka', 'Shakar', '12 500', "so'm / kg", '4780000001325', 'SH-1'])
      expect(text()).toContain(words);
  });
});

describe("a product's details", () => {
  const product: Product = aProduct({
    prices: [
      { priceType: 'chakana', price: '12500.00', currency: 'UZS' },
      { priceType: 'ulgurji', price: '1.00', currency: 'USD' },
    ],
    stock: [
      { warehouse: 'asosiy', quantity: '41' },
      { warehouse: 'ombor-2', quantity: '7' },
    ],
    sold: { asosiy: '2' },
  });
  const workplace = () => {
    const house = new HouseData(session, aDevice().deviceId);
    house.state.set({ ...house.state.get(), rates: { main: 'UZS', rates: { USD: '12650' } } });
    return {
      session,
      house,
      device: aDevice(),
      catalogue: { state: new Store({ revision: 1 }), get: async () => [product] },
    };
  };

  it('are codes, prices and stock of all kinds, and what the law asks', async () => {
    server.on('GET /api/products/p-1', {
      body: { id: 'p-1', mxik: '01701001001000000', vatRate: '12', marked: true },
    });
    await showPage(
      <ProductDialog id="p-1" priceType="chakana" seesPurchasePrice={false} onClose={() => undefined} />,
      workplace(),
    );
    await eventually(() => inBody().includes('01701001001000000'));
    for (const words of ["12 500 so'm", '1,00 USD', "12 650 so'm", '39', '7', '12 %'])
      expect(inBody()).toContain(words);
    // Its last digit would be an 8.
    expect(at('product-barcodes')?.textContent).toBe("4780001112223 nazorat raqami noto'g'ri");
    expect(server.to('GET /api/products/p-1/purchase-price')).toEqual([]);
  });
  it('tell the purchase price to those who may see it', async () => {
    server.on('GET /api/products/p-1/purchase-price', {
      body: { id: 'p-1', purchasePrice: '9800.00', currency: 'UZS' },
    });
    await showPage(
      <ProductDialog id="p-1" priceType="chakana" seesPurchasePrice onClose={() => undefined} />,
      workplace(),
    );
    await eventually(() => inBody().includes("9 800 so'm"));
  });
  it('print as many labels as asked for', async () => {
    let printed = 0;
    vi.stubGlobal('print', () => {
      printed = document.querySelectorAll('.print-area [data-testid=label]').length;
      window.dispatchEvent(new Event('afterprint'));
    });
    await showPage(
      <ProductDialog id="p-1" priceType="chakana" seesPurchasePrice={false} onClose={() => undefined} />,
      workplace(),
    );
    await eventually(() => at('print-label') !== null);
    const field = at('setting-labels') as HTMLInputElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const types = (value: string) =>
      underAct(() => {
        set?.call(field, value);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      });
    await types('900');
    await press(at('print-label') ?? document.body);
    expect(at('error-labels')?.textContent).toBe(pageTexts['uz-Latn'].form.between(1, 200));
    await types('3');
    await press(at('print-label') ?? document.body);
    await eventually(() => printed === 3);
  });
});

describe("a customer's card", () => {
  const customer = {
    id: 'c-1',
    name: 'Akmal aka',
    phone: '+998 90 123 45 67',
    balances: [
      { currency: 'UZS', amount: '-375000.00' },
      { currency: 'USD', amount: '10.00' },
    ],
    archived: false,
    version: 3,
  };

  it('shows balances in each currency and the movements that made them', async () => {
    server.on('GET /api/customers/c-1/movements?limit=50', {
      body: {
        items: [
          { id: 'm-1', kind: 'SALE', currency: 'UZS', amount: '-375000.00', at: '2026-11-23T10:00:00Z' },
          {
            id: 'm-2',
            kind: 'PAYMENT',
            currency: 'USD',
            amount: '10.00',
            paymentKind: 'CASH',
            at: '2026-11-23T10:00:00Z',
          },
        ],
        next: null,
      },
    });
    await showPage(
      <CustomerCard
        customer={customer}
        zone="Asia/Tashkent"
        onRepay={() => undefined}
        onClose={() => undefined}
      />,
      { session, customers: { event: async () => undefined } },
    );
    await eventually(() => document.querySelectorAll('[data-testid=movement]').length === 2);
    expect(inBody()).toContain("\u2212375 000 so'm");
    expect(inBody()).toContain('10,00 USD');
    expect(inBody()).toContain(pageTexts['uz-Latn'].people.kinds.PAYMENT);
  });
  it('sends only what was changed of the contact', async () => {
    server
      .on('GET /api/customers/c-1/movements?limit=50', { body: { items: [], next: null } })
      .on('PATCH /api/customers/c-1', { body: { ...customer, phone: '', version: 4 } });
    const event = vi.fn(async () => undefined);
    await showPage(
      <CustomerCard
        customer={customer}
        zone="Asia/Tashkent"
        onRepay={() => undefined}
        onClose={() => undefined}
      />,
      { session, customers: { event } },
    );
    const field = at('setting-phone') as HTMLInputElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    await underAct(() => {
      set?.call(field, '');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await press(at('save') ?? document.body);
    await eventually(() => event.mock.calls.length === 1);
    expect(server.to('PATCH /api/customers/c-1')[0]?.body).toEqual({ phone: '' });
  });
});

describe('the keyboard', () => {
  function Keys() {
    const { pathname } = useLocation();
    const shown = useStore(helpShown);
    useShellKeys();
    return (
      <main>
        <div className="search-box">
          <input data-testid="search" />
        </div>
        <output data-testid="path">{pathname}</output>
        {shown && <HelpDialog />}
      </main>
    );
  }
  const presses = (key: string, code = key, altKey = false) =>
    underAct(
      () => void window.dispatchEvent(new KeyboardEvent('keydown', { key, code, altKey, cancelable: true })),
    );

  it('leads to every page and to what is searched, whatever letters a layout has', async () => {
    await showPage(<Keys />, {});
    for (const [letter, place] of wayKeys) {
      await presses('й', `Key${letter}`, true);
      expect(at('path')?.textContent).toBe(paths[place]);
    }
    await presses('F2');
    expect(document.activeElement).toBe(at('search'));
  });
  it('shows its keys on each page, and none of them acts below', async () => {
    helpShown.set(false);
    await showPage(<Keys />, {});
    for (const [letter] of wayKeys) {
      await presses('q', `Key${letter}`, true);
      const before = at('path')?.textContent;
      await presses('F1');
      await eventually(() => at('help-dialog') !== null);
      expect(inBody()).toContain(pageTexts['uz-Latn'].help.everywhere);
      await presses('q', 'KeyQ', true);
      expect(at('path')?.textContent).toBe(before);
      await underAct(() => helpShown.set(false));
      await eventually(() => at('help-dialog') === null);
    }
  });
});
