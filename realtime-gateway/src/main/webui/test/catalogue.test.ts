import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { scanned } from '../src/catalogue/codes.ts';
import { type CatalogueNews, LocalEngine } from '../src/catalogue/engine.ts';
import { FeedParser } from '../src/catalogue/feed.ts';
import { type Product, priceOf } from '../src/catalogue/product.ts';
import { ProductIndex } from '../src/catalogue/product-index.ts';
import { database } from '../src/platform/db.ts';
import { aProduct } from './fixtures.ts';
import { FakeServer } from './server.ts';

const feed = (items: Product[], changeVersion: number) =>
  JSON.stringify({ items, changeVersion, more: false });

describe('the feed', () => {
  it('is read whole, however it is cut into pieces', () => {
    const rows = [aProduct({ name: 'a "quoted" {brace} \\ ]' }), aProduct({ id: 'p-2', name: 'Нон' })];
    const text = feed(rows, 7);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 12 }), cuts => {
        const parser = new FeedParser();
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const found = places.slice(1).flatMap((to, index) => parser.push(text.slice(places[index], to)));
        expect(found).toEqual(rows);
        expect(parser.end()).toMatchObject({ changeVersion: 7, more: false });
      }),
    );
  });
  it('that breaks off is no catalogue', () => {
    const parser = new FeedParser();
    parser.push(feed([aProduct()], 7).slice(0, -20));
    expect(() => parser.end()).toThrow();
  });
});

describe('the index', () => {
  it('finds what one catalogue made at once finds, whatever changed before', () => {
    const names = ['Shakar oq', 'Oq shakar', 'shak', 'aqshak', 'Non', 'Нон', 'nonushta shakar', ''];
    const change = fc.record({
      id: fc.integer({ min: 0, max: 9 }),
      name: fc.constantFrom(...names),
      article: fc.constantFrom('', '10', 'sh-1'),
      archived: fc.boolean(),
      query: fc.constantFrom('', 'shak', 'oq sh', 'non', '1', 'k', 'zz'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), changes => {
        const grown = new ProductIndex();
        const latest = new Map<string, Product>();
        changes.forEach(({ query, ...fields }, step) => {
          const id = `p-${fields.id}`;
          const product = aProduct({ ...fields, id, barcodes: [`478${fields.id}`], changeVersion: step + 1 });
          grown.put(product);
          latest.set(id, product);
          const fresh = new ProductIndex();
          for (const one of latest.values()) fresh.put(one);
          expect(grown.search(query, 0, 50)).toEqual(fresh.search(query, 0, 50));
          expect(grown.byCode(scanned(`478${fields.id}`))).toEqual(fresh.byCode(scanned(`478${fields.id}`)));
          const plain = [...latest.values()].filter(
            one => !one.archived && one.name.toLowerCase().includes(query),
          );
          if (query === 'shak') expect(grown.search(query, 0, 50).total).toBeGreaterThanOrEqual(plain.length);
        });
      }),
    );
  });

  const index = () => {
    const all = new ProductIndex();
    for (const [id, name, article] of [
      ['1', 'Novvot (shakar)', 'NV-010'],
      ['2', 'Shakar oliy nav', 'SH-002'],
      ['3', 'Oq shakar', 'SH-003'],
      ['4', 'Non', '10015'],
    ] as const)
      all.put(aProduct({ id, name, article, barcodes: [`478000${id}`], changeVersion: Number(id) }));
    return all;
  };
  it('puts names that begin so first, then words, then the rest', () => {
    expect(
      index()
        .search('шакар', 0, 10)
        .products.map(one => one.id),
    ).toEqual(['2', '3', '1']);
  });
  it('keeps the newest row of a product', () => {
    const all = index();
    expect(all.put(aProduct({ id: '4', name: 'old', changeVersion: 1 }))).toBe(false);
    expect(all.put(aProduct({ id: '4', name: 'Patir', changeVersion: 9, barcodes: ['1'] }))).toBe(true);
    expect(all.search('patir', 0, 10).total).toBe(1);
    expect(all.byCode(scanned('4780004')).products).toEqual([]);
    expect(all.byTypedCode('1', []).products).toHaveLength(1);
  });
  it('hides what is archived or deleted', () => {
    const all = index();
    all.put(aProduct({ id: '4', changeVersion: 9, deleted: true }));
    expect(all.search('', 0, 10).total).toBe(3);
  });
  it('stays in order whatever comes in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.string({ maxLength: 5 }))), rows => {
        const all = new ProductIndex();
        all.search('', 0, 1);
        rows.forEach(([id, name], at) => {
          all.put(aProduct({ id: String(id), name, changeVersion: at + 1 }));
        });
        const fresh = new ProductIndex();
        for (const product of all.all()) fresh.put(product);
        expect(all.search('', 0, 50).products).toEqual(fresh.search('', 0, 50).products);
      }),
    );
  });
});

describe('a price', () => {
  const rates = { main: 'UZS', rates: { USD: '12650' } };
  it('in another currency is converted at the rate', () => {
    const product = aProduct({ prices: [{ priceType: 'ulgurji', price: '1.10', currency: 'USD' }] });
    expect(priceOf(product, 'ulgurji', 'UZS', rates)).toMatchObject({ price: '13915.00', rate: '12650' });
    expect(priceOf(product, 'ulgurji', 'EUR', rates)).toBeUndefined();
    expect(priceOf(product, 'chakana', 'UZS', rates)).toBeUndefined();
  });
});

describe('the catalogue of a till', () => {
  let news: CatalogueNews[];
  let server: FakeServer;
  const engine = () => new LocalEngine(one => news.push(one));
  beforeEach(async () => {
    news = [];
    server = new FakeServer();
    const db = await database();
    await db.clear('catalogue');
    await db.clear('values');
  });

  it('gives its first page while the rest is read, and lets a scan wait for it', async () => {
    const rows = ['Anor', 'Bodom', 'Choy'].map((name, index) =>
      aProduct({ id: `p-${index}`, name, barcodes: [`478000${index}`], changeVersion: index + 1 }),
    );
    const before = engine();
    await before.open();
    await before.offer(rows, 0, 3);
    const after = engine();
    const opening = after.open();
    expect((await after.search('', 0, 2)).products.map(one => one.name)).toEqual(['Anor', 'Bodom']);
    expect(news.filter(one => one.kind === 'loaded')).toHaveLength(1);
    expect((await after.byScan('4780002', [])).products.map(one => one.name)).toEqual(['Choy']);
    expect((await after.search('bodom', 0, 2)).total).toBe(1);
    expect(await opening).toEqual({ version: 3, count: 3 });
  });
  it('is loaded once and is there after a restart', async () => {
    server.on('GET /api/products/changes?after=0', { body: feed([aProduct({ changeVersion: 5 })], 5) });
    server.on('GET /api/products/changes?after=5', { body: feed([], 5) });
    const first = engine();
    await first.open();
    await first.catchUp('token');
    const second = engine();
    expect(await second.open()).toEqual({ version: 5, count: 1 });
    await second.catchUp('token');
    expect(server.to('GET /api/products/changes?after=0')).toHaveLength(1);
  });
  it('is read anew from a server that knows less, as after its database was restored', async () => {
    const rows = (...versions: number[]) =>
      versions.map(changeVersion => aProduct({ id: `p-${changeVersion}`, name: 'Non', changeVersion }));
    const one = engine();
    await one.open();
    await one.offer(rows(7, 8, 9), 0, 9);
    server.on('GET /api/products/changes?after=9', { body: feed([], 5) });
    server.on('GET /api/products/changes?after=0', { body: feed(rows(4, 5), 5) });
    await one.catchUp('token');
    expect((await one.search('', 0, 10)).products.map(found => found.id)).toEqual(['p-4', 'p-5']);
    const after = engine();
    expect(await after.open()).toEqual({ version: 5, count: 2 });
    expect(await after.offer(rows(6), 5, 6)).toBe(true);
  });
  it('takes rows of an event, and refuses those after a gap', async () => {
    const one = engine();
    await one.open();
    expect(await one.offer([aProduct({ changeVersion: 1 })], 0, 1)).toBe(true);
    expect(await one.offer([aProduct({ changeVersion: 9 })], 8, 9)).toBe(false);
    expect((await one.search('', 0, 10)).total).toBe(1);
  });
  it('lowers the stock once for one sale', async () => {
    const one = engine();
    await one.open();
    await one.offer([aProduct({ id: 'p-1', changeVersion: 1 })], 0, 1);
    const sold = [{ productId: 'p-1', warehouse: 'asosiy', quantity: '2' }];
    await one.sell('s-1', sold);
    await one.sell('s-1', sold);
    expect((await one.get(['p-1']))[0]?.sold).toEqual({ asosiy: '2' });
  });
  it('keeps what the server has not heard of lowered when another row of the product comes', async () => {
    const one = engine();
    await one.open();
    const row = (changeVersion: number, quantity: string) =>
      one.offer(
        [aProduct({ id: 'p-1', changeVersion, stock: [{ warehouse: 'asosiy', quantity }] })],
        changeVersion - 1,
        changeVersion,
      );
    const sold = async () => (await one.get(['p-1']))[0]?.sold;
    await row(1, '9');
    await one.sell('s-1', [{ productId: 'p-1', warehouse: 'asosiy', quantity: '2' }]);
    await row(2, '8');
    expect(await sold()).toEqual({ asosiy: '2' });
    await row(3, '6');
    await one.told('s-1');
    expect(await sold()).toEqual({ asosiy: '0' });
    await one.sell('s-2', [{ productId: 'p-1', warehouse: 'asosiy', quantity: '1' }]);
    await one.told('s-2');
    expect(await sold()).toEqual({ asosiy: '1' });
    await row(4, '5');
    expect(await sold()).toBeUndefined();
  });
});
