import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import type { LoginState } from '../session/session.ts';
import { DevicePanel } from './device-panel.tsx';
import { OwnPanel } from './own-panel.tsx';
import '../design/page.css';
import './settings.css';

const RatesPanel = lazy(() => import('./rates-panel.tsx'));
const UsersPanel = lazy(() => import('./users-panel.tsx'));
const DevicesPanel = lazy(() => import('./devices-panel.tsx'));
const EnterprisePanel = lazy(() => import('./enterprise-panel.tsx'));

const EVERYBODYS = ['own', 'device'] as const;
const MANAGERS = [...EVERYBODYS, 'rates'] as const;
const ADMINS = [...MANAGERS, 'users', 'devices', 'enterprise'] as const;

/** What users choose for themselves and this till; for managers the rates too; for an ADMIN also who works here, at which tills, by which rules. */
export default function SettingsPage({ login }: { login: LoginState }) {
  const { device } = useWorkplace();
  const [parameters, setParameters] = useSearchParams();
  const text = useText();
  const { settings: words } = usePageText();
  const { role } = login.user;
  const tabs = role === 'ADMIN' ? ADMINS : role === 'MANAGER' ? MANAGERS : EVERYBODYS;
  const tab = tabs.find(one => one === parameters.get('tab')) ?? 'own';
  return (
    <main className="plain-page settings-page">
      <h1>{text.nav.settings}</h1>
      <nav className="chips" aria-label={text.nav.settings}>
        {tabs.map(one => (
          <button
            key={one}
            type="button"
            className="chip"
            data-testid={`settings-${one}`}
            aria-current={one === tab ? 'page' : undefined}
            onClick={() => setParameters(one === 'own' ? {} : { tab: one }, { replace: true })}
          >
            {words.tabs[one]}
          </button>
        ))}
      </nav>
      <Suspense fallback={<p className="muted">{text.totalsLoading}</p>}>
        {tab === 'own' && <OwnPanel login={login} />}
        {tab === 'device' && <DevicePanel deviceId={device.deviceId} code={device.code} />}
        {tab === 'rates' && <RatesPanel zone={login.clock.zone} />}
        {tab === 'users' && <UsersPanel login={login} />}
        {tab === 'devices' && <DevicesPanel />}
        {tab === 'enterprise' && <EnterprisePanel />}
      </Suspense>
    </main>
  );
}
