import { lazy, Suspense } from 'react';
import { Outlet } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { AlertIcon, OfflineIcon } from '../design/icons.tsx';
import { Notices } from '../design/notices.tsx';
import { useText } from '../i18n/text.ts';
import { storageFull } from '../platform/db.ts';
import { useStore } from '../platform/store.ts';
import type { LoginState } from '../session/session.ts';
import { Header } from './header.tsx';
import { helpShown, useShellKeys } from './keys.ts';
import { Rail } from './rail.tsx';

const HelpDialog = lazy(() => import('./help-dialog.tsx'));

/** What stands around every page after the login. */
export function Shell({ login }: { login: LoginState }) {
  const { live } = useWorkplace();
  const phase = useStore(live.connection).phase;
  const full = useStore(storageFull);
  const help = useStore(helpShown);
  const text = useText();
  useShellKeys();
  return (
    <div className="shell">
      <Header login={login} />
      <Rail />
      <div className="shell-page">
        {full && (
          <p className="connection-strip full" role="alert" data-testid="storage-full">
            <AlertIcon />
            {text.storageFull}
          </p>
        )}
        {phase === 'offline' && (
          <p className="connection-strip" role="status">
            <OfflineIcon />
            {text.offlineStrip}
          </p>
        )}
        <Outlet />
      </div>
      <Suspense fallback={null}>{help && <HelpDialog />}</Suspense>
      <Notices />
    </div>
  );
}
