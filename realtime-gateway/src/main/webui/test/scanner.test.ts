import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenToScanner } from '../src/sales/scanner/scanner.ts';

let scans: string[];
let stop: () => void;
let field: HTMLInputElement;
let time: number;

interface Press {
  code: string;
  key?: string;
  ctrlKey?: boolean;
  shiftKey?: boolean;
}

/** One key, as a keyboard sends it: what nobody stops is typed into the field. */
function press({ code, key = '', ...more }: Press, after: number, target: HTMLElement = field): void {
  time += after;
  const event = new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, 'timeStamp', { value: time });
  target.dispatchEvent(event);
  if (!event.defaultPrevented && target === field && key.length === 1) field.value += key;
}

const digits = (text: string, after: number, target?: HTMLElement, key?: string): void => {
  for (const digit of text) press({ code: `Digit${digit}`, key: key ?? digit }, after, target);
};

beforeEach(() => {
  vi.useFakeTimers();
  scans = [];
  time = 1_000;
  field = document.body.appendChild(document.createElement('input'));
  stop = listenToScanner({ onScan: code => scans.push(code) });
});
afterEach(() => {
  stop();
  field.remove();
  vi.useRealTimers();
});

describe('the scanner', () => {
  it.each(['Enter', 'Tab', 'NumpadEnter'])('reads a code that ends with %s', suffix => {
    digits('4780001112223', 5);
    press({ code: suffix, key: suffix }, 5);
    expect(scans).toEqual(['4780001112223']);
  });
  it('never types into a field', () => {
    field.value = 'sha';
    digits('4780001112223', 5);
    press({ code: 'Enter' }, 5);
    expect(field.value).toBe('sha');
  });
  it('reads a code without a suffix after a pause', () => {
    digits('4780001112223', 5);
    vi.advanceTimersByTime(300);
    expect(scans).toEqual(['4780001112223']);
  });
  it('reads the same code in a Cyrillic layout', () => {
    press({ code: 'KeyA', key: 'ф' }, 5);
    digits('4780001112223', 5, undefined, 'ё');
    press({ code: 'Enter' }, 5);
    expect(scans).toEqual(['a4780001112223']);
  });
  it('keeps GS separators', () => {
    digits('0104780001112223', 5);
    press({ code: 'BracketRight', key: ']', ctrlKey: true }, 5);
    digits('93', 5);
    press({ code: 'Enter' }, 5);
    expect(scans).toEqual(['0104780001112223\u001d93']);
  });
  it('leaves a person’s keys alone', () => {
    digits('4780001112223', 80);
    press({ code: 'Enter' }, 80);
    vi.advanceTimersByTime(500);
    expect(scans).toEqual([]);
    expect(field.value).toBe('4780001112223');
  });
  it('leaves short numbers typed fast to their field', () => {
    digits('200000', 1);
    press({ code: 'Enter' }, 1);
    expect(scans).toEqual([]);
    expect(field.value).toBe('200000');
  });
  it('reads short codes where no field has the focus', () => {
    digits('10015', 5, document.body);
    press({ code: 'Enter' }, 5, document.body);
    expect(scans).toEqual(['10015']);
  });
  it('takes words typed fast for words', () => {
    for (const letter of 'shakaroq') press({ code: `Key${letter.toUpperCase()}`, key: letter }, 5);
    press({ code: 'Enter' }, 5);
    expect(scans).toEqual([]);
    expect(field.value).toBe('shakaroq');
  });
  it('loses no key it took when the rest comes late', () => {
    digits('47800011', 5);
    digits('12223', 200);
    press({ code: 'Enter' }, 5);
    expect(scans).toEqual(['4780001112223']);
  });
  it('reads a code whose first keys a busy machine delayed', () => {
    digits('478', 120);
    digits('0001112223', 5);
    press({ code: 'Enter' }, 5);
    expect(scans).toEqual(['4780001112223']);
    expect(field.value).toBe('');
  });
});
