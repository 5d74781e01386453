import JsBarcode from 'jsbarcode';
import { isEan } from '../catalogue/codes.ts';
import { printPages } from '../receipt/print.ts';
import './label.css';

/** What stands on a price label. */
export interface LabelContent {
  shop: string;
  name: string;
  article: string | undefined;
  /** The sum without its unit: `12 500`. */
  price: string;
  /** `so'm / kg` */
  per: string;
  barcode: string | undefined;
}

const WIDTH_MM = 58;
const HEIGHT_MM = 40;
/** Modules of a code that needs the label's whole width. */
const LONG_CODE = 110;

/** By the number of digits; any other code stands there as Code 128. */
const FORMATS: Record<number, string> = { 8: 'EAN8', 12: 'UPC', 13: 'EAN13' };

/** The bars of a code, from the left: `1` is black. */
export function barsOf(code: string): string | undefined {
  const format = (isEan(code) && FORMATS[code.length]) || 'CODE128';
  const drawn: { encodings?: { data: string }[] } = {};
  try {
    JsBarcode(drawn, code, { format, flat: true });
  } catch {
    return undefined;
  }
  return drawn.encodings?.map(({ data }) => data).join('');
}

/** A label of 58 x 40 mm. */
export function Label({ shop, name, article, price, per, barcode }: LabelContent) {
  const bars = barcode ? barsOf(barcode) : undefined;
  return (
    <article className="price-label" data-testid="label">
      <p className="label-shop">{shop}</p>
      <p className="label-name">{name}</p>
      <p className="label-price">
        <b className={price.length > 9 ? 'long' : undefined}>{price}</b> <span>{per}</span>
      </p>
      {bars && (
        <svg
          className={bars.length > LONG_CODE ? 'label-bars long' : 'label-bars'}
          viewBox={`0 0 ${bars.length} 10`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path d={pathOf(bars)} />
        </svg>
      )}
      <p className="label-code">
        <span>{barcode}</span>
        {article && <span>{article}</span>}
      </p>
    </article>
  );
}

/** One rectangle for each run of black. */
function pathOf(bars: string): string {
  return [...bars.matchAll(/1+/g)]
    .map(run => `M${run.index} 0h${run[0].length}v10h-${run[0].length}z`)
    .join('');
}

/** Prints so many labels of it, each on its own. */
export function printLabels(content: LabelContent, count: number): void {
  const labels = Array.from({ length: count }, (_, index) => index);
  printPages(
    labels.map(index => <Label key={index} {...content} />),
    WIDTH_MM,
    HEIGHT_MM,
  );
}
