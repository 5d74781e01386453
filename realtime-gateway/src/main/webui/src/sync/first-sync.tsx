import { useWorkplace } from '../app/contexts.ts';
import { useText } from '../i18n/text.ts';
import { explain } from '../platform/http/explain.ts';
import { useStore } from '../platform/store.ts';
import { SyncProgress } from './sync-progress.tsx';

/** Shown until this till has synced once. */
export function FirstSync() {
  const { syncing } = useWorkplace();
  const { sync, starting, failure, synced } = useStore(syncing.state);
  const text = useText();
  if (synced) return null;
  const running = sync?.status === 'RUNNING';
  return (
    <section className="first-sync" aria-labelledby="first-sync-title">
      <div className="first-sync-words">
        <h2 id="first-sync-title">{text.syncFirstTitle}</h2>
        <p>{text.syncFirstText}</p>
        {failure !== undefined && <p className="message error">{explain(failure, text)}</p>}
        {sync?.status === 'FAILED' && <p className="message error">{text.syncFailed}</p>}
      </div>
      {!running && (
        <button
          type="button"
          className="button primary"
          disabled={starting}
          onClick={() => void syncing.start()}
        >
          {text.syncFirstButton}
        </button>
      )}
      {sync && <SyncProgress sync={sync} />}
    </section>
  );
}
