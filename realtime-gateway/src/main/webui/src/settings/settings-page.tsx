import { lazy, Suspense } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { PageTabs, type Some, useTab } from '../design/page-tabs.tsx';
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
  const text = useText();
  const { settings: words } = usePageText();
  const { role } = login.user;
  const tabs: Some<(typeof ADMINS)[number]> =
    role === 'ADMIN' ? ADMINS : role === 'MANAGER' ? MANAGERS : EVERYBODYS;
  const tab = useTab(tabs);
  return (
    <main className="plain-page settings-page">
      <h1>{text.nav.settings}</h1>
      <PageTabs label={text.nav.settings} tabs={tabs} testId="settings">
        {one => words.tabs[one]}
      </PageTabs>
      <Suspense fallback={<p className="muted">{text.loading}</p>}>
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
