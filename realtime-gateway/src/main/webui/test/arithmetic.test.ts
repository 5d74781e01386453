import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cashRounding,
  type Discount,
  type Paid,
  type PricedLine,
  settle,
  share,
  sums,
} from '../src/sales/domain/arithmetic';

interface Golden {
  sums: {
    name: string;
    lines: PricedLine[];
    discount: Discount;
    lineSums: string[];
    lineDiscounts: string[];
    totalDiscount: string;
    total: string;
  }[];
  cashRounding: { name: string; due: string; step: string; rounding: string }[];
  settle: ({ name: string; total: string; rounding: string; rate: string; payments: Paid[] } & Record<
    'cash' | 'card' | 'debt' | 'change' | 'missing' | 'excess',
    string
  >)[];
  returns: { name: string; net: string; whole: string; parts: string[]; refunds: string[] }[];
}

/** The same file that the server's arithmetic is held to. */
const golden: Golden = JSON.parse(
  readFileSync(
    resolve(__dirname, '../../../../../sales-service/src/test/resources/golden/sale-arithmetic.json'),
    'utf8',
  ),
);

describe("the arithmetic of a sale equals the server's golden vectors", () => {
  it.each(golden.sums)('sums: $name', vector => {
    expect(sums(vector.lines, vector.discount)).toEqual({
      lineSums: vector.lineSums,
      lineDiscounts: vector.lineDiscounts,
      discount: vector.totalDiscount,
      total: vector.total,
    });
  });

  it.each(golden.cashRounding)('cash rounding: $name', vector => {
    expect(cashRounding(vector.due, vector.step)).toBe(vector.rounding);
  });

  it.each(golden.settle)('payments: $name', vector => {
    const { cash, card, debt, change, missing, excess } = vector;
    expect(settle(vector.total, vector.rounding, vector.rate, vector.payments)).toEqual({
      cash,
      card,
      debt,
      change,
      missing,
      excess,
    });
  });

  it.each(golden.returns)('returns: $name', vector => {
    let returned = 0;
    let refunded = 0;
    const refunds = vector.parts.map(part => {
      returned = Math.round((returned + Number(part)) * 1000) / 1000;
      const until = share(vector.net, String(returned), vector.whole);
      const refund = Math.round(Number(until) * 100) - refunded;
      refunded += refund;
      return (refund / 100).toFixed(2);
    });
    expect(refunds).toEqual(vector.refunds);
  });
});
