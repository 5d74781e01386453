import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { usePreferences } from '../app/contexts.ts';
import { normalForm } from '../catalogue/text.ts';
import { EyeIcon } from '../design/icons.tsx';
import type { Device } from '../device/device.ts';
import { deviceRecord } from '../device/device-record.ts';
import { formatCount } from '../format/money.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { useText } from '../i18n/text.ts';
import { unsentCount } from '../outbox/unsent.ts';
import { explain } from '../platform/http/explain.ts';
import { Problem, Unreachable } from '../platform/http/failure.ts';
import { useStore } from '../platform/store.ts';
import { useNow } from '../platform/use-now.ts';
import { LanguageChoice, ThemeChoice } from '../shell/choices.tsx';
import { TitleBar } from '../shell/title-bar.tsx';
import { checkOffline, forgetLogin, rememberLogin } from './offline-login.ts';
import type { Session } from './session.ts';
import { readTillUsers, type TillUser, type TillUsers } from './till-users.ts';
import '../device/entry.css';

interface LoginPageProps {
  device: Device;
  session: Session;
  onLeave: () => Promise<void>;
  onLoggedIn?: () => void;
}

const ASK_AGAIN = 5_000;
/** More users than this are searched, not looked through. */
const MANY = 8;

export function LoginPage({ device, session, onLeave, onLoggedIn }: LoginPageProps) {
  const [users, askNow] = useTillUsers(device);
  const text = useText();
  return (
    <>
      <header>
        <TitleBar device={device}>
          <LanguageChoice />
          <ThemeChoice />
        </TitleBar>
      </header>
      <main className="entry">
        <div className="card">
          <h1>{text.loginTitle}</h1>
          <WhoMay users={users} device={device} onRetry={askNow} />
          {users.kind === 'users' && users.users.length > 0 && (
            <LoginForm device={device} session={session} users={users.users} onLoggedIn={onLoggedIn} />
          )}
          {users.kind === 'pending' && (
            <LoginForm device={device} session={session} users={[]} onLoggedIn={onLoggedIn} />
          )}
        </div>
        <Leave onLeave={onLeave} />
      </main>
    </>
  );
}

/** Asks again by itself while the till waits for its approval or for the internet. */
function useTillUsers(device: Device): [TillUsers, () => void] {
  const [users, setUsers] = useState<TillUsers>({ kind: 'loading' });
  const [asked, setAsked] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is the wish to ask again
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answer = await readTillUsers(device);
      if (left) return;
      setUsers(answer);
      if (answer.kind !== 'users' || answer.offline) timer = setTimeout(() => void ask(), ASK_AGAIN);
    };
    void ask();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [device, asked]);

  return [users, () => setAsked(asked + 1)];
}

function WhoMay({ users, device, onRetry }: { users: TillUsers; device: Device; onRetry: () => void }) {
  const text = useText();
  switch (users.kind) {
    case 'loading':
      return <p className="muted">{text.loading}</p>;
    case 'users':
      if (users.offline) return <p className="message warning">{text.loginOffline}</p>;
      return users.users.length === 0 ? <p className="message warning">{text.loginNoUsers}</p> : null;
    case 'pending':
      return (
        <div className="message warning" role="status">
          <strong>{text.devicePending}</strong>
          <p>{text.devicePendingHint(device.code)}</p>
        </div>
      );
    case 'blocked':
      return (
        <p className="message error" role="alert">
          {text.deviceBlocked}
        </p>
      );
    case 'unknown':
      return (
        <p className="message error" role="alert">
          {text.deviceUnknown}
        </p>
      );
    case 'failed':
      return (
        <div className="message error" role="alert">
          <p>{explain(users.failure, text)}</p>
          <button type="button" className="button small" onClick={onRetry}>
            {text.retry}
          </button>
        </div>
      );
  }
}

interface LoginFormProps {
  device: Device;
  session: Session;
  /** Empty: the name is typed. */
  users: TillUser[];
  onLoggedIn: (() => void) | undefined;
}

function LoginForm({ device, session, users, onLoggedIn }: LoginFormProps) {
  const preferences = usePreferences();
  const text = useText();
  const ended = useStore(session.ended);
  const [login, setLogin] = useState(() => firstChoice(users, device.lastLogin));
  const [password, setPassword] = useState('');
  const [visible, setVisible] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  // The wait is that user's alone.
  const [waits, setWaits] = useState<Record<string, number>>({});
  const secondsToWait = Math.ceil(((waits[login] ?? 0) - useNow()) / 1000);
  const passwordField = useRef<HTMLInputElement>(null);

  /** At the server, or, when that cannot be reached, against what this till knows. */
  const logIn = async () => {
    const name = login.trim();
    try {
      await session.logIn(name, password);
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 401)
        await forgetLogin(name).catch(() => undefined);
      const away = failure instanceof Unreachable || (failure instanceof Problem && failure.status >= 502);
      if (!away) throw failure;
      const checked = await checkOffline(name, password).catch(() => 'unknown' as const);
      if (checked === 'unknown') throw new OfflineUnknown();
      if (checked === 'wrong') throw new Problem(401, '/problems/unauthorized', 'wrong password');
      session.logInOffline(checked, { password });
      return;
    }
    const state = session.state.get();
    if (state) void rememberLogin(password, state).catch(() => undefined);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (login.trim() === '' || password === '') {
      passwordField.current?.focus();
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await logIn();
      const settings = session.state.get()?.settings;
      if (settings) preferences.adopt(settings);
      device.lastLogin = login.trim();
      await deviceRecord.note({ lastLogin: device.lastLogin }).catch(() => undefined);
      onLoggedIn?.();
    } catch (refusal) {
      setFailure(refusal);
      setPassword('');
      if (refusal instanceof Problem && refusal.status === 429) {
        const until = Date.now() + (refusal.retryAfter ?? 5) * 1000;
        setWaits(before => ({ ...before, [login]: until }));
      }
      passwordField.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  const message = secondsToWait > 0 ? text.loginWait(secondsToWait) : refusalWords(failure, text);
  return (
    <form onSubmit={event => void submit(event)}>
      {ended && failure === undefined && <p className="message warning">{text.loginEnded}</p>}
      {users.length > 0 ? (
        <UserChoice
          users={users}
          chosen={login}
          onChoose={setLogin}
          onChosen={() => passwordField.current?.focus()}
        />
      ) : (
        <label className="field">
          <span>{text.loginName}</span>
          <input
            name="login"
            autoComplete="username"
            value={login}
            onChange={event => setLogin(event.target.value)}
          />
        </label>
      )}
      <label className="field">
        <span>{text.loginPassword}</span>
        <span className="password">
          <input
            ref={passwordField}
            name="password"
            data-testid="password"
            type={visible ? 'text' : 'password'}
            autoComplete="current-password"
            // biome-ignore lint/a11y/noAutofocus: the user is chosen already, the password is what is missing
            autoFocus
            value={password}
            aria-invalid={message !== undefined}
            onChange={event => setPassword(event.target.value)}
            onKeyUp={(event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))}
          />
          <button
            type="button"
            className="button quiet eye"
            aria-label={visible ? text.loginHidePassword : text.loginShowPassword}
            aria-pressed={visible}
            onClick={() => setVisible(!visible)}
          >
            <EyeIcon />
          </button>
        </span>
      </label>
      <p className={message ? 'message error' : 'message'} role="alert">
        {message ?? (capsLock ? text.loginCapsLock : undefined)}
      </p>
      <button type="submit" className="button primary wide" disabled={busy || secondsToWait > 0}>
        {busy ? text.loginBusy : text.loginSubmit}
      </button>
    </form>
  );
}

interface UserChoiceProps {
  users: TillUser[];
  chosen: string;
  onChoose: (login: string) => void;
  onChosen: () => void;
}

/** Radio buttons: arrows move, a press or Enter goes on to the password. */
function UserChoice({ users, chosen, onChoose, onChosen }: UserChoiceProps) {
  const [search, setSearch] = useState('');
  const text = useText();
  const wanted = normalForm(search);
  const shown = users.filter(user => normalForm(user.displayName).includes(wanted));
  return (
    <fieldset className="users">
      <legend>{text.loginWho}</legend>
      {users.length > MANY && (
        <input
          className="text-input"
          aria-label={text.userSearch}
          placeholder={text.userSearch}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
      )}
      {shown.map(user => (
        <label
          key={user.login}
          className={user.login === chosen ? 'user chosen' : 'user'}
          data-testid={`user-${user.login}`}
        >
          <input
            type="radio"
            name="user"
            value={user.login}
            checked={user.login === chosen}
            onChange={() => onChoose(user.login)}
            // Only a press has coordinates; the arrows' click must not take the focus away.
            onClick={event => event.clientX + event.clientY > 0 && onChosen()}
          />
          <span className="user-initials" aria-hidden="true">
            {initials(user.displayName)}
          </span>
          <span className="user-label">{user.displayName}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Leave({ onLeave }: { onLeave: () => Promise<void> }) {
  const [asking, setAsking] = useState(false);
  const [unsent, setUnsent] = useState(0);
  const text = useText();
  useEffect(() => {
    unsentCount().then(setUnsent, () => undefined);
  }, []);
  if (!asking) {
    return (
      <button type="button" className="button quiet small" onClick={() => setAsking(true)}>
        {text.leave}
      </button>
    );
  }
  if (unsent > 0) {
    return (
      <p className="message warning" role="alert">
        {text.leaveUnsent(formatCount(unsent))}
      </p>
    );
  }
  return (
    <div className="leave" role="alertdialog" aria-label={text.leave}>
      <p>{text.leaveConfirm}</p>
      <button type="button" className="button small danger" onClick={() => void onLeave()}>
        {text.leaveYes}
      </button>
      <button type="button" className="button small" onClick={() => setAsking(false)}>
        {text.cancel}
      </button>
    </div>
  );
}

function firstChoice(users: TillUser[], last: string | undefined): string {
  if (users.length === 0) return last ?? '';
  const known = users.find(user => user.login === last) ?? (users.length === 1 ? users[0] : undefined);
  return known?.login ?? '';
}

/** Nobody can check this user here and now. */
class OfflineUnknown extends Error {}

function refusalWords(failure: unknown, text: Catalogue): string | undefined {
  if (failure === undefined) return undefined;
  if (failure instanceof OfflineUnknown) return text.loginOfflineUnknown;
  if (failure instanceof Problem) {
    if (failure.is('device-unknown')) return text.deviceUnknown;
    if (failure.status === 401) return text.loginWrong;
    if (failure.status === 429) return undefined;
    if (failure.is('device-pending')) return text.devicePending;
    if (failure.is('device-blocked')) return text.deviceBlocked;
  }
  return explain(failure, text);
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map(word => word.charAt(0).toUpperCase())
    .join('');
}
