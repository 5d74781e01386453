import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

const MARGIN_MM = 4;
const FORGOTTEN_AFTER = 60_000;
const PIXELS_PER_MM = 96 / 25.4;

/** A sheet of paper, as CSS writes it. */
interface Sheet {
  size: string;
  margin: string;
}

/**
 * Prints one receipt with the browser's own printing (kiosk printing asks nothing). The page is as long as the receipt, so
 * a roll is not cut after a sheet's length.
 * @param paper `MM58`, or else 80 mm
 */
export function printReceipt(receipt: ReactNode, paper: string, printed?: () => void): void {
  const width = paper === 'MM58' ? 58 : 80;
  const sheetOf = (area: HTMLElement): Sheet => ({
    size: `${width}mm ${Math.max(heightOf(area), width)}mm`,
    margin: '2mm 0',
  });
  print(receipt, sheetOf, printed);
}

/** Prints what fills pages of a fixed size, in mm, to their edges. */
export function printPages(pages: ReactNode, width: number, height: number): void {
  print(pages, () => ({ size: `${width}mm ${height}mm`, margin: '0' }));
}

function print(content: ReactNode, sheetOf: (area: HTMLElement) => Sheet, printed?: () => void): void {
  const area = document.createElement('div');
  area.className = 'print-area';
  document.body.append(area);
  const root = createRoot(area);
  flushSync(() => root.render(content));
  const remove = adopt(sheetOf(area));
  let tidied = false;
  const tidy = () => {
    if (tidied) return;
    tidied = true;
    root.unmount();
    area.remove();
    remove();
  };
  window.addEventListener(
    'afterprint',
    () => {
      tidy();
      printed?.();
    },
    { once: true },
  );
  try {
    window.print();
    // Where nothing prints, nothing tells when it is over.
    setTimeout(tidy, FORGOTTEN_AFTER);
  } catch {
    tidy();
  }
}

/** The area is only shown on paper: it is measured out of sight. */
function heightOf(area: HTMLElement): number {
  Object.assign(area.style, { display: 'block', position: 'absolute', left: '-9999px' });
  const height = area.offsetHeight / PIXELS_PER_MM + MARGIN_MM;
  Object.assign(area.style, { display: '', position: '', left: '' });
  return Math.ceil(height);
}

function adopt({ size, margin }: Sheet): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@page { size: ${size}; margin: ${margin}; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== sheet);
  };
}
