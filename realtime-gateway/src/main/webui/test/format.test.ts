import { describe, expect, it } from 'vitest';
import { formatCount, formatMoney } from '../src/format/money.ts';
import { businessDate, formatAge, formatClock, formatCountdown, formatDay } from '../src/format/time.ts';
import { catalogues, type Language, languages, preferredLanguage } from '../src/i18n/languages.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const money = (value: string, currency: string, language: Language) =>
  plain(formatMoney(value, currency, language));

describe('money', () => {
  it("is written in so'm without tiyin, in the words of each language", () => {
    expect(money('1234567.00', 'UZS', 'uz-Latn')).toBe("1 234 567 so'm");
    expect(money('1234567.00', 'UZS', 'uz-Cyrl')).toBe('1 234 567 сўм');
    expect(money('1234567.00', 'UZS', 'ru')).toBe('1 234 567 сум');
    expect(money('1234567.00', 'UZS', 'en')).toBe("1 234 567 so'm");
  });
  it('shows tiyin when there are some', () => expect(money('999.50', 'UZS', 'uz-Latn')).toBe("999,50 so'm"));
  it('has two decimals in other currencies', () => {
    expect(money('1234.5', 'USD', 'uz-Latn')).toBe('1 234,50 USD');
    expect(money('1234.50', 'USD', 'en')).toBe('1 234.50 USD');
  });
  it('is exact beyond what binary fractions can hold', () =>
    expect(money('9007199254740993.01', 'USD', 'ru')).toBe('9 007 199 254 740 993,01 USD'));
  it('shows a negative sum with a minus, and zero without', () => {
    expect(money('-1500.00', 'UZS', 'ru')).toBe('−1 500 сум');
    expect(money('-0.00', 'UZS', 'ru')).toBe('0 сум');
  });
  it('never wraps within a sum', () => expect(formatMoney('1234567.00', 'UZS', 'ru')).not.toContain(' '));
  it('refuses what is no decimal', () => expect(() => formatMoney('1e6', 'UZS', 'ru')).toThrow(RangeError));
  it('groups counts', () => expect(plain(formatCount(100000))).toBe('100 000'));
});

describe('time', () => {
  const lateEvening = Date.parse('2026-11-23T18:59:59Z');
  const midnight = Date.parse('2026-11-23T19:00:00Z');

  it('names days in each language', () => {
    expect(formatDay('2026-11-23', catalogues['uz-Latn'])).toBe('23-noyabr, dushanba');
    expect(formatDay('2026-11-23', catalogues['uz-Cyrl'])).toBe('23-ноябр, душанба');
    expect(formatDay('2026-11-23', catalogues.ru)).toBe('23 ноября, понедельник');
    expect(formatDay('2026-11-23', catalogues.en)).toBe('Monday, 23 November');
  });
  it("shows the enterprise's clock, whatever the till's zone", () =>
    expect(formatClock(lateEvening, 'Asia/Tashkent', true)).toBe('23:59:59'));
  it('turns the business day at midnight in Tashkent', () => {
    expect(businessDate(lateEvening, 'Asia/Tashkent', '00:00')).toBe('2026-11-23');
    expect(businessDate(midnight, 'Asia/Tashkent', '00:00')).toBe('2026-11-24');
  });
  it('keeps night sales on the day before when the day starts at six', () =>
    expect(businessDate(midnight, 'Asia/Tashkent', '06:00')).toBe('2026-11-23'));
  it('counts down in minutes and seconds', () => {
    expect(formatCountdown(599.2)).toBe('10:00');
    expect(formatCountdown(61)).toBe('1:01');
    expect(formatCountdown(-3)).toBe('0:00');
  });
  it('tells the age in seconds, then minutes', () => {
    expect(formatAge(12_400, catalogues.en)).toBe('12 s ago');
    expect(formatAge(125_000, catalogues.en)).toBe('2 min ago');
  });
});

describe('languages', () => {
  it('have a text of their own for each key', () => {
    for (const language of languages) {
      for (const [key, text] of Object.entries(catalogues[language])) {
        if (typeof text === 'string') expect(text.trim(), `${language} ${key}`).not.toBe('');
      }
    }
  });
  it('keep to their script', () => {
    const letters = (language: Language) => JSON.stringify(Object.values(catalogues[language]));
    expect(letters('uz-Latn')).not.toMatch(/\p{Script=Cyrillic}/u);
    expect(letters('en')).not.toMatch(/\p{Script=Cyrillic}/u);
    expect(letters('uz-Cyrl').replaceAll(/KSB|ID|1C|Caps Lock|Enter|RRN/g, '')).not.toMatch(
      /"[^"]*[a-z][^"]*\p{Script=Cyrillic}/u,
    );
  });
  it('begin with the browser’s language if it is one of ours', () => {
    expect(preferredLanguage(['de', 'ru-RU'])).toBe('ru');
    expect(preferredLanguage(['uz-Cyrl-UZ'])).toBe('uz-Cyrl');
    expect(preferredLanguage(['de'])).toBe('uz-Latn');
  });
});
