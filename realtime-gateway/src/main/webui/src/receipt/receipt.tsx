import { encode } from 'uqr';
import { formatAmount, formatDecimal } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { type House, unitName } from '../house/house.ts';
import { catalogues, type Language } from '../i18n/languages.ts';
import type { FinishedSale } from '../outbox/finished-sale.ts';
import { sums } from '../sales/domain/arithmetic.ts';
import { isZero } from '../sales/domain/decimal.ts';
import { code128 } from './code128.ts';
import './receipt.css';

interface ReceiptProps {
  finished: FinishedSale;
  house: House;
  enterprise: string;
  language: Language;
  zone: string;
  copy?: boolean;
  testId?: string;
}

/** The receipt as it is printed, 58 or 80 mm wide; the same on the screen. */
export function Receipt({ finished, house, enterprise, language, zone, copy, testId }: ReceiptProps) {
  const text = catalogues[language].receipt;
  const { sale } = finished;
  const lineSums = finished.lineSums ?? sums(sale.lines, sale.discount ?? {}).lineSums;
  const isReturn = sale.kind === 'RETURN';
  const money = (amount: string) => formatAmount(amount, sale.currency, language);
  const paid = (kind: 'CASH' | 'CARD' | 'DEBT') => sale.payments.filter(payment => payment.kind === kind);
  const row = (label: string, value: string) => (
    <div className="receipt-row">
      <span>{label}</span>
      <span>{value}</span>
    </div>
  );
  return (
    <article
      className={house.device.receiptWidth === 'MM58' ? 'receipt narrow' : 'receipt'}
      data-testid={testId}
      lang={language}
    >
      <header>
        <strong>{house.enterprise.name || enterprise}</strong>
        {house.enterprise.phones[0] && <div>{house.enterprise.phones[0]}</div>}
        {house.device.receiptHeader && <div className="receipt-lines">{house.device.receiptHeader}</div>}
      </header>
      {copy && <p className="receipt-mark">{text.copy}</p>}
      {isReturn && <p className="receipt-mark">{text.back}</p>}
      {row(`${text.receipt} ${finished.number}`, formatMoment(Date.parse(sale.completedAt), zone))}
      {isReturn && finished.returnOfNumber && row(text.ofReceipt, finished.returnOfNumber)}
      {row(text.cashier, finished.cashierName)}
      {sale.approvedBy && row(text.approved, sale.approvedBy)}
      {finished.customerName && row(text.customer, finished.customerName)}
      <ol className="receipt-items">
        {sale.lines.map((line, index) => (
          <li key={line.lineId}>
            <div>{line.name}</div>
            <div className="receipt-row">
              <span>
                {formatDecimal(line.quantity, language)} {unitName(house, line.unit)} ×{' '}
                {formatDecimal(line.price, language)}
              </span>
              <span>{money(lineSums[index] ?? '0.00')}</span>
            </div>
          </li>
        ))}
      </ol>
      {!isZero(finished.discountTotal) && row(text.discount, `−${money(finished.discountTotal)}`)}
      <div className="receipt-row receipt-total">
        <span>{text.total}</span>
        <span>{money(sale.total)}</span>
      </div>
      {!isZero(sale.rounding) && row(text.rounding, money(sale.rounding))}
      {(['CASH', 'CARD', 'DEBT'] as const).flatMap(kind =>
        paid(kind).map((payment, index) => (
          <div className="receipt-row" key={`${kind}-${index}`}>
            <span>
              {kind === 'CASH' ? text.cash : kind === 'CARD' ? text.card : text.debt}
              {payment.method && ` (${payment.method})`}
            </span>
            <span>{money(payment.amount)}</span>
          </div>
        )),
      )}
      {!isZero(finished.change) && row(text.change, money(finished.change))}
      {finished.fiscalQr ? (
        <QrCode text={finished.fiscalQr} />
      ) : (
        <p className="receipt-mark">{text.notFiscal}</p>
      )}
      {!isReturn && <Barcode text={finished.number} />}
      <footer>
        {house.device.receiptFooter ? (
          <div className="receipt-lines">{house.device.receiptFooter}</div>
        ) : (
          <div>{text.thanks}</div>
        )}
      </footer>
    </article>
  );
}

/** By which a return finds the receipt. */
function Barcode({ text }: { text: string }) {
  const widths = code128(text);
  const total = widths.reduce((sum, width) => sum + width, 0);
  let x = 0;
  const path = widths.map((width, index) => {
    const bar = index % 2 === 0 ? `M${x} 0h${width}v1h-${width}z` : '';
    x += width;
    return bar;
  });
  return (
    <svg
      className="receipt-barcode"
      viewBox={`0 0 ${total} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={text}
    >
      <path d={path.join('')} />
    </svg>
  );
}

function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text);
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg className="receipt-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={text}>
      <path d={path} />
    </svg>
  );
}
