import { describe, expect, it } from 'vitest';
import { catalogues } from '../src/i18n/languages.ts';
import { codeKind, reasonKind, rowFault } from '../src/sync/reason.ts';

describe('why a part of a sync failed', () => {
  it.each([
    ['the back office cannot be reached: Connection refused', 'away'],
    ["the back office's answer cannot be read to its end", 'away'],
    ['the back office does not admit this device', 'device'],
    ['no back office is configured for 10000001', 'configured'],
    ["the back office's answer to users is not JSON", 'answer'],
    ['a dictionary has more than 200000 entries', 'answer'],
    ['an error of the service; its log says more', 'service'],
    ['no try came to its end', 'service'],
  ])('is told by its kind: %s', (reason, kind) => {
    expect(reasonKind(reason)).toBe(kind);
  });

  it.each([
    ['back-office-unreachable', 'away'],
    ['back-office-silent', 'slow'],
    ['back-office-login', 'login'],
    ['device-not-admitted', 'device'],
    ['rows-lost', 'lost'],
    ['of-a-newer-server', 'service'],
  ])('has a code, which is told by its kind: %s', (code, kind) => {
    expect(codeKind(code)).toBe(kind);
  });

  it.each([
    ['unit karobka is not known', 'unit'],
    ['priceType vip is not known', 'priceType'],
    ['currency XXQ is not known', 'currency'],
    ['warehouse 7 is not known', 'warehouse'],
    ['the row points to symbol[9], which is not there', 'unit'],
    ['the row points to price_type[0.5], which is not there', 'priceType'],
    ['its id has a character that cannot be stored', 'text'],
    ['name is missing or blank', 'missing'],
    ['priceType chakana stands twice', 'twice'],
    ['prices[0].price is not a decimal as text', 'number'],
    ['stock[1].quantity has more than 3 decimals', 'number'],
    ['vatRate is more than 100', 'number'],
    ['name is too long', 'text'],
    ['barcodes has more than 300 entries', 'text'],
    ['the row is longer than 256 KB', 'text'],
    ['the row is not valid JSON', 'other'],
    ['of a newer server', 'other'],
  ])('of a row is told by its kind: %s', (reason, fault) => {
    expect(rowFault(reason)).toBe(fault);
  });

  it('has words for every kind in every language', () => {
    for (const text of Object.values(catalogues))
      for (const words of Object.values({ ...text.syncReasons, ...text.syncRowFaults }))
        expect(words).toMatch(/\S/);
  });
});
