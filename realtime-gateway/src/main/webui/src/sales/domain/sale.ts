import { compare, isPositive, plus, trimmed } from './decimal.ts';

/** A line of an open sale. Decimals are text; `price` has at most 4 decimals, `quantity` at most 3. */
export interface SaleLine {
  lineId: string;
  productId: string;
  name: string;
  unit?: string;
  price: string;
  /** Of the product, when the price was taken. */
  priceVersion?: number;
  basePrice?: string;
  baseCurrency?: string;
  rate?: string;
  quantity: string;
  warehouse?: string;
  /** Set by hand: the catalogue's changes do not concern it. */
  ownPrice?: boolean;
  /** The catalogue's price instead of which `price` was set by hand. */
  listPrice?: string;
}

export interface SaleContent {
  currency: string;
  priceType?: string;
  warehouse?: string;
  customerId?: string;
  customerName?: string;
  discount?: { amount?: string; percent?: string };
  comment?: string;
  lines: SaleLine[];
}

/**
 * A change as the cashier meant it, not its result: it can be applied again to what another till wrote meanwhile, so no
 * scan is lost. Lines are in the order in which they came; the newest is the last.
 */
export type Change =
  /** `merge`: raises the line that has the same product at the same price, if there is one. */
  | { kind: 'add'; line: SaleLine; merge: boolean }
  | { kind: 'step'; lineId: string; by: string }
  | { kind: 'quantity'; lineId: string; quantity: string }
  | { kind: 'remove'; lineId: string }
  | {
      kind: 'price';
      lineId: string;
      price: Pick<
        SaleLine,
        'price' | 'priceVersion' | 'basePrice' | 'baseCurrency' | 'rate' | 'ownPrice' | 'listPrice'
      >;
    }
  | { kind: 'discount'; discount: SaleContent['discount'] | undefined }
  | { kind: 'customer'; customer: { id: string; name: string } | undefined }
  | { kind: 'terms'; priceType?: string; warehouse?: string }
  | { kind: 'comment'; comment: string };

const MAX_LINES = 2_000;

export function apply(content: SaleContent, change: Change): SaleContent {
  switch (change.kind) {
    case 'add':
      return { ...content, lines: added(content, change.line, change.merge) };
    case 'step':
      return withLines(content, change.lineId, line => withQuantity(line, plus(line.quantity, change.by)));
    case 'quantity':
      return withLines(content, change.lineId, line => withQuantity(line, change.quantity));
    case 'remove':
      return { ...content, lines: content.lines.filter(line => line.lineId !== change.lineId) };
    case 'price':
      return withLines(content, change.lineId, line => ({ ...withoutPrice(line), ...change.price }));
    case 'discount': {
      const { discount: _, ...rest } = content;
      return change.discount ? { ...rest, discount: change.discount } : rest;
    }
    case 'customer': {
      const { customerId: _, customerName: __, ...rest } = content;
      const { customer } = change;
      return customer ? { ...rest, customerId: customer.id, customerName: customer.name } : rest;
    }
    case 'terms': {
      const { kind: _, ...terms } = change;
      return { ...content, ...terms };
    }
    case 'comment':
      return { ...content, comment: change.comment };
  }
}

export const applyAll = (content: SaleContent, changes: readonly Change[]): SaleContent =>
  changes.reduce(apply, content);

/** Which line a change concerns after it was applied: the one to select. */
export function touchedLine(before: SaleContent, after: SaleContent, change: Change): string | undefined {
  if (change.kind === 'remove') return neighbour(before.lines, after.lines, change.lineId);
  if (change.kind !== 'add') return 'lineId' in change ? change.lineId : undefined;
  const own = after.lines.find(line => line.lineId === change.line.lineId);
  return own?.lineId ?? mergeTarget(before, change.line)?.lineId;
}

function added(content: SaleContent, line: SaleLine, merge: boolean): SaleLine[] {
  const { lines } = content;
  // It is there already: the answer to it was lost, not the line.
  if (lines.some(one => one.lineId === line.lineId)) return lines;
  const target = merge ? mergeTarget(content, line) : undefined;
  if (!target) return lines.length < MAX_LINES ? [...lines, line] : lines;
  return lines.map(one =>
    one === target ? { ...one, quantity: trimmed(plus(one.quantity, line.quantity)) } : one,
  );
}

/** A line without a warehouse is sold from the sale's. */
function mergeTarget({ lines, warehouse }: SaleContent, line: SaleLine): SaleLine | undefined {
  return lines.find(
    one =>
      one.productId === line.productId &&
      compare(one.price, line.price) === 0 &&
      (one.warehouse ?? warehouse) === (line.warehouse ?? warehouse),
  );
}

function withLines(
  content: SaleContent,
  lineId: string,
  change: (line: SaleLine) => SaleLine | undefined,
): SaleContent {
  const lines = content.lines.flatMap(line => (line.lineId === lineId ? (change(line) ?? []) : line));
  return { ...content, lines };
}

/** Nothing of a product is no line. */
function withQuantity(line: SaleLine, quantity: string): SaleLine | undefined {
  return isPositive(quantity) ? { ...line, quantity: trimmed(quantity) } : undefined;
}

function withoutPrice(line: SaleLine): SaleLine {
  const { lineId, productId, name, unit, price, quantity, warehouse } = line;
  return { lineId, productId, name, price, quantity, ...(unit && { unit }), ...(warehouse && { warehouse }) };
}

function neighbour(before: SaleLine[], after: SaleLine[], removed: string): string | undefined {
  const index = before.findIndex(line => line.lineId === removed);
  return after[Math.min(index, after.length - 1)]?.lineId;
}
