import { useState } from 'react';
import { useWorkplace } from '../../app/contexts.ts';
import { Dialog } from '../../design/dialog.tsx';
import { CloseIcon, PlusIcon } from '../../design/icons.tsx';
import { Key } from '../../design/key.tsx';
import { formatAmount, formatCount } from '../../format/money.ts';
import { formatClock } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { useStore } from '../../platform/store.ts';
import type { OpenSale } from '../store/open-sale.ts';
import { sumsOf } from '../store/selling.ts';

/** The open sales of this till. */
export function Tabs({ zone, onParked }: { zone: string; onParked: () => void }) {
  const { sales } = useWorkplace();
  const { sales: open, current } = useStore(sales.state);
  const [asked, setAsked] = useState<OpenSale>();
  const text = useText();
  const language = useLanguage();
  const detail = ({ content, openedAt }: OpenSale): string => {
    if (content.lines.length === 0) return formatClock(openedAt, zone);
    const who = content.customerName ?? text.itemsShort(formatCount(content.lines.length));
    const { total } = sumsOf({ content });
    return `${who} · ${formatAmount(total, content.currency, language)}`;
  };
  const close = (sale: OpenSale) => {
    if (sale.content.lines.length === 0) void sales.discard(sale.id);
    else setAsked(sale);
  };
  return (
    <div className="sale-tabs">
      {open.map((sale, index) => (
        <span key={sale.id} className={sale.id === current ? 'sale-tab current' : 'sale-tab'}>
          <button
            type="button"
            className="sale-tab-name"
            data-testid="sale-tab"
            data-sale={sale.id}
            aria-current={sale.id === current}
            onClick={() => sales.select(sale.id)}
          >
            {text.saleTab(index + 1)} <small>{detail(sale)}</small>
          </button>
          {open.length > 1 && (
            <button
              type="button"
              className="sale-tab-close"
              aria-label={text.closeSale}
              onClick={() => close(sale)}
            >
              <CloseIcon />
            </button>
          )}
        </span>
      ))}
      <button
        type="button"
        className="sale-tab new"
        data-testid="new-sale"
        onClick={() => void sales.create()}
      >
        <PlusIcon />
        {text.newSale} <Key>F4</Key>
      </button>
      <button type="button" className="sale-tab new" data-testid="parked" onClick={onParked}>
        {text.parked.open} <Key>Ctrl O</Key>
      </button>
      <Dialog open={asked !== undefined} onClose={() => setAsked(undefined)} title={text.closeSale}>
        <p>{text.discardSale}</p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={() => setAsked(undefined)}>
            {text.cancel}
          </button>
          <button
            type="button"
            className="button danger"
            onClick={() => {
              if (asked) void sales.discard(asked.id);
              setAsked(undefined);
            }}
          >
            {text.discardYes}
          </button>
        </div>
      </Dialog>
    </div>
  );
}
