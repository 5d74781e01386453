import { type ChangeEvent, type ReactNode, useEffect, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { notice } from '../design/notices.tsx';
import { PasswordForm } from '../design/password-form.tsx';
import { formatCount, formatMoney } from '../format/money.ts';
import { formatClock, formatMoment } from '../format/time.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { opened, saveUnsent } from '../outbox/rescue-file.ts';
import { droppedThings } from '../platform/border.ts';
import { useStore } from '../platform/store.ts';
import { useScans } from '../sales/scanner/scans.ts';
import type { LoginState } from '../session/session.ts';
import { ConnectionState } from '../shell/connection-state.tsx';
import '../design/page.css';

/** "Kassa holati": whether this till can be relied on, and what it still has to send. */
export default function TillPage({ login }: { login: LoginState }) {
  const { outbox, syncing, customers } = useWorkplace();
  const repayments = useStore(customers.repayments.waiting);
  const { unsent, oldest } = useStore(outbox.state);
  const { sync } = useStore(syncing.state);
  const [storage, setStorage] = useState<{ persisted: boolean; free: number }>();
  const [clock, setClock] = useState<number>();
  const [scan, setScan] = useState<string>();
  const [file, setFile] = useState<string>();
  const dropped = useStore(droppedThings);
  const text = useText();
  const language = useLanguage();
  const { zone } = login.clock;

  useEffect(() => {
    const look = async () => {
      const persisted = (await navigator.storage?.persisted?.()) ?? false;
      const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
      setStorage({ persisted, free: quota - usage });
    };
    look().catch(() => undefined);
    clockDifference().then(setClock, () => undefined);
  }, []);
  useScans(setScan);

  const read = async (event: ChangeEvent<HTMLInputElement>) => setFile(await event.target.files?.[0]?.text());
  const take = async (password: string) => {
    try {
      const { sales, repayments } = await opened(file ?? '', password);
      await customers.repayments.take(repayments);
      for (const sale of sales) await outbox.keep(sale);
      outbox.wake();
      notice('good', text.imported(formatCount(sales.length), formatCount(repayments.length)));
      setFile(undefined);
    } catch {
      notice('error', text.rescueWrong);
    }
  };
  return (
    <main className="plain-page">
      <h1>{text.nav.till}</h1>
      <dl className="card facts">
        <Fact name={text.tillFacts.link}>
          <ConnectionState zone={zone} />
        </Fact>
        <Fact name={text.tillFacts.storage}>
          {storage?.persisted ? (
            <span className="badge good">{text.persisted}</span>
          ) : (
            <span className="badge warning wrap">{text.notPersisted}</span>
          )}
        </Fact>
        <Fact name={text.tillFacts.space}>
          {storage ? `${formatCount(storage.free / 1_048_576)} MB` : '–'}
        </Fact>
        <Fact name={text.tillFacts.clock}>
          {clock === undefined ? (
            '–'
          ) : (
            <span className={Math.abs(clock) > 120 ? 'badge danger' : 'badge good'}>
              {text.clockSeconds(clock)}
            </span>
          )}
        </Fact>
        <Fact name={text.tillFacts.browser}>{browser()}</Fact>
        <Fact name={text.tillFacts.version}>{__VERSION__}</Fact>
        <Fact name={text.tillFacts.sync}>
          {sync?.finishedAt ? formatMoment(Date.parse(sync.finishedAt), zone) : '–'}
        </Fact>
        <Fact name={text.tillFacts.unsent}>
          {unsent === 0 ? (
            <span className="badge good">0</span>
          ) : (
            <span className="badge warning">
              {text.unsentSales(formatCount(unsent), formatClock(oldest ?? Date.now(), zone))}
            </span>
          )}
        </Fact>
        {repayments.length > 0 && (
          <Fact name={text.tillFacts.repayments}>
            {repayments.map(one => (
              <p key={one.id} className="dropped" data-testid="unsent-repayment">
                <span className={one.refusal ? 'badge danger' : 'badge warning'}>
                  {formatMoney(one.amount, one.currency, language)}
                </span>{' '}
                {one.customerName} <small className="muted">{one.refusal}</small>
              </p>
            ))}
          </Fact>
        )}
        <Fact name={text.tillFacts.dropped}>
          {dropped.length === 0 && <span className="badge good">0</span>}
          {dropped.map(one => (
            <p key={`${one.border} ${one.what}`} className="dropped" data-testid="dropped">
              <span className="badge warning">{text.borders[one.border]}</span> {one.what}{' '}
              <span className="muted">
                {text.droppedTimes(formatCount(one.count), formatClock(one.at, zone))}
              </span>
              <small className="muted">{one.why}</small>
            </p>
          ))}
        </Fact>
        <Fact name={text.tillFacts.scanner}>
          {scan ?? <span className="muted">{text.scanSomething}</span>}
        </Fact>
      </dl>
      <section className="card facts">
        <div>
          <span className="muted">{text.exportUnsent}</span>
          <PasswordForm
            label={text.exportUnsent}
            action={text.exportUnsent}
            onPassword={async password => void (await saveUnsent(password))}
          />
        </div>
        <div>
          <label className="file-choice">
            <span className="muted">{text.importUnsent}</span>
            <input type="file" accept="application/json" onChange={event => void read(event)} />
          </label>
          {file !== undefined && (
            <PasswordForm label={text.importUnsent} action={text.importUnsent} onPassword={take} />
          )}
        </div>
      </section>
    </main>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Seconds by which this device is ahead of the server. */
async function clockDifference(): Promise<number | undefined> {
  const response = await fetch('/manifest.webmanifest', { method: 'HEAD', cache: 'no-store' });
  const date = Date.parse(response.headers.get('Date') ?? '');
  return Number.isNaN(date) ? undefined : Math.round((Date.now() - date) / 1000);
}

function browser(): string {
  return /(?:Chrome|Firefox|Version)\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent;
}
