import { neededApproval } from '../../approval/approval.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { type Price, type Product, priceOf } from '../../catalogue/product.ts';
import type { Device } from '../../device/device.ts';
import { type House, type HouseData, roundingStep } from '../../house/house.ts';
import type { Finished, Outbox } from '../../outbox/outbox.ts';
import { randomUuid } from '../../platform/uuid.ts';
import type { Session } from '../../session/session.ts';
import { type Sums, sums } from '../domain/arithmetic.ts';
import { compare } from '../domain/decimal.ts';
import type { SaleContent, SaleLine } from '../domain/sale.ts';
import type { OpenSale } from './open-sale.ts';
import type { OpenSales } from './open-sales.ts';

export type Added =
  | { kind: 'added' }
  | { kind: 'choose'; products: Product[]; quantity: string | undefined }
  | { kind: 'not-found'; code: string }
  | { kind: 'not-stored' }
  | { kind: 'no-price'; product: Product };

interface Parts {
  catalogue: Catalogue;
  sales: OpenSales;
  house: HouseData;
  outbox: Outbox;
  session: Session;
  device: Device;
  /** Whether the server can be expected to answer. */
  online: () => boolean;
}

/** What a cashier does with the current sale; everything that asks the catalogue, the house's rules and the sale together. */
export class Selling {
  constructor(private readonly parts: Parts) {}

  /** `tail`: what is looked up when nothing has the whole code. */
  async scan(code: string, tail = code): Promise<Added> {
    const { catalogue, house } = this.parts;
    const { weighedBarcodes } = house.state.get().enterprise;
    const hit = await catalogue.byScan(code, weighedBarcodes);
    if (hit.products.length > 0 || tail === code) return this.#take(code, hit);
    return this.#take(tail, await catalogue.byScan(tail, weighedBarcodes));
  }

  /** What was typed and is a code to the letter; undefined: it is not, so it is a search. */
  async typedCode(text: string): Promise<Added | undefined> {
    const { catalogue, house } = this.parts;
    const hit = await catalogue.byTyped(text.trim(), house.state.get().enterprise.weighedBarcodes);
    return hit.products.length === 0 ? undefined : this.#take(text, hit);
  }

  async add(product: Product, quantity = '1'): Promise<Added> {
    const { sales, house } = this.parts;
    const sale = sales.current;
    if (!sale) return { kind: 'no-price', product };
    const price = this.priceNow(product, sale);
    if (!price) return { kind: 'no-price', product };
    const line: SaleLine = {
      lineId: randomUuid(),
      productId: product.id,
      name: product.name,
      quantity,
      ...(product.unit && { unit: product.unit }),
      ...(sale.content.warehouse && { warehouse: sale.content.warehouse }),
      ...price,
    };
    const merge = house.state.get().device.scan !== 'ADDS_LINE';
    return { kind: (await sales.change({ kind: 'add', line, merge })) ? 'added' : 'not-stored' };
  }

  priceNow(product: Product, sale: OpenSale): Price | undefined {
    const { currency, priceType } = sale.content;
    return priceOf(product, priceType, currency, this.parts.house.state.get().rates);
  }

  /** A price or rate that is another now than when the line came; only the cashier's word takes it. */
  priceChange(line: SaleLine, product: Product | undefined, sale: OpenSale): Price | undefined {
    if (!product || line.ownPrice) return undefined;
    const now = this.priceNow(product, sale);
    return now && compare(now.price, line.price) !== 0 ? now : undefined;
  }

  async finish(sale: OpenSale): Promise<Finished> {
    const { outbox, session, device, house, sales, online } = this.parts;
    const login = session.state.get();
    const desks = login?.settings.cashDesks ?? [];
    const known = house.state.get().cashDesks;
    const desk = (kind: 'CASH' | 'CARD') => desks.find(one => one.kind === kind)?.id ?? deskOf(known, kind);
    const finished = await outbox.finish(
      sale.id,
      {
        deviceId: device.deviceId,
        code: device.code,
        cashier: login?.user.login ?? '',
        cashierName: login?.user.displayName ?? '',
        desks: { CASH: desk('CASH'), CARD: desk('CARD') },
        step: roundingStep(house.state.get(), sale.content.currency),
        approval: neededApproval(sale.content, login?.settings ?? {}) && sales.get(sale.id)?.approval,
        now: Date.now(),
      },
      online() && login?.offline !== true,
    );
    if (finished.kind === 'refused') {
      await sales.restored(finished.open);
      return finished;
    }
    await sales.gone(sale.id);
    await this.#lowerStock(sale);
    return finished;
  }

  async #take(code: string, hit: { products: Product[]; quantity?: string }): Promise<Added> {
    const [product, ...others] = hit.products;
    if (!product) return { kind: 'not-found', code };
    if (others.length > 0) return { kind: 'choose', products: hit.products, quantity: hit.quantity };
    return this.add(product, hit.quantity);
  }

  async #lowerStock({ id, content }: OpenSale): Promise<void> {
    const sold = content.lines.map(({ productId, warehouse, quantity }) => ({
      productId,
      warehouse: warehouse ?? content.warehouse ?? '',
      quantity,
    }));
    await this.parts.catalogue.sell(id, sold).catch(() => undefined);
  }
}

const reckonedSums = new WeakMap<SaleContent, Sums>();

/** Reckoned once for each content, which never changes; several parts of the page show it. */
export function sumsOf({ content }: Pick<OpenSale, 'content'>): Sums {
  const known = reckonedSums.get(content) ?? sums(content.lines, content.discount ?? {});
  reckonedSums.set(content, known);
  return known;
}

/** Without a desk given to the user: the reference data's one of that kind, if it says which. */
function deskOf(desks: House['cashDesks'], kind: 'CASH' | 'CARD'): string | undefined {
  return desks.find(desk => (desk as { kind?: string }).kind === kind)?.id;
}
