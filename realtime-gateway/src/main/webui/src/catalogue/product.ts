import { converted } from '../sales/domain/arithmetic.ts';

export interface ProductPrice {
  priceType: string;
  price: string;
  currency?: string | null;
}

export interface ProductStock {
  warehouse: string;
  quantity: string;
}

/** A product as the changes feed gives it; `changeVersion` says which of two is newer. */
export interface Product {
  id: string;
  name: string;
  article?: string | null;
  unit?: string | null;
  currency?: string | null;
  barcodes: string[];
  prices: ProductPrice[];
  stock: ProductStock[];
  archived?: boolean | undefined;
  deleted?: boolean | undefined;
  version: number;
  changeVersion: number;
  /** False: not for cash (alcohol, tobacco). */
  cashAllowed?: boolean | null;
  /** Sold since this row came, by warehouse: what its stock cannot contain yet. */
  sold?: Record<string, string>;
}

/** Main-currency units for one unit of each currency. */
export interface Rates {
  main: string;
  rates: Record<string, string>;
}

/** A product's price in the sale's currency, with where it comes from. */
export interface Price {
  price: string;
  priceVersion: number;
  basePrice: string;
  baseCurrency: string;
  rate?: string;
}

/** @returns undefined when the product has no price of that type, or no rate is known for its currency */
export function priceOf(
  product: Product,
  priceType: string | undefined,
  currency: string,
  rates: Rates,
): Price | undefined {
  const found = product.prices.find(one => one.priceType === priceType);
  if (!found) return undefined;
  const own = found.currency ?? product.currency ?? rates.main;
  const base = { priceVersion: product.version, basePrice: found.price, baseCurrency: own };
  if (own === currency) return { price: found.price, ...base };
  const from = own === rates.main ? '1' : rates.rates[own];
  const to = currency === rates.main ? '1' : rates.rates[currency];
  if (from === undefined || to === undefined) return undefined;
  return { price: converted(found.price, from, to), ...base, ...(own !== rates.main && { rate: from }) };
}
