import { Outlet } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { OfflineIcon } from '../design/icons.tsx';
import { Notices } from '../design/notices.tsx';
import { useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import type { LoginState } from '../session/session.ts';
import { Header } from './header.tsx';
import { Rail } from './rail.tsx';

/** What stands around every page after the login. */
export function Shell({ login }: { login: LoginState }) {
  const { live } = useWorkplace();
  const phase = useStore(live.connection).phase;
  const text = useText();
  return (
    <div className="shell">
      <Header login={login} />
      <Rail />
      <div className="shell-page">
        {phase === 'offline' && (
          <p className="connection-strip" role="status">
            <OfflineIcon />
            {text.offlineStrip}
          </p>
        )}
        <Outlet />
      </div>
      <Notices />
    </div>
  );
}
