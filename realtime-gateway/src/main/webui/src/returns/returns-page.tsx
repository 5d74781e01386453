import { type FormEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { SearchIcon } from '../design/icons.tsx';
import { Key } from '../design/key.tsx';
import { formatMoney } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import { useScans } from '../sales/scanner/scans.ts';
import type { LoginState } from '../session/session.ts';
import { FreeForm } from './free-form.tsx';
import { type Found, Receipts } from './receipts.ts';
import { ReturnForm } from './return-form.tsx';
import type { SoldReceipt } from './returning.ts';
import '../design/page.css';
import '../sales/page/sales.css';
import './returns.css';

/** Of a receipt: the till's code and its own count. */
const NUMBER = /^\d{1,9}-\d+$/;

/** Goods come back: first the receipt, then which lines and how much of them; the page says what goes back and how. */
export default function ReturnsPage({ login }: { login: LoginState }) {
  const { session, outbox } = useWorkplace();
  const receipts = useMemo(() => new Receipts(session, outbox), [session, outbox]);
  const [parameters, setParameters] = useSearchParams();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<Found[]>();
  const [offline, setOffline] = useState(false);
  const [receipt, setReceipt] = useState<SoldReceipt>();
  /** Goods come back without a receipt. */
  const [free, setFree] = useState(false);
  const [failure, setFailure] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const onProduct = useRef<(code: string) => void>(undefined);
  const navigate = useNavigate();
  const text = useText();
  const wanted = parameters.get('sale');

  const open = useCallback(
    async (id: string) => {
      setFailure(undefined);
      try {
        const read = await receipts.receipt(id);
        setReceipt(read);
        if (!read) setFailure(text.takingBack.notReturnable);
      } catch (reason) {
        setFailure(explain(reason, text));
      }
    },
    [receipts, text],
  );
  const find = useCallback(
    async (words: string) => {
      setFailure(undefined);
      setReceipt(undefined);
      try {
        const answer = await receipts.find(words);
        setOffline(answer.offline);
        setFound(answer.found);
        const [only, ...others] = answer.found;
        if (only && (others.length === 0 || only.number === words.trim())) await open(only.id);
        else if (!only)
          setFailure(answer.offline ? text.takingBack.offlineUnknown : text.takingBack.notFound(words));
      } catch (reason) {
        setFailure(explain(reason, text));
      }
    },
    [receipts, open, text],
  );
  useEffect(() => {
    if (wanted) void open(wanted);
  }, [wanted, open]);
  useScans(
    useCallback(
      code => {
        // A product of the receipt in hand comes back; everything else is looked for among the receipts.
        if (onProduct.current && !NUMBER.test(code)) {
          onProduct.current(code);
          return;
        }
        setSearch(code);
        void find(code);
      },
      [find],
    ),
  );
  const again = () => {
    setReceipt(undefined);
    setFree(false);
    setFound(undefined);
    setFailure(undefined);
    setSearch('');
    setParameters({}, { replace: true });
    setTimeout(() => field.current?.focus());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void find(search);
  };
  return (
    <main
      className="list-page returns-page"
      onKeyDown={event => {
        if (event.key === 'Escape' && !receipt) navigate('/sales');
        if (event.key === 'F4') {
          event.preventDefault();
          setReceipt(undefined);
          setFree(true);
        }
        if (event.key !== 'F2') return;
        setFree(false);
        event.preventDefault();
        field.current?.focus();
      }}
    >
      <div className="list-head">
        <h1>{text.takingBack.title}</h1>
        <form className="search-box" onSubmit={submit}>
          <SearchIcon />
          <input
            ref={field}
            // biome-ignore lint/a11y/noAutofocus: the receipt's number is what is missing
            autoFocus
            data-testid="return-search"
            aria-label={text.takingBack.find}
            placeholder={text.takingBack.find}
            autoComplete="off"
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
        </form>
        <button
          type="button"
          className="button"
          data-testid="return-free"
          aria-pressed={free}
          onClick={() => {
            setReceipt(undefined);
            setFree(!free);
          }}
        >
          {text.takingBack.free} <Key>F4</Key>
        </button>
      </div>
      {free ? (
        <FreeForm key="free" login={login} onDone={again} onProduct={onProduct} />
      ) : receipt ? (
        <ReturnForm
          key={receipt.id}
          receipt={receipt}
          login={login}
          onAgain={again}
          onReread={() => open(receipt.id)}
          onProduct={onProduct}
        />
      ) : (
        <div className="card list-body">
          {failure && (
            <p className="message warning" role="alert">
              {failure}
            </p>
          )}
          {offline && !failure && <p className="message warning">{text.takingBack.offlineUnknown}</p>}
          {found && found.length > 0 ? (
            <FoundReceipts found={found} zone={login.clock.zone} onOpen={id => void open(id)} />
          ) : (
            !failure && <div className="empty">{text.takingBack.hint}</div>
          )}
        </div>
      )}
    </main>
  );
}

function FoundReceipts({
  found,
  zone,
  onOpen,
}: {
  found: Found[];
  zone: string;
  onOpen: (id: string) => void;
}) {
  const language = useLanguage();
  return (
    <ul className="choices">
      {found.map(one => (
        <li key={one.id}>
          <button
            type="button"
            className="choice-row"
            data-testid="return-found"
            data-sale={one.id}
            onClick={() => onOpen(one.id)}
          >
            <span>
              <b>{one.number}</b>{' '}
              <small className="muted">
                {formatMoment(one.at, zone)} · {one.cashier}
              </small>
            </span>
            <b>{formatMoney(one.total, one.currency, language)}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}
