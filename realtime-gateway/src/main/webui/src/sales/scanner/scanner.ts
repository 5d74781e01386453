/**
 * Tells a barcode scanner from a person at the same keyboard: it types faster than anybody. Codes are read from the keys'
 * places, so any keyboard layout gives the same; GS separators (Ctrl+], or their own sign) are kept; Enter or Tab, or just
 * a pause, ends a code. What a scan has typed into a field on its way is taken out again.
 */

/** No hand types one key after the other so fast for a whole code, milliseconds. */
const FASTEST_HAND = 50;
/** The part of a code's keys that come so fast; a busy machine delays some. */
const FAST_PART = 0.6;
/** Keys further apart belong to different runs. */
const APART = 400;
/** A code without Enter or Tab is over when nothing more comes for so long. */
const PAUSE = 250;
/** Shorter ones typed into a field are left to the field, which looks them up as a code at Enter. */
const CERTAIN = 8;
const SHORTEST = 4;

export interface ScannerOptions {
  /** `tail`: the same without what came slowly before it, should that have been typed by hand. */
  onScan: (code: string, tail: string) => void;
  /** Whether what goes into a field is taken too; always, when nothing is said. */
  inFields?: () => boolean;
  target?: Window;
}

interface Run {
  code: string;
  last: number;
  fast: number;
  /** Where the keys that came without a slow one between them begin. */
  tail: number;
  field: { element: HTMLInputElement | HTMLTextAreaElement; value: string } | undefined;
  swallowing: boolean;
}

export function listenToScanner({
  onScan,
  inFields = () => true,
  target = window,
}: ScannerOptions): () => void {
  let run: Run | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = (suffix: boolean): boolean => {
    clearTimeout(timer);
    const over = run;
    run = undefined;
    if (!over || !isScan(over, suffix)) return false;
    restore(over);
    onScan(over.code, over.code.slice(over.tail));
    return true;
  };
  const onKey = (event: KeyboardEvent) => {
    const gap = run === undefined ? Number.POSITIVE_INFINITY : event.timeStamp - run.last;
    if (gap > APART) run = undefined;
    if (event.code === 'Enter' || event.code === 'NumpadEnter' || event.code === 'Tab') {
      if (end(true)) stop(event);
      return;
    }
    const sign = signOf(event);
    if (sign === undefined) {
      if (!isModifier(event)) run = undefined;
      return;
    }
    const field = fieldOf(event);
    if (run === undefined && field && !inFields()) return;
    run ??= { code: '', last: 0, fast: 0, tail: 0, field, swallowing: false };
    if (gap <= FASTEST_HAND) run.fast += 1;
    else if (!run.swallowing) run.tail = run.code.length;
    run.code += sign;
    run.last = event.timeStamp;
    clearTimeout(timer);
    timer = setTimeout(() => end(false), PAUSE);
    if (sign === '\u001d') stop(event);
    if (run.code.length >= CERTAIN && isFast(run) && mostlyDigits(run.code)) {
      if (!run.swallowing) restore(run);
      run.swallowing = true;
    }
    if (run.swallowing) stop(event);
  };
  target.addEventListener('keydown', onKey, true);
  return () => {
    clearTimeout(timer);
    target.removeEventListener('keydown', onKey, true);
  };
}

function isScan(run: Run, suffix: boolean): boolean {
  const { code, field } = run;
  // Its keys were taken away from the field: they must not be lost, however late the rest came.
  if (run.swallowing) return true;
  if (!mostlyDigits(code) || !isFast(run)) return false;
  if (code.length >= CERTAIN) return true;
  return suffix && !field && code.length >= SHORTEST;
}

const isFast = ({ code, fast }: Run): boolean => fast >= (code.length - 1) * FAST_PART;

/** Words are typed fast by some, too; codes are mostly digits and have no spaces. */
function mostlyDigits(code: string): boolean {
  const digits = code.replace(/\D/g, '').length;
  return digits * 2 >= code.length && !code.includes(' ');
}

function stop(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function restore({ field }: Run): void {
  if (!field || field.element.value === field.value) return;
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field.element), 'value');
  own?.set?.call(field.element, field.value);
  field.element.dispatchEvent(new Event('input', { bubbles: true }));
}

function fieldOf(event: KeyboardEvent): Run['field'] {
  const element = event.target;
  const typing = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  return typing ? { element, value: element.value } : undefined;
}

const isModifier = ({ key }: KeyboardEvent): boolean =>
  key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'AltGraph' || key === 'CapsLock';

const SIGNS: Record<string, [string, string]> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Slash: ['/', '?'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Space: [' ', ' '],
  NumpadSubtract: ['-', '-'],
  NumpadAdd: ['+', '+'],
  NumpadDecimal: ['.', '.'],
  NumpadDivide: ['/', '/'],
  NumpadMultiply: ['*', '*'],
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/** What the key's place means on the layout scanners are made for; undefined: no sign of a code. */
function signOf(event: KeyboardEvent): string | undefined {
  const { code, shiftKey, ctrlKey, altKey, metaKey, key } = event;
  if (key === '\u001d' || (ctrlKey && !altKey && code === 'BracketRight')) return '\u001d';
  if (ctrlKey || altKey || metaKey) return undefined;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shiftKey !== event.getModifierState('CapsLock') ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit) return shiftKey && code.startsWith('D') ? SHIFTED_DIGITS.charAt(Number(digit)) : digit;
  const sign = SIGNS[code];
  if (sign) return shiftKey ? sign[1] : sign[0];
  return undefined;
}
