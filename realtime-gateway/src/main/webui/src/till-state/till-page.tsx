import { type ChangeEvent, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { programUpdate } from '../app/program-update.ts';
import { Fact } from '../design/fact.tsx';
import { notice } from '../design/notices.tsx';
import { PasswordForm } from '../design/password-form.tsx';
import type { Device } from '../device/device.ts';
import { formatCount, formatMoney } from '../format/money.ts';
import { formatClock, formatMoment } from '../format/time.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { opened, saveUnsent } from '../outbox/rescue-file.ts';
import { droppedThings } from '../platform/border.ts';
import { storageFull } from '../platform/db.ts';
import { explain } from '../platform/http/explain.ts';
import { useStore } from '../platform/store.ts';
import { printReceipt } from '../receipt/print.ts';
import '../receipt/receipt.css';
import { useScans } from '../sales/scanner/scans.ts';
import type { LoginState } from '../session/session.ts';
import { ConnectionState } from '../shell/connection-state.tsx';
import { reportFailure } from '../tills/till-reporter.ts';
import { askToPersist, health, lookAtHealth, type Warning, warningsOf } from './health.ts';
import '../design/page.css';

/** "Kassa holati": whether this till can be relied on, and what it still has to send. */
export default function TillPage({ login }: { login: LoginState }) {
  const { outbox, syncing, customers, device, house } = useWorkplace();
  const repayments = useStore(customers.repayments.waiting);
  const { unsent, oldest } = useStore(outbox.state);
  const { sync } = useStore(syncing.state);
  const state = useStore(health);
  const full = useStore(storageFull);
  const refusal = useStore(reportFailure);
  const update = useStore(programUpdate);
  const [scan, setScan] = useState<string>();
  const dropped = useStore(droppedThings);
  const text = useText();
  const language = useLanguage();
  const { zone } = login.clock;

  useEffect(() => void lookAtHealth().catch(() => undefined), []);
  useScans(setScan);

  const found = warningsOf(state, full, dropped.length);
  const bad = (warning: Warning) => (found.includes(warning) ? 'badge danger wrap' : 'badge good');
  const testPrint = () =>
    printReceipt(
      <TestPage device={device} at={formatMoment(Date.now(), zone)} text={text} />,
      house.state.get().device.receiptWidth,
    );
  return (
    <main className="plain-page">
      <div className="list-head">
        <h1>{text.nav.till}</h1>
        <Link to="/tills" className="button">
          {text.tills.title}
        </Link>
      </div>
      <p
        className={found.length === 0 ? 'good' : 'message warning'}
        data-testid="till-verdict"
        data-warnings={found.join(' ')}
      >
        {found.length === 0
          ? text.tillWell
          : `${text.tillWarning}: ${found.map(name => text.tillWarnings[name]).join('; ')}`}
      </p>
      <dl className="card facts">
        <Fact name={text.tillFacts.link}>
          <ConnectionState zone={zone} />
        </Fact>
        <Fact name={text.tillFacts.storage}>
          {state.persisted ? (
            <span className="badge good" data-testid="till-persisted">
              {text.persisted}
            </span>
          ) : (
            <>
              <span className="badge warning wrap" data-testid="till-persisted">
                {text.notPersisted}
              </span>{' '}
              <button type="button" className="button small" onClick={() => void askToPersist()}>
                {text.askToPersist}
              </button>
            </>
          )}
        </Fact>
        <Fact name={text.tillFacts.space}>
          {state.freeMegabytes === undefined ? (
            '–'
          ) : (
            <span className={full ? 'badge danger' : bad('low-space')} data-testid="till-space">
              {formatCount(state.freeMegabytes)} MB
            </span>
          )}
        </Fact>
        <Fact name={text.tillFacts.clock}>
          {state.clockSeconds === undefined ? (
            '–'
          ) : (
            <span className={bad('clock')} data-testid="till-clock">
              {text.clockSeconds(state.clockSeconds)}
            </span>
          )}
        </Fact>
        <Fact name={text.tillFacts.browser}>
          <span className={bad('old-browser')} data-testid="till-browser">
            {browser()}
          </span>
        </Fact>
        <Fact name={text.tillFacts.version}>
          <span data-testid="till-version">{__VERSION__}</span>{' '}
          {update && <span className="badge warning">{text.updateReady}</span>}
        </Fact>
        <Fact name={text.tillFacts.report}>
          {refusal === undefined ? (
            <span className="badge good">{text.yesNo[0]}</span>
          ) : (
            <span className="badge warning wrap">{explain(refusal, text)}</span>
          )}
        </Fact>
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
          <span data-testid="till-scan">{scan ?? <span className="muted">{text.scanSomething}</span>}</span>
        </Fact>
        <Fact name={text.tillFacts.printer}>
          <button type="button" className="button small" data-testid="till-print" onClick={testPrint}>
            {text.testPrint}
          </button>
        </Fact>
      </dl>
      <RescueFile />
    </main>
  );
}

/** The unsent sales as a file, for another till to take when this one is lost. */
function RescueFile() {
  const { outbox, customers } = useWorkplace();
  const [file, setFile] = useState<{ name: string; content: string }>();
  const text = useText();

  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    setFile(chosen && { name: chosen.name, content: await chosen.text() });
  };
  const take = async (password: string) => {
    try {
      const { sales, repayments } = await opened(file?.content ?? '', password);
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
        <span className="muted">{text.importUnsent}</span>
        <label className="button file-choice">
          <input
            type="file"
            className="visually-hidden"
            aria-label={text.importUnsent}
            accept="application/json"
            onChange={event => void read(event)}
          />
          {file?.name ?? text.chooseFile}
        </label>
        {file !== undefined && (
          <PasswordForm label={text.importUnsent} action={text.importUnsent} onPassword={take} />
        )}
      </div>
    </section>
  );
}

/** All letters that the shop's languages need, and a ruler: what is cut off or strange is seen at once. */
function TestPage({ device, at, text }: { device: Device; at: string; text: Catalogue }) {
  return (
    <div className="receipt">
      <b>{device.enterprise}</b>
      <p>
        {text.tills.name(device.code)} · {at}
      </p>
      <p>{text.testPrint}</p>
      <p>Oʻ oʻ Gʻ gʻ Sh sh Ch ch</p>
      <p>Ў ў Қ қ Ғ ғ Ҳ ҳ Ё ё</p>
      <p>1 234 567,89</p>
      <p>|----------------------------------------|</p>
    </div>
  );
}

function browser(): string {
  return /(?:Chrome|Firefox|Version)\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent;
}
