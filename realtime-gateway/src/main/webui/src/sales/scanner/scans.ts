import { useLayoutEffect } from 'react';
import { useWorkplace } from '../../app/contexts.ts';
import { listenToScanner } from './scanner.ts';

/** `tail`: the code without what came slowly before it. */
type OnScan = (code: string, tail: string) => void;

/** A page that is being opened gets what was scanned meanwhile, milliseconds. */
const HELD = 2_000;

/**
 * The scans of a window, heard all the time: the page that is open takes them. Between two pages nobody does; then a scan
 * waits for the next page, so that a quick hand loses none.
 */
export class Scans {
  readonly #pages: OnScan[] = [];
  #held: { code: string; tail: string; at: number } | undefined;
  readonly close = listenToScanner({
    onScan: (code, tail) => this.#hear(code, tail),
    // Where no page takes scans, a field takes them as anything that is typed.
    inFields: () => this.#pages.length > 0,
  });

  /** @returns ends it */
  take(onScan: OnScan): () => void {
    this.#pages.push(onScan);
    const held = this.#held;
    this.#held = undefined;
    if (held && Date.now() - held.at <= HELD) onScan(held.code, held.tail);
    return () => {
      this.#pages.splice(this.#pages.indexOf(onScan), 1);
    };
  }

  #hear(code: string, tail: string): void {
    const page = this.#pages.at(-1);
    if (page) page(code, tail);
    else this.#held = { code, tail, at: Date.now() };
  }
}

/** @param onScan stays the same as long as it does the same */
export function useScans(onScan: OnScan): void {
  const { scans } = useWorkplace();
  // With the page itself: between one sale's page and the next nothing is typed past the scanner.
  useLayoutEffect(() => scans.take(onScan), [scans, onScan]);
}
