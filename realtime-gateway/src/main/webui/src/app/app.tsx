import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { literal } from 'valibot';
import type { Device } from '../device/device.ts';
import { deviceRecord } from '../device/device-record.ts';
import { KsbIdPage } from '../device/ksb-id-page.tsx';
import { HomePage } from '../home/home-page.tsx';
import { LanguageContext, useText } from '../i18n/text.ts';
import { type DatabaseState, database, databaseState } from '../platform/db.ts';
import { useStore } from '../platform/store.ts';
import { WindowChannel } from '../platform/windows.ts';
import { keptOpenSale } from '../sales/store/open-sale.ts';
import { LoginPage } from '../session/login-page.tsx';
import { type LoginState, Session } from '../session/session.ts';
import { Shell } from '../shell/shell.tsx';
import { askToPersist, watchHealth } from '../till-state/health.ts';
import { reportOn } from '../till-state/report.ts';
import { PreferencesContext, usePreferences, WorkplaceContext } from './contexts.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { pages } from './pages.ts';
import { Preferences } from './preferences.ts';
import { Workplace } from './workplace.ts';

const identity = new WindowChannel('identity', literal('changed'));

/** First the shop, then the user, then the work: no page can be reached before its turn. */
export function App() {
  const [preferences] = useState(() => new Preferences());
  return (
    <PreferencesContext value={preferences}>
      <LanguageContext value={useStore(preferences.language)}>
        <ErrorBoundary>
          <StorageGate />
        </ErrorBoundary>
      </LanguageContext>
    </PreferencesContext>
  );
}

/** A till whose storage does not answer is not a new till: it says so and registers nothing. */
function StorageGate() {
  const storage = useStore(databaseState);
  const [device, setDevice] = useState<Device | 'loading' | 'none'>('loading');

  useEffect(() => {
    const load = () =>
      deviceRecord.load().then(
        found => setDevice(found ?? 'none'),
        () => undefined,
      );
    void load();
    // Another window has registered this till or left its shop.
    return identity.listen(() => void load());
  }, []);

  const registered = async (one: Device) => {
    setDevice(await deviceRecord.create(one));
    identity.tell('changed');
    // Asks the browser not to clear this till's data when the disk is full.
    await askToPersist();
  };
  const leave = async () => {
    await deviceRecord.forget();
    identity.tell('changed');
    setDevice('none');
  };

  if (storage.kind !== 'ready') return <StorageTrouble state={storage} />;
  if (device === 'loading') return null;
  if (device === 'none') {
    return (
      <Routes>
        <Route path="/ksb-id" element={<KsbIdPage onRegistered={registered} />} />
        <Route path="*" element={<Navigate to="/ksb-id" replace />} />
      </Routes>
    );
  }
  return <Till key={device.deviceId} device={device} onLeave={leave} />;
}

function StorageTrouble({ state }: { state: Exclude<DatabaseState, { kind: 'ready' }> }) {
  const text = useText();
  const words =
    state.kind === 'failed'
      ? text.storageFailed(state.reason)
      : state.kind === 'blocked'
        ? text.storageBlocked
        : text.storageSuperseded;
  return (
    <main className="rescue">
      <p className="message error" role="alert">
        {words}
      </p>
      <button type="button" className="button primary" onClick={() => location.reload()}>
        {text.reloadPage}
      </button>
    </main>
  );
}

function Till({ device, onLeave }: { device: Device; onLeave: () => Promise<void> }) {
  const [session] = useState(
    () =>
      new Session(device, sessionStorage, token => void deviceRecord.note({ token }).catch(() => undefined)),
  );
  const login = useStore(session.state);
  const { pathname } = useLocation();
  const navigate = useNavigate();

  useEffect(() => () => session.close(), [session]);
  // As long as the program is open, whoever is logged in.
  useEffect(() => watchHealth(), []);
  useEffect(() => reportOn(device), [device]);
  useEffect(() => {
    // The page of the day: it comes while the password is typed.
    pages['/sales']?.().catch(() => undefined);
  }, []);

  if (!login) {
    // The page that was open before an expired session comes back after the login.
    const from = pathname === '/login' || pathname === '/ksb-id' ? '/' : pathname;
    return (
      <Routes>
        <Route
          path="/login"
          element={
            <LoginPage
              device={device}
              session={session}
              onLeave={onLeave}
              onLoggedIn={() => void pageAfterLogin().then(page => navigate(page, { replace: true }))}
            />
          }
        />
        <Route path="*" element={<ToLogin from={from} />} />
      </Routes>
    );
  }
  return <Work key={login.user.login} device={device} session={session} login={login} />;
}

const PREVIOUS = 'ksb-pos.page';

/** The page from before an expired session; a till that was stopped in the middle of a sale goes on with it. */
async function pageAfterLogin(): Promise<string> {
  const page = sessionStorage.getItem(PREVIOUS) ?? '/';
  sessionStorage.removeItem(PREVIOUS);
  if (page !== '/') return page;
  const open = await database()
    .then(db => db.getAll('sales'))
    .catch(() => []);
  return open.some(sale => (keptOpenSale(sale)?.content.lines.length ?? 0) > 0) ? '/sales' : '/';
}

function ToLogin({ from }: { from: string }) {
  useEffect(() => sessionStorage.setItem(PREVIOUS, from), [from]);
  return <Navigate to="/login" replace />;
}

function Work({ device, session, login }: { device: Device; session: Session; login: LoginState }) {
  const preferences = usePreferences();
  const [workplace, setWorkplace] = useState<Workplace>();

  useEffect(() => {
    // Fetched before anybody asks for them, so that none opens empty.
    const early = setTimeout(() => {
      for (const load of Object.values(pages)) load().catch(() => undefined);
    }, PAGES_AFTER);
    return () => clearTimeout(early);
  }, []);
  useEffect(() => {
    const note = (change: Partial<Device>) => {
      Object.assign(device, change);
      deviceRecord.note(change).catch(() => undefined);
    };
    const opened = new Workplace(device, session, note, preferences);
    opened.start();
    setWorkplace(opened);
    return () => opened.close();
  }, [device, session, preferences]);

  if (!workplace) return null;
  return (
    <WorkplaceContext value={workplace}>
      <Routes>
        <Route element={<Shell login={login} />}>
          <Route path="/" element={<Guarded page={<HomePage login={login} />} />} />
          {Object.entries(loaded).map(([path, Page]) => (
            <Route key={path} path={path} element={<Guarded page={<Page login={login} />} />} />
          ))}
        </Route>
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </WorkplaceContext>
  );
}

/** The first screen comes first; milliseconds. */
const PAGES_AFTER = 1_500;

/** Pages that are not needed at the first moment come when they are opened. */
const loaded: Record<string, ComponentType<{ login: LoginState }>> = Object.fromEntries(
  Object.entries(pages).map(([path, load]) => [path, lazy(load)]),
);

/** What fails on one page leaves the others as they are. */
function Guarded({ page }: { page: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <ErrorBoundary key={pathname}>
      <Suspense fallback={<main className="plain-page" aria-busy="true" />}>{page}</Suspense>
    </ErrorBoundary>
  );
}
