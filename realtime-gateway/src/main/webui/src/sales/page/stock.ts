import type { Product } from '../../catalogue/product.ts';
import { minus } from '../domain/decimal.ts';

/** What is shown as left: the last told stock without what was sold since. */
export function stockOf(product: Product, warehouse: string | undefined): string {
  const told = product.stock.find(one => one.warehouse === warehouse)?.quantity ?? '0';
  return minus(told, product.sold?.[warehouse ?? ''] ?? '0');
}
