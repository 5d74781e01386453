import { boolean, type InferOutput, nullish, object, string, unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { scanned } from '../catalogue/codes.ts';
import { type Product, priceOf } from '../catalogue/product.ts';
import { Dialog } from '../design/dialog.tsx';
import { Fact } from '../design/fact.tsx';
import { ChoiceField, FormBody, isWhole, TextField, useForm } from '../design/form.tsx';
import { formatDecimal, formatMoney, moneyParts } from '../format/money.ts';
import { nameOf, unitName } from '../house/house.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { checked } from '../platform/border.ts';
import { type Products, reads } from '../platform/http/api.ts';
import { useStore } from '../platform/store.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import { decimalText, noDecimal } from '../platform/validate.ts';
import { stockOf } from '../sales/page/stock.ts';
import './products.css';

/** What the catalogue of a till does not keep. */
const lawSchema = reads<Products<'ProductRow'>>()(
  object({
    mxik: nullish(string()),
    packageCode: nullish(string()),
    vatRate: nullish(decimalText),
    marked: nullish(boolean()),
    boxQuantity: nullish(decimalText),
  }),
);
type Law = InferOutput<typeof lawSchema>;
const purchaseSchema = reads<Products<'PurchasePrice'>>()(
  object({ purchasePrice: noDecimal, currency: string() }),
);

interface ProductDialogProps {
  id: string;
  priceType: string | undefined;
  seesPurchasePrice: boolean;
  onClose: () => void;
}

/** A product whole: codes, prices, stock, what the law asks of it; and its price label. */
export default function ProductDialog({ id, priceType, seesPurchasePrice, onClose }: ProductDialogProps) {
  const { house } = useWorkplace();
  const product = useProduct(id);
  const law = useAnswer(`/api/products/${encodeURIComponent(id)}`, product?.changeVersion, data =>
    checked(lawSchema, data, 'server', 'product'),
  );
  const purchase = useAnswer(
    seesPurchasePrice ? `/api/products/${encodeURIComponent(id)}/purchase-price` : undefined,
    product?.changeVersion,
    data => checked(purchaseSchema, data, 'server', 'purchase price'),
  );
  const shop = useStore(house.state);
  const text = useText();
  const { goods } = usePageText();
  const language = useLanguage();
  if (!product) return null;
  const [yes, no] = text.yesNo;
  const main = shop.rates.main;
  return (
    <Dialog open wide onClose={onClose} title={product.name} testId="product-dialog">
      <div className="product-parts">
        <section aria-label={goods.prices}>
          <h3>{goods.prices}</h3>
          <dl className="facts">
            {product.prices.map(price => {
              const currency = price.currency ?? product.currency ?? main;
              const inMain = priceOf(product, price.priceType, main, shop.rates)?.price;
              return (
                <Fact
                  key={price.priceType}
                  name={nameOf(shop.priceTypes, price.priceType)}
                  testId="product-price"
                >
                  {formatMoney(price.price, currency, language)}
                  {currency !== main && inMain && (
                    <small className="muted"> {formatMoney(inMain, main, language)}</small>
                  )}
                </Fact>
              );
            })}
            {purchase?.purchasePrice && (
              <Fact name={goods.purchasePrice} testId="purchase-price">
                {formatMoney(purchase.purchasePrice, purchase.currency, language)}
              </Fact>
            )}
          </dl>
        </section>
        <section aria-label={text.columns.stock}>
          <h3>{text.columns.stock}</h3>
          <dl className="facts">
            {product.stock.map(({ warehouse }) => (
              <Fact key={warehouse} name={nameOf(shop.warehouses, warehouse)} testId="product-stock">
                {formatDecimal(stockOf(product, warehouse), language)} {unitName(shop, product.unit)}
              </Fact>
            ))}
            {product.stock.length === 0 && <Fact name={goods.noStock}>0</Fact>}
          </dl>
        </section>
      </div>
      <dl className="facts">
        <Fact name={text.columns.article}>{product.article || '–'}</Fact>
        <Fact name={goods.barcodes} testId="product-barcodes">
          {product.barcodes.map(code => (
            <div key={code}>
              {code}
              {scanned(code).wrongCheckDigit && (
                <>
                  {' '}
                  <small className="badge warning">{goods.wrongCheckDigit}</small>
                </>
              )}
            </div>
          ))}
          {product.barcodes.length === 0 && '–'}
        </Fact>
        {law?.boxQuantity && (
          <Fact name={goods.box}>
            {formatDecimal(law.boxQuantity, language)} {unitName(shop, product.unit)}
          </Fact>
        )}
        <LawFacts law={law} cashAllowed={product.cashAllowed !== false} yes={yes} no={no} />
      </dl>
      <LabelForm product={product} priceType={priceType} />
    </Dialog>
  );
}

function LawFacts({
  law,
  cashAllowed,
  yes,
  no,
}: {
  law: Law | undefined;
  cashAllowed: boolean;
  yes: string;
  no: string;
}) {
  const { goods } = usePageText();
  const language = useLanguage();
  return (
    <>
      {law?.mxik && <Fact name="MXIK">{law.mxik}</Fact>}
      {law?.packageCode && <Fact name={goods.packageCode}>{law.packageCode}</Fact>}
      {law?.vatRate && <Fact name={goods.vat}>{formatDecimal(law.vatRate, language)} %</Fact>}
      {law?.marked != null && <Fact name={goods.marked}>{law.marked ? yes : no}</Fact>}
      <Fact name={goods.forCash}>{cashAllowed ? yes : no}</Fact>
    </>
  );
}

/** More of them are a slip of the hand. */
const LABELS = [1, 200] as const;

/** How many labels, and by which price. */
function LabelForm({ product, priceType }: { product: Product; priceType: string | undefined }) {
  const { house, device } = useWorkplace();
  const shop = useStore(house.state);
  const text = useText();
  const { form: words, goods } = usePageText();
  const language = useLanguage();
  const main = shop.rates.main;
  const printable = product.prices.filter(
    one => priceOf(product, one.priceType, main, shop.rates) !== undefined,
  );
  const first = printable.find(one => one.priceType === priceType) ?? printable[0];
  const codes = product.barcodes;
  const print = async (values: { labels: string; labelPrice: string; labelCode: string }) => {
    const price = priceOf(product, values.labelPrice, main, shop.rates);
    if (!price) return;
    // The bars are drawn by a library that nobody else needs.
    const { printLabels } = await import('./label.tsx');
    const { amount, unit } = moneyParts(price.price, main, language);
    printLabels(
      {
        shop: shop.enterprise.name || device.enterprise,
        name: product.name,
        article: product.article ?? undefined,
        price: amount,
        per: [unit, unitName(shop, product.unit)].filter(Boolean).join(' / '),
        barcode: values.labelCode || undefined,
      },
      Number(values.labels),
    );
  };
  const form = useForm({
    stored: { labels: '1', labelPrice: first?.priceType ?? '', labelCode: codes[0] ?? '' },
    check: ({ labels }) => ({ ...(!isWhole(labels, ...LABELS) && { labels: words.between(...LABELS) }) }),
    send: async (_, values) => print(values),
    always: true,
  });
  if (!first) return null;
  return (
    <section className="label-form" aria-label={goods.label}>
      <h3>{goods.label}</h3>
      <FormBody form={form} action={text.print} testId="print-label">
        {printable.length > 1 && (
          <ChoiceField
            form={form}
            name="labelPrice"
            label={text.priceType}
            choices={printable.map(one => [one.priceType, nameOf(shop.priceTypes, one.priceType)])}
          />
        )}
        {codes.length > 1 && (
          <ChoiceField
            form={form}
            name="labelCode"
            label={goods.barcodes}
            choices={codes.map(code => [code, code])}
          />
        )}
        <TextField
          form={form}
          name="labels"
          label={goods.labelCount}
          hint={goods.labelHint}
          input={{ inputMode: 'numeric', maxLength: 3 }}
        />
      </FormBody>
    </section>
  );
}

/** A product as the till has it now: a change of price or stock shows at once. */
function useProduct(id: string): Product | undefined {
  const { catalogue } = useWorkplace();
  const { revision } = useStore(catalogue.state);
  return useLoaded(async () => {
    const [found] = await catalogue.get([id]);
    if (!found) throw new Error(`the product ${id} is gone`);
    return found;
  }, [catalogue, id, revision]).value;
}

/** What only the server knows; without it the rest is shown all the same. */
function useAnswer<T>(
  path: `/api/products/${string}` | undefined,
  version: number | undefined,
  read: (data: unknown) => T | undefined,
): T | undefined {
  const { session } = useWorkplace();
  return useLoaded(async () => {
    if (!path || version === undefined) return undefined;
    return read((await session.request(path, { answer: unknown() })).data);
  }, [session, path, version]).value;
}
