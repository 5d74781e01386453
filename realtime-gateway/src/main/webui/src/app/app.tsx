import { useEffect, useState } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import type { Device } from '../device/device.ts';
import { deviceRecord } from '../device/device-record.ts';
import { KsbIdPage } from '../device/ksb-id-page.tsx';
import { HomePage } from '../home/home-page.tsx';
import { LanguageContext } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { LoginPage } from '../session/login-page.tsx';
import { type LoginState, Session } from '../session/session.ts';
import { PreferencesContext, WorkplaceContext } from './contexts.ts';
import { Preferences } from './preferences.ts';
import { Workplace } from './workplace.ts';

/** First the shop, then the user, then the work: no page can be reached before its turn. */
export function App() {
  const [preferences] = useState(() => new Preferences());
  const [device, setDevice] = useState<Device | 'loading' | 'none'>('loading');

  useEffect(() => {
    deviceRecord.load().then(
      found => setDevice(found ?? 'none'),
      () => setDevice('none'),
    );
  }, []);

  const registered = async (one: Device) => {
    await deviceRecord.save(one);
    // Asks the browser not to clear this till's data when the disk is full.
    await navigator.storage?.persist?.().catch(() => false);
    setDevice(one);
  };
  const leave = async () => {
    await deviceRecord.forget();
    setDevice('none');
  };

  return (
    <PreferencesContext value={preferences}>
      <LanguageContext value={useStore(preferences.language)}>
        {device === 'none' && (
          <Routes>
            <Route path="/ksb-id" element={<KsbIdPage onRegistered={registered} />} />
            <Route path="*" element={<Navigate to="/ksb-id" replace />} />
          </Routes>
        )}
        {typeof device === 'object' && <Till key={device.deviceId} device={device} onLeave={leave} />}
      </LanguageContext>
    </PreferencesContext>
  );
}

function Till({ device, onLeave }: { device: Device; onLeave: () => Promise<void> }) {
  const [session] = useState(() => new Session(device));
  const login = useStore(session.state);

  useEffect(() => () => session.close(), [session]);

  if (!login) {
    return (
      <Routes>
        <Route path="/login" element={<LoginPage device={device} session={session} onLeave={onLeave} />} />
        <Route path="*" element={<Navigate to="/login" replace />} />
      </Routes>
    );
  }
  return <Work key={login.user.login} device={device} session={session} login={login} />;
}

function Work({ device, session, login }: { device: Device; session: Session; login: LoginState }) {
  const [workplace, setWorkplace] = useState<Workplace>();

  useEffect(() => {
    const opened = new Workplace(device, session, change => {
      void deviceRecord.save(Object.assign(device, change));
    });
    opened.start();
    setWorkplace(opened);
    return () => opened.close();
  }, [device, session]);

  if (!workplace) return null;
  return (
    <WorkplaceContext value={workplace}>
      <Routes>
        <Route path="/" element={<HomePage login={login} />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </WorkplaceContext>
  );
}
