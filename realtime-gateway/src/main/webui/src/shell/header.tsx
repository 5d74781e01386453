import { useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { programUpdate } from '../app/program-update.ts';
import { useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { storeOwnSettings } from '../session/own-settings.ts';
import type { LoginState, UserSettings } from '../session/session.ts';
import { SyncControl } from '../sync/sync-control.tsx';
import { LanguageChoice, ThemeChoice } from './choices.tsx';
import { ConnectionState } from './connection-state.tsx';
import { Disclosure } from './disclosure.tsx';
import { ChevronIcon, UserIcon } from './icons.tsx';
import { TitleBar } from './title-bar.tsx';

/** On every page after the login: whose till, how current, Sync, language, user. */
export function Header({ login }: { login: LoginState }) {
  const { device, session } = useWorkplace();
  const update = useStore(programUpdate);
  const text = useText();
  // The till shows the choice at once; a server that is away learns it with the next change.
  const store = (change: Partial<UserSettings>) => {
    storeOwnSettings(session, change).catch(() => undefined);
  };
  return (
    <header>
      <TitleBar device={device}>
        {update && (
          <button type="button" className="button small" onClick={update}>
            {text.updateReady}
          </button>
        )}
      </TitleBar>
      <div className="tool-bar">
        <ConnectionState zone={login.clock.zone} />
        <span className="tool-bar-rest" />
        <SyncControl zone={login.clock.zone} />
        <LanguageChoice onChosen={language => store({ language })} />
        <UserMenu login={login} onTheme={theme => store({ theme })} />
      </div>
    </header>
  );
}

function UserMenu({ login, onTheme }: { login: LoginState; onTheme: (theme: string) => void }) {
  const { session } = useWorkplace();
  const [open, setOpen] = useState(false);
  const text = useText();
  const { user } = login;
  return (
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
      <div className="user-menu">
        <div>
          <strong>{user.displayName}</strong>
          <div className="muted">{user.role ? text.roles[user.role] : user.login}</div>
        </div>
        <div className="user-menu-row">
          {text.theme}
          <ThemeChoice onChosen={onTheme} />
        </div>
        <button type="button" className="button" onClick={() => void session.logOut()}>
          {text.logout}
        </button>
      </div>
    </Disclosure>
  );
}
