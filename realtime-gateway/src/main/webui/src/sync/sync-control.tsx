import { useState } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { ChevronIcon, SyncIcon } from '../design/icons.tsx';
import { formatClock, formatCountdown } from '../format/time.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import { useStore } from '../platform/store.ts';
import { useNow } from '../platform/use-now.ts';
import { Disclosure } from '../shell/disclosure.tsx';
import { partsDone } from './sync.ts';
import { SyncProgress } from './sync-progress.tsx';
import type { SyncState } from './syncing.ts';
import './sync.css';

/** The Sync button with its timer and the progress per part. */
export function SyncControl({ zone, isAdmin }: { zone: string; isAdmin: boolean }) {
  const { syncing, live } = useWorkplace();
  const state = useStore(syncing.state);
  const online = useStore(live.connection).phase !== 'offline';
  const [open, setOpen] = useState(false);
  const now = useNow();
  const text = useText();
  const waiting = state.readyAt > now;
  const running = state.starting || state.sync?.status === 'RUNNING';

  const start = () => {
    setOpen(true);
    void syncing.start();
  };
  return (
    <div className="sync-control">
      <button
        type="button"
        className={`button sync-button${running ? ' running' : ''}`}
        disabled={running || waiting || !online}
        title={online ? undefined : text.syncNeedsInternet}
        data-testid="sync"
        onClick={start}
      >
        <SyncIcon />
        <span data-testid="sync-timer">
          {online ? buttonWords(state, running, waiting ? state.readyAt - now : 0, text) : text.syncOffline}
        </span>
      </button>
      <Disclosure open={open} onOpen={setOpen} label={text.syncProgressTitle} button={<ChevronIcon />}>
        <div className="sync-panel">
          <strong>{outcome(state, zone, text)}</strong>
          {state.failure !== undefined && <p className="message error">{explain(state.failure, text)}</p>}
          {!online && <p className="message warning">{text.syncNeedsInternet}</p>}
          {!state.sync && !state.synced && <p className="muted">{text.syncFirstText}</p>}
          {state.sync && <SyncProgress sync={state.sync} />}
          {isAdmin && state.sync?.status !== 'RUNNING' && (
            <button
              type="button"
              className="button"
              disabled={!online || state.everything}
              data-testid="sync-everything"
              onClick={() => void syncing.askForEverything()}
            >
              {state.everything ? text.syncEverythingAsked : text.syncEverything}
            </button>
          )}
          {state.sync?.status === 'RUNNING' && (
            <button
              type="button"
              className="button"
              disabled={!online}
              data-testid="sync-cancel"
              onClick={() => void syncing.cancel()}
            >
              {text.syncCancel}
            </button>
          )}
        </div>
      </Disclosure>
    </div>
  );
}

function buttonWords(state: SyncState, running: boolean, wait: number, text: Catalogue): string {
  if (running)
    return state.sync ? text.syncRunning(partsDone(state.sync), state.sync.parts.length) : text.sync;
  return wait > 0 ? text.syncAgainIn(formatCountdown(wait / 1000)) : text.sync;
}

function outcome({ sync }: SyncState, zone: string, text: Catalogue): string {
  switch (sync?.status) {
    case undefined:
      return text.syncProgressTitle;
    case 'RUNNING':
      return text.syncRunning(partsDone(sync), sync.parts.length);
    case 'COMPLETED':
      return text.syncDone(formatClock(Date.parse(sync.finishedAt ?? sync.startedAt), zone));
    case 'FAILED':
      return text.syncFailed;
    case 'CANCELLED':
      return text.syncCancelled;
  }
}
