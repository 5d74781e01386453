import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  after,
  everything,
  type GivenBack,
  giveBack,
  leftOf,
  type Picks,
  paymentsBack,
  receiptOf,
  type SoldReceipt,
  type ToldSale,
} from '../src/returns/returning.ts';
import { sums } from '../src/sales/domain/arithmetic.ts';
import { compare, isPositive, isZero, minus, plus } from '../src/sales/domain/decimal.ts';
import { paymentsOf, reckon } from '../src/sales/domain/payment.ts';

const sold = (change: Partial<ToldSale> = {}): ToldSale => ({
  id: 's-1',
  number: '2-000127',
  at: 0,
  cashier: 'Dilnoza',
  currency: 'UZS',
  total: '20000.00',
  rounding: '0.00',
  lines: [{ lineId: 'l-1', productId: 'p-1', name: 'Shakar', price: '10000.00', quantity: '2' }],
  payments: [{ kind: 'CASH', amount: '20000.00', currency: 'UZS' }],
  ...change,
});

/** The return as it is told afterwards. */
function told(receipt: SoldReceipt, back: GivenBack, by: 'CASH' | 'CARD' = 'CASH'): ToldSale {
  return sold({
    id: 'r',
    total: back.net,
    rounding: back.rounding,
    lines: back.lines.map(({ place, quantity }) => ({
      lineId: `r-${place}`,
      productId: receipt.lines[place]?.productId ?? '',
      name: '',
      price: '0',
      quantity,
      returnOfLine: receipt.lines[place]?.lineId,
    })),
    payments: paymentsBack(back, receipt.currency, by, undefined),
  });
}

describe('a return', () => {
  it('gives back its share of what was paid, to the cent', () => {
    const receipt = receiptOf(
      sold({
        total: '99.99',
        lines: [{ lineId: 'l-1', productId: 'p', name: 'P', price: '33.33', quantity: '3' }],
        payments: [{ kind: 'CASH', amount: '99.99', currency: 'UZS' }],
      }),
      [],
      true,
    );
    expect(giveBack(receipt, { 0: '' }).lines).toEqual([]);
    expect(giveBack(receipt, { 0: '1' })).toMatchObject({ net: '33.33', due: '33.33', money: '33.33' });
  });
  it('lowers the debt of the receipt first', () => {
    const receipt = receiptOf(
      sold({
        customerId: 'c',
        payments: [
          { kind: 'CASH', amount: '5000.00', currency: 'UZS' },
          { kind: 'DEBT', amount: '15000.00', currency: 'UZS' },
        ],
      }),
      [],
      true,
    );
    const first = giveBack(receipt, { 0: '1' });
    expect(first.debts).toMatchObject([{ amount: '10000.00' }]);
    expect(paymentsBack(first, 'UZS', 'CASH', 'naqd')).toEqual([
      { kind: 'DEBT', amount: '10000.00', currency: 'UZS' },
    ]);
    const second = giveBack(after(receipt, told(receipt, first)), { 0: '1' });
    expect(second).toMatchObject({ money: '5000.00', due: '10000.00' });
  });
  it('of everything carries the rounding of the receipt', () => {
    const receipt = receiptOf(
      sold({
        total: '8972.26',
        rounding: '27.74',
        lines: [{ lineId: 'l-1', productId: 'p', name: 'P', price: '8972.26', quantity: '1' }],
        payments: [{ kind: 'CASH', amount: '10000.00', currency: 'UZS' }],
      }),
      [],
      true,
    );
    expect(giveBack(receipt, everything(receipt))).toMatchObject({
      net: '8972.26',
      rounding: '27.74',
      money: '9000.00',
    });
  });
  it('never takes more of a line than is left of it', () => {
    const receipt = receiptOf(sold(), [], true);
    const first = after(receipt, told(receipt, giveBack(receipt, { 0: '1.5' })));
    expect(leftOf(first.lines[0] as SoldReceipt['lines'][0])).toBe('0.5');
    expect(giveBack(first, { 0: '2' })).toMatchObject({ money: '5000.00' });
    expect(giveBack(after(first, told(first, giveBack(first, { 0: '2' }))), { 0: '1' }).lines).toEqual([]);
  });
  it('in a debt of another currency goes at the rate of the receipt', () => {
    const receipt = receiptOf(
      sold({ payments: [{ kind: 'DEBT', amount: '1.60', currency: 'USD', rate: '12500' }] }),
      [],
      true,
    );
    const back = giveBack(receipt, { 0: '1' });
    expect(back.debts).toMatchObject([{ amount: '0.80', currency: 'USD' }]);
    expect(back.money).toBe('0.00');
  });
  it('in pieces of any size and order gives back exactly what was paid', () => {
    const line = fc.record({
      price: fc.integer({ min: 1, max: 9_999_999 }).map(value => (value / 100).toFixed(2)),
      quantity: fc.integer({ min: 1, max: 9_999 }).map(value => (value / 1000).toFixed(3)),
    });
    const pieces = fc.array(fc.record({ place: fc.nat(4), part: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(undefined, '100', '1000'),
        pieces,
        (lines, percent, onCredit, step, order) => {
          const discount = { percent: String(percent) };
          const { total } = sums(lines, discount);
          const debt = sums([{ price: total, quantity: '1' }], { percent: String(100 - onCredit) }).total;
          const cash = reckon(total, { cash: '', card: '', debt }, step).dueInCash;
          const paid = reckon(total, { cash, card: '', debt }, step);
          // What is left may be less than half a step: cash cannot pay it.
          fc.pre(paid.complete);
          let receipt = receiptOf(
            sold({
              total,
              discount,
              rounding: paid.rounding,
              lines: lines.map((one, index) => ({
                ...one,
                lineId: `l-${index}`,
                productId: `p-${index}`,
                name: 'P',
              })),
              payments: paymentsOf({ cash, card: '', debt }, 'UZS', {}),
            }),
            [],
            true,
          );
          let money = '0.00';
          let lowered = '0.00';
          const give = (picks: Picks) => {
            const back = giveBack(receipt, picks);
            expect(isPositive(back.money) || isZero(back.money)).toBe(true);
            expect(compare(plus(back.net, back.rounding), back.due)).toBe(0);
            money = plus(money, back.money);
            lowered = back.debts.reduce((sum, one) => plus(sum, one.amount), lowered);
            receipt = after(receipt, told(receipt, back));
          };
          for (const { place, part } of order) {
            const one = receipt.lines[place];
            if (one) give({ [place]: (Number(leftOf(one)) / part).toFixed(3) });
          }
          give(everything(receipt));
          expect(compare(lowered, debt)).toBe(0);
          expect(compare(money, minus(plus(total, paid.rounding), debt))).toBe(0);
          expect(receipt.debts).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
