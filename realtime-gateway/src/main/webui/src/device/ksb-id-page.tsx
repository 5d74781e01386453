import { type FormEvent, useState } from 'react';
import type { Catalogue } from '../i18n/catalogue.ts';
import { useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import { Problem } from '../platform/http/failure.ts';
import { withLock } from '../platform/windows.ts';
import { LanguageChoice, ThemeChoice } from '../shell/choices.tsx';
import { TitleBar } from '../shell/title-bar.tsx';
import type { Device } from './device.ts';
import { deviceRecord } from './device-record.ts';
import { type Enterprise, findEnterprise, isKsbId, register } from './registration.ts';
import './entry.css';

interface KsbIdPageProps {
  onRegistered: (device: Device) => Promise<void>;
}

/** The very first page of a new till: which shop does it belong to? */
export function KsbIdPage({ onRegistered }: KsbIdPageProps) {
  const [enterprise, setEnterprise] = useState<Enterprise>();
  const text = useText();
  return (
    <>
      <header>
        <TitleBar>
          <LanguageChoice />
          <ThemeChoice />
        </TitleBar>
      </header>
      <main className="entry">
        <div className="card">
          <h1>{text.ksbIdTitle}</h1>
          {enterprise ? (
            <Confirm
              enterprise={enterprise}
              onOther={() => setEnterprise(undefined)}
              onRegistered={onRegistered}
            />
          ) : (
            <Ask onFound={setEnterprise} />
          )}
        </div>
      </main>
    </>
  );
}

function Ask({ onFound }: { onFound: (enterprise: Enterprise) => void }) {
  const [ksbId, setKsbId] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string>();
  const text = useText();

  const check = async (event: FormEvent) => {
    event.preventDefault();
    if (!isKsbId(ksbId)) {
      setMessage(text.ksbIdIncomplete);
      return;
    }
    setBusy(true);
    setMessage(undefined);
    try {
      onFound(await findEnterprise(ksbId));
    } catch (failure) {
      setMessage(whyNot(failure, ksbId, text));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={event => void check(event)} noValidate>
      <p className="muted">{text.ksbIdHint}</p>
      <label className="field">
        <span>{text.ksbIdLabel}</span>
        <input
          className="ksb-id"
          name="ksbId"
          data-testid="ksb-id"
          inputMode="numeric"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the page has one field, and the till's keyboard should be in it
          autoFocus
          value={ksbId}
          aria-invalid={message !== undefined}
          aria-describedby="ksb-id-message"
          onChange={event => {
            setKsbId(event.target.value.replace(/\D/g, '').slice(0, 8));
            setMessage(undefined);
          }}
        />
      </label>
      <p id="ksb-id-message" className={message ? 'message error' : 'message'} role="alert">
        {message}
      </p>
      <button type="submit" className="button primary wide" disabled={busy}>
        {busy ? text.ksbIdChecking : text.ksbIdCheck}
      </button>
    </form>
  );
}

interface ConfirmProps extends KsbIdPageProps {
  enterprise: Enterprise;
  onOther: () => void;
}

/** Eight digits are easily mistyped: the shop's name is confirmed before the till is made known to it. */
function Confirm({ enterprise, onOther, onRegistered }: ConfirmProps) {
  const text = useText();
  const [name, setName] = useState(text.deviceNameDefault);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string>();

  const connect = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setMessage(undefined);
    try {
      // Two windows are one till: the second one takes the identity that the first has registered.
      await withLock('identity', async () => {
        const present = await deviceRecord.load();
        await onRegistered(present ?? (await register(enterprise, name.trim() || text.deviceNameDefault)));
      });
    } catch (failure) {
      setMessage(whyNot(failure, enterprise.ksbId, text));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={event => void connect(event)}>
      <p className="muted">{text.ksbIdConfirm}</p>
      <p className="enterprise">
        <strong>{enterprise.name}</strong>
        <span>KSB-ID {enterprise.ksbId}</span>
      </p>
      <label className="field">
        <span>{text.deviceName}</span>
        <input
          name="deviceName"
          autoComplete="off"
          maxLength={60}
          value={name}
          onChange={event => setName(event.target.value)}
        />
        <small className="muted">{text.deviceNameHint}</small>
      </label>
      <p className={message ? 'message error' : 'message'} role="alert">
        {message}
      </p>
      {/* biome-ignore lint/a11y/noAutofocus: Enter confirms what has just been asked */}
      <button type="submit" className="button primary wide" disabled={busy} autoFocus>
        {busy ? text.deviceRegistering : text.deviceRegister}
      </button>
      <button type="button" className="button wide quiet" onClick={onOther}>
        {text.ksbIdOther}
      </button>
    </form>
  );
}

function whyNot(failure: unknown, ksbId: string, text: Catalogue): string {
  if (failure instanceof Problem) {
    if (failure.status === 404) return text.ksbIdUnknown(ksbId);
    if (failure.status === 403) return text.ksbIdBlocked;
  }
  return explain(failure, text);
}
