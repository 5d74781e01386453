import { lazy, Suspense, useEffect, useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { programUpdate } from '../app/program-update.ts';
import { ChevronIcon, UserIcon } from '../design/icons.tsx';
import { Key } from '../design/key.tsx';
import { formatDecimal } from '../format/money.ts';
import { formatClock } from '../format/time.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { useNow } from '../platform/use-now.ts';
import { storeOwnSettings } from '../session/own-settings.ts';
import type { LoginState, UserSettings } from '../session/session.ts';
import { SyncControl } from '../sync/sync-control.tsx';
import { LanguageButtons, ThemeButtons } from './choices.tsx';
import { ConnectionState } from './connection-state.tsx';
import { Disclosure } from './disclosure.tsx';
import { Licence } from './licence.tsx';
import { TitleBar } from './title-bar.tsx';

const SwitchDialog = lazy(() => import('../approval/switch-dialog.tsx'));

/** On every page after the login: whose till, how current, the rate, Sync, the user, the time. */
export function Header({ login }: { login: LoginState }) {
  const { device, house, sales } = useWorkplace();
  const update = useStore(programUpdate);
  const { enterprise } = useStore(house.state);
  const openSale = useStore(sales.state).sales.some(sale => sale.content.lines.length > 0);
  const text = useText();
  return (
    <header className="shell-head">
      <TitleBar
        device={device}
        licence={
          enterprise.licenceUntil && <Licence until={enterprise.licenceUntil} zone={login.clock.zone} />
        }
      >
        {update && (
          <button
            type="button"
            className="button small"
            disabled={openSale}
            title={openSale ? text.updateAfterSale : undefined}
            onClick={update}
          >
            {text.updateReady}
          </button>
        )}
      </TitleBar>
      <div className="tool-bar">
        <ConnectionState zone={login.clock.zone} />
        <Rate />
        <span className="tool-bar-rest" />
        <SyncControl zone={login.clock.zone} isAdmin={login.user.role === 'ADMIN'} />
        <UserMenu login={login} />
        <Clock zone={login.clock.zone} />
      </div>
    </header>
  );
}

/** One unit of the first foreign currency, live. */
function Rate() {
  const { rates } = useStore(useWorkplace().house.state).rates;
  const language = useLanguage();
  const currency = 'USD' in rates ? 'USD' : Object.keys(rates).sort()[0];
  const rate = currency && rates[currency];
  if (!currency || !rate) return null;
  return (
    <span className="quiet-box" data-testid="rate">
      1 {currency} <b>{formatDecimal(rate, language)}</b>
    </span>
  );
}

function Clock({ zone }: { zone: string }) {
  return <b className="tool-bar-clock">{formatClock(useNow(), zone)}</b>;
}

function UserMenu({ login }: { login: LoginState }) {
  const { session } = useWorkplace();
  const [open, setOpen] = useState(false);
  const [switching, setSwitching] = useState(false);
  const text = useText();
  const { user } = login;
  useEffect(() => {
    // Not under another question; what is typed there belongs there.
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.code !== 'KeyU') return;
      event.preventDefault();
      if (document.querySelector('[role=dialog]')) return;
      setOpen(false);
      setSwitching(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  // The till shows the choice at once; a server that is away learns it with the next change.
  const store = (change: Partial<UserSettings>) => {
    storeOwnSettings(session, change).catch(() => undefined);
  };
  return (
    <>
      <Disclosure
        open={open}
        onOpen={setOpen}
        label={`${user.displayName}, ${text.userMenu}`}
        button={
          <>
            <UserIcon />
            <span className="user-name">{user.displayName}</span>
            <ChevronIcon />
          </>
        }
      >
        <div className="menu">
          <div className="menu-head">
            <strong>{user.displayName}</strong>
            <span className="muted">{user.role ? text.roles[user.role] : user.login}</span>
          </div>
          <LanguageButtons onChosen={language => store({ language })} />
          <ThemeButtons onChosen={theme => store({ theme })} />
          <button
            type="button"
            className="button"
            data-testid="switch-user"
            onClick={() => {
              setOpen(false);
              setSwitching(true);
            }}
          >
            {text.pin.switchTitle} <Key>Ctrl U</Key>
          </button>
          <button type="button" className="button" onClick={() => void session.logOut()}>
            {text.logout}
          </button>
        </div>
      </Disclosure>
      {switching && (
        <Suspense fallback={null}>
          <SwitchDialog present={user.login} onClose={() => setSwitching(false)} />
        </Suspense>
      )}
    </>
  );
}
