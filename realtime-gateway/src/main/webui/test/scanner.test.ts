import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenToScanner } from '../src/sales/scanner/scanner.ts';
import { Scans } from '../src/sales/scanner/scans.ts';

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

describe('scans between two pages', () => {
  let window: Scans;
  const scan = (code: string, target?: HTMLElement) => {
    digits(code, 5, target);
    press({ code: 'Enter' }, 5, target);
  };
  beforeEach(() => {
    stop();
    window = new Scans();
  });
  afterEach(() => window.close());

  it('wait for the page that opens', () => {
    const leave = window.take(code => scans.push(`old ${code}`));
    leave();
    scan('4780001112223', document.body);
    window.take(code => scans.push(`new ${code}`));
    expect(scans).toEqual(['new 4780001112223']);
    window.take(code => scans.push(`again ${code}`));
    expect(scans).toHaveLength(1);
  });
  it('are forgotten when no page comes for a while', () => {
    scan('4780001112223', document.body);
    vi.advanceTimersByTime(2_500);
    window.take(code => scans.push(code));
    expect(scans).toEqual([]);
  });
  it('go to the page that opened last, and back', () => {
    window.take(code => scans.push(`below ${code}`));
    const leave = window.take(code => scans.push(`above ${code}`));
    scan('47800011');
    leave();
    scan('47800022');
    expect(scans).toEqual(['above 47800011', 'below 47800022']);
  });
  it('are typed into the field where no page takes them', () => {
    field.value = '';
    digits('4780001112223', 5);
    expect(field.value).toBe('4780001112223');
    const leave = window.take(code => scans.push(code));
    field.value = '';
    scan('4780001112223');
    expect(field.value).toBe('');
    expect(scans).toEqual(['4780001112223']);
    leave();
  });
});
