import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useWorkplace } from '../../app/contexts.ts';
import { type Asked as AskedApproval, covers, neededApproval } from '../../approval/approval.ts';
import type { Price, Product } from '../../catalogue/product.ts';
import { PrinterIcon } from '../../design/icons.tsx';
import { Key } from '../../design/key.tsx';
import { notice } from '../../design/notices.tsx';
import { SearchBox } from '../../design/search-box.tsx';
import { formatCount, formatMoney } from '../../format/money.ts';
import { formatClock } from '../../format/time.ts';
import { nameOf } from '../../house/house.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import type { FinishedSale } from '../../outbox/finished-sale.ts';
import type { Finished } from '../../outbox/outbox.ts';
import { PaymentDialog } from '../../payment/payment-dialog.tsx';
import { Store, useStore } from '../../platform/store.ts';
import { Receipt } from '../../receipt/receipt.tsx';
import { usePrintReceipt } from '../../receipt/use-print-receipt.tsx';
import type { LoginState } from '../../session/session.ts';
import { helpShown } from '../../shell/keys.ts';
import { isZero } from '../domain/decimal.ts';
import { apply, type Change, type SaleContent, type SaleLine } from '../domain/sale.ts';
import { useScans } from '../scanner/scans.ts';
import type { OpenSale } from '../store/open-sale.ts';
import type { Added } from '../store/selling.ts';
import { beep } from './beep.ts';
import { ChooseProductDialog, DiscountDialog, PriceDialog, QuantityDialog } from './dialogs.tsx';
import { Lines } from './lines.tsx';
import { Products, useProducts } from './products.tsx';
import { QuickKeys, useQuickProducts } from './quick-keys.tsx';
import { SumPanel } from './sum-panel.tsx';
import { Tabs } from './tabs.tsx';
import './sales.css';

type Asked =
  | { kind: 'quantity' | 'price'; line: SaleLine }
  | { kind: 'discount' | 'customer' | 'parked' }
  | { kind: 'approval'; asked: AskedApproval; then: () => void }
  | { kind: 'choose'; products: Product[]; quantity: string | undefined };

export default function SalesPage({ login }: { login: LoginState }) {
  const { sales } = useWorkplace();
  const state = useStore(sales.state);
  const sale = state.sales.find(one => one.id === state.current);
  if (!sale) return null;
  return <OpenSalePage key={sale.id} sale={sale} login={login} />;
}

const STARTED = Date.now();
const CustomerDialog = lazy(() => import('../../customers/customer-dialog.tsx'));
const ParkedDialog = lazy(() => import('./parked-dialog.tsx'));
const ApprovalDialog = lazy(() => import('../../approval/approval-dialog.tsx'));

/** The last sale finished in this window: its receipt stays in sight until the next product comes. */
const justFinished = new Store<FinishedSale | undefined>(undefined);

function OpenSalePage({ sale, login }: { sale: OpenSale; login: LoginState }) {
  const workplace = useWorkplace();
  const { sales, selling, house, outbox, catalogue } = workplace;
  const shop = useStore(house.state);
  const { selected: chosen } = useStore(sales.state);
  const text = useText();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [highlighted, setHighlighted] = useState(0);
  const [asked, setAsked] = useState<Asked>();
  const list = useProducts(query);
  const quick = useQuickProducts();
  const search = useRef<HTMLInputElement>(null);
  const cashField = useRef<HTMLInputElement>(null);
  const cardField = useRef<HTMLInputElement>(null);
  const products = useSaleProducts(sale);
  const { lines } = sale.content;
  const selected = lines.some(line => line.lineId === chosen) ? chosen : lines.at(-1)?.lineId;
  const line = lines.find(one => one.lineId === selected);
  const print = usePrintReceipt(login);
  const lastReceipt = useStore(justFinished);
  const { key: navigation } = useLocation();

  const changes = useMemo(() => {
    // Rates count too: the price of a product in another currency follows them.
    void shop.rates;
    return new Map<string, Price>(
      lines.flatMap(one => {
        const change = selling.priceChange(one, products.get(one.productId), sale);
        return change ? [[one.lineId, change] as const] : [];
      }),
    );
  }, [lines, products, sale, selling, shop.rates]);

  const focusSearch = useCallback(() => {
    // Only where nothing else asks for the keyboard.
    if (!document.querySelector('[role=dialog]')) search.current?.focus();
  }, []);
  const close = useCallback(() => {
    setAsked(undefined);
    setTimeout(focusSearch);
  }, [focusSearch]);

  const tell = useCallback(
    (added: Added) => {
      if (added.kind === 'choose')
        setAsked({ kind: 'choose', products: added.products, quantity: added.quantity });
      if (added.kind === 'not-found') {
        beep();
        notice('error', text.codeNotFound(added.code));
      }
      if (added.kind === 'no-price') {
        beep();
        notice('error', text.noPrice(added.product.name));
      }
      if (added.kind === 'not-stored') beep();
      if (added.kind === 'added') justFinished.set(undefined);
    },
    [text],
  );
  const take = useCallback(
    async (product: Product, quantity?: string) => {
      // At once: the next letter or scan may come before this product is stored.
      setQuery('');
      setHighlighted(0);
      focusSearch();
      tell(await selling.add(product, quantity));
    },
    [selling, tell, focusSearch],
  );
  const highlight = useCallback(
    (index: number) => {
      setHighlighted(index);
      focusSearch();
    },
    [focusSearch],
  );
  const takePrice = useCallback(
    (one: SaleLine, price: Price) => {
      void sales.change({ kind: 'price', lineId: one.lineId, price });
      focusSearch();
    },
    [sales, focusSearch],
  );
  const askQuantity = useCallback((one: SaleLine) => setAsked({ kind: 'quantity', line: one }), []);
  /** Goes on at once, or when a manager has allowed what is beyond the cashier's rights. */
  const withApproval = (content: SaleContent, then: () => void) => {
    const needed = neededApproval(content, login.settings);
    if (!needed || covers(sale.approval, needed, workplace.online && !login.offline, Date.now())) then();
    else setAsked({ kind: 'approval', asked: needed, then });
  };
  const changeIfAllowed = (change: Change) =>
    withApproval(apply(sale.content, change), () => {
      void sales.change(change, sale.id);
      close();
    });
  const openPayment = () => {
    if (lines.length > 0) withApproval(sale.content, () => void sales.setPaying(true, sale.id));
  };
  const finished = (done: Finished) => {
    if (done.kind === 'refused') return;
    justFinished.set(done.sale);
    print(done.sale);
  };

  // Also when the page is asked for again while it is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation has another key
  useEffect(() => focusSearch(), [focusSearch, navigation]);
  useScans(useCallback((code, tail) => void selling.scan(code, tail).then(tell), [selling, tell]));

  const keys: Record<string, () => void> = {
    F2: () => {
      search.current?.focus();
      search.current?.select();
    },
    F3: () => setAsked({ kind: 'customer' }),
    F4: () => void sales.create(),
    F6: () => setAsked({ kind: 'discount' }),
    F7: () => {
      const wanted = line && changes.has(line.lineId) ? line : lines.find(one => changes.has(one.lineId));
      const change = wanted && changes.get(wanted.lineId);
      if (wanted && change) takePrice(wanted, change);
    },
    F8: () => cashField.current?.focus(),
    F9: openPayment,
    F10: () => cardField.current?.focus(),
    'Ctrl+KeyO': () => setAsked({ kind: 'parked' }),
    'Ctrl+KeyE': () => void navigate('/returns'),
    'Ctrl+KeyZ': () => {
      void sales.takeBack().then(done => done && notice('info', text.takenBack));
    },
    'Ctrl+KeyK': () => {
      if (line) setAsked({ kind: 'price', line });
    },
    'Ctrl+KeyP': () => {
      const { last } = outbox.state.get();
      if (last) print(last, true);
    },
  };
  const lineKeys: Record<string, () => void> = {
    '+': () => line && void sales.change({ kind: 'step', lineId: line.lineId, by: '1' }),
    '-': () => line && void sales.change({ kind: 'step', lineId: line.lineId, by: '-1' }),
    '*': () => line && setAsked({ kind: 'quantity', line }),
    Delete: () => line && void sales.change({ kind: 'remove', lineId: line.lineId }),
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[role=dialog],[role=menu]')) return;
    const name = `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${/^F\d+$/.test(event.key) ? event.key : event.code}`;
    const digit = event.altKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    const product = digit ? quick[Number(digit) - 1] : undefined;
    const inSearch = event.target === search.current || isNowhere(event.target);
    const action = product
      ? () => void take(product)
      : (keys[name] ?? (inSearch && query === '' && !event.ctrlKey ? lineKeys[event.key] : undefined));
    if (action) {
      event.preventDefault();
      action();
    } else if (event.key === 'Escape') {
      setQuery('');
      focusSearch();
    } else if (isNowhere(event.target) && event.key.length === 1 && !event.ctrlKey && !event.altKey) {
      search.current?.focus();
    }
  };
  useWindowKeys(onKey);

  const move = (by: number) => {
    if (query !== '') {
      setHighlighted(Math.max(0, Math.min(list.total - 1, highlighted + by)));
      return;
    }
    const index = lines.findIndex(one => one.lineId === selected);
    sales.selectLine(lines[Math.max(0, Math.min(lines.length - 1, index - by))]?.lineId);
  };
  const onSearchKey = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'PageDown') move(8);
    else if (event.key === 'PageUp') move(-8);
    else if (event.key === 'Enter') void takeTyped();
    // A slow scanner (over Bluetooth) types like a person; its Tab ends a code all the same.
    else if (event.key === 'Tab' && /^\d{8,14}$/.test(query.trim())) void takeTyped();
    else return;
    event.preventDefault();
  };
  /** Enter: what was typed is a code to the letter, or the highlighted product is meant. */
  const takeTyped = async () => {
    const words = query.trim();
    if (words === '') return;
    setQuery('');
    setHighlighted(0);
    const byCode = /\d/.test(words) ? await selling.typedCode(words) : undefined;
    if (byCode) {
      tell(byCode);
      return;
    }
    const { products: found } = await catalogue.search(words, highlighted, 1);
    if (found[0]) tell(await selling.add(found[0]));
    else tell({ kind: 'not-found', code: words });
  };

  const receipt = lines.length === 0 ? lastReceipt : undefined;
  return (
    <main className="sales">
      <h1 className="visually-hidden">{text.nav.sales}</h1>
      <section className="sales-left">
        <Tabs zone={login.clock.zone} onParked={() => setAsked({ kind: 'parked' })} />
        <Lines
          sale={sale}
          selected={selected}
          products={products}
          changes={changes}
          onQuantity={askQuantity}
          onTakePrice={takePrice}
        />
        <div className="finder">
          <SearchBox
            ref={search}
            label={text.searchProducts}
            autoComplete="off"
            spellCheck={false}
            value={query}
            onSearch={words => {
              setQuery(words);
              setHighlighted(0);
            }}
            onKeyDown={onSearchKey}
          >
            <Key>F2</Key>
          </SearchBox>
          <Choice
            label={text.warehouse}
            value={sale.content.warehouse}
            choices={allowed(login.settings.warehouses, shop.warehouses)}
            onChoose={warehouse => void sales.change({ kind: 'terms', warehouse })}
          />
          <Choice
            label={text.priceType}
            value={sale.content.priceType}
            choices={allowed(login.settings.priceTypes, shop.priceTypes)}
            onChoose={priceType => void sales.change({ kind: 'terms', priceType })}
          />
        </div>
        <Products
          list={list}
          currency={sale.content.currency}
          priceType={sale.content.priceType}
          warehouse={sale.content.warehouse}
          query={query}
          highlighted={highlighted}
          onHighlight={highlight}
          onTake={take}
        />
        <QuickKeys
          products={quick}
          currency={sale.content.currency}
          priceType={sale.content.priceType}
          candidate={line?.productId}
          onTake={take}
        />
      </section>
      <aside className="sales-right">
        <LastReceipt onPrint={last => print(last, true)} />
        {receipt ? (
          <Done finished={receipt} login={login} onPrint={() => print(receipt, true)} />
        ) : (
          <SumPanel
            sale={sale}
            cashField={cashField}
            cardField={cardField}
            onPay={openPayment}
            onCustomer={() => setAsked({ kind: 'customer' })}
            onDiscount={() => setAsked({ kind: 'discount' })}
          />
        )}
        <div className="key-buttons">
          <KeyButton name="F6" words={text.keyHelp.discount} onPress={keys.F6} />
          <KeyButton name="Ctrl E" words={text.takingBack.title} onPress={keys['Ctrl+KeyE']} />
          <KeyButton name="Del" words={text.keyHelp.remove} onPress={lineKeys.Delete} disabled={!line} />
          <KeyButton name="Ctrl Z" words={text.keyHelp.takeBack} onPress={keys['Ctrl+KeyZ']} />
          <KeyButton name="Ctrl P" words={text.keyHelp.copy} onPress={keys['Ctrl+KeyP']} />
          <KeyButton name="F1" words={text.keyHelp.help} onPress={() => helpShown.set(true)} />
        </div>
        <SentState zone={login.clock.zone} />
      </aside>
      {sale.paying && lines.length > 0 && asked?.kind !== 'customer' && asked?.kind !== 'approval' && (
        <PaymentDialog
          sale={sale}
          notForCash={lines
            .filter(one => products.get(one.productId)?.cashAllowed === false)
            .map(one => one.name)}
          onFinish={finish => withApproval(sale.content, finish)}
          onFinished={finished}
          onCustomer={() => setAsked({ kind: 'customer' })}
        />
      )}
      {asked?.kind === 'quantity' && <QuantityDialog sale={sale} line={asked.line} onClose={close} />}
      {asked?.kind === 'price' && (
        <PriceDialog sale={sale} line={asked.line} onClose={close} onChange={changeIfAllowed} />
      )}
      {asked?.kind === 'discount' && (
        <DiscountDialog
          sale={sale}
          most={login.settings.maxDiscountPercent ?? undefined}
          onClose={close}
          onChange={changeIfAllowed}
        />
      )}
      {asked?.kind === 'customer' && (
        <Suspense fallback={null}>
          <CustomerDialog sale={sale} onClose={close} />
        </Suspense>
      )}
      {asked?.kind === 'approval' && (
        <Suspense fallback={null}>
          <ApprovalDialog
            saleId={sale.id}
            asked={asked.asked}
            onClose={close}
            onApproved={() => {
              close();
              asked.then();
            }}
          />
        </Suspense>
      )}
      {asked?.kind === 'parked' && (
        <Suspense fallback={null}>
          <ParkedDialog zone={login.clock.zone} onClose={close} />
        </Suspense>
      )}
      {asked?.kind === 'choose' && (
        <ChooseProductDialog
          products={asked.products}
          onClose={close}
          onChoose={product => {
            close();
            void take(product, asked.quantity);
          }}
        />
      )}
    </main>
  );
}

/** The finished sale, until the next product comes: its number, the change to give, its receipt. */
function Done({
  finished,
  login,
  onPrint,
}: {
  finished: FinishedSale;
  login: LoginState;
  onPrint: () => void;
}) {
  const { house, device } = useWorkplace();
  const shop = useStore(house.state);
  const text = useText();
  const language = useLanguage();
  return (
    <section className="card sum-card done">
      <div className="sum-head">
        <div className="sum-row">
          <b className="done-number" data-testid="receipt-number">
            {finished.number}
          </b>
          <span className={finished.place === 'server' ? 'good' : 'low'}>
            {finished.place === 'server' ? text.onServer : text.onlyHere}
          </span>
        </div>
      </div>
      {!isZero(finished.change) && (
        <div className="change-row">
          <span>{text.change}</span>
          <b data-testid="receipt-change">{formatMoney(finished.change, finished.sale.currency, language)}</b>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="paper" aria-label={`${text.receiptColumns.number} ${finished.number}`} tabIndex={0}>
        <Receipt
          finished={finished}
          house={shop}
          enterprise={device.enterprise}
          language={language}
          zone={login.clock.zone}
          testId="receipt"
        />
      </section>
      <button type="button" className="button pay-button" onClick={onPrint}>
        <PrinterIcon />
        {text.print} <Key>Ctrl P</Key>
      </button>
    </section>
  );
}

/** What the catalogue knows now of the products in the sale. */
function useSaleProducts(sale: OpenSale): Map<string, Product> {
  const { catalogue } = useWorkplace();
  const { revision } = useStore(catalogue.state);
  const [products, setProducts] = useState(new Map<string, Product>());
  const asked = useRef({ revision: -1, ids: new Set<string>() });
  const ids = [...new Set(sale.content.lines.map(line => line.productId))].sort().join('\n');
  useEffect(() => {
    // While the catalogue stands still, only what came to the sale is asked for.
    if (asked.current.revision !== revision) asked.current = { revision, ids: new Set() };
    const known = asked.current;
    const missing = ids.split('\n').filter(id => id !== '' && !known.ids.has(id));
    if (missing.length === 0) return;
    for (const id of missing) known.ids.add(id);
    catalogue.get(missing).then(
      found =>
        setProducts(before => {
          const after = new Map(before);
          for (const product of found) after.set(product.id, product);
          return after;
        }),
      () => {
        for (const id of missing) known.ids.delete(id);
      },
    );
  }, [catalogue, ids, revision]);
  return products;
}

/** Neither a field nor a control has the focus: what is typed is meant for the search. */
const isNowhere = (target: EventTarget | null): boolean =>
  !(target instanceof Element && target.closest('input,textarea,select,button,a'));

function useWindowKeys(onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listener = (event: KeyboardEvent) => latest.current(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function KeyButton({
  name,
  words,
  onPress,
  disabled,
}: {
  name: string;
  words: string;
  onPress: (() => void) | undefined;
  disabled?: boolean;
}) {
  return (
    <button type="button" className="key-button" disabled={disabled} onClick={onPress}>
      <Key>{name}</Key>
      <span>{words}</span>
    </button>
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  choices: { id: string; name: string }[];
  onChoose: (id: string) => void;
}

function Choice({ label, value, choices, onChoose }: ChoiceProps) {
  if (choices.length === 0) return null;
  return (
    <select
      className="choice"
      aria-label={label}
      value={value ?? ''}
      onChange={event => onChoose(event.target.value)}
    >
      {!choices.some(one => one.id === value) && <option value={value ?? ''}>{value ?? '–'}</option>}
      {choices.map(one => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </select>
  );
}

/** Of the user's own; who has none given may choose among all. */
function allowed(own: { id: string }[] | undefined, all: { id: string; name: string }[]) {
  const ids = own && own.length > 0 ? own.map(one => one.id) : all.map(one => one.id);
  return ids.map(id => ({ id, name: nameOf(all, id) }));
}

/** The till was stopped before it knew that the last receipt was printed: the cashier says whether it was. */
function LastReceipt({ onPrint }: { onPrint: (last: FinishedSale) => void }) {
  const { outbox } = useWorkplace();
  const { last } = useStore(outbox.state);
  const text = useText();
  if (!last || last.printed || last.at >= STARTED) return null;
  return (
    <div className="message warning last-receipt" role="status" data-testid="last-receipt">
      <span>
        {text.printed} {unbroken(last.number)}
      </span>
      <span className="last-receipt-answers">
        <button type="button" className="button small" onClick={() => void outbox.printed(last.id)}>
          {text.printedYes}
        </button>
        <button type="button" className="button small" onClick={() => onPrint(last)}>
          {text.print}
        </button>
      </span>
    </div>
  );
}

/** A receipt's number stays on one line. */
const unbroken = (number: string): string => number.replace('-', '\u2011');

function SentState({ zone }: { zone: string }) {
  const { outbox } = useWorkplace();
  const { unsent, oldest, last } = useStore(outbox.state);
  const text = useText();
  return (
    <p className={unsent > 0 ? 'sent-state waiting' : 'sent-state'} data-testid="unsent" data-count={unsent}>
      <span className="sent-dot" aria-hidden="true" />
      {unsent > 0
        ? text.unsentSales(formatCount(unsent), formatClock(oldest ?? Date.now(), zone))
        : text.allOnServer}
      {last && ` · ${text.lastReceipt(unbroken(last.number))}`}
    </p>
  );
}
