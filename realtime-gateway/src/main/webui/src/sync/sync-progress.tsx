import { formatCount } from '../format/money.ts';
import { useText } from '../i18n/text.ts';
import { codeKind, rowFault } from './reason.ts';
import type { Sync, SyncPart } from './sync.ts';

/** Of the rows of a part that were not taken. */
const MOST_SHOWN = 20;

export function SyncProgress({ sync }: { sync: Sync }) {
  return (
    <ul className="sync-parts">
      {sync.parts.map(part => (
        <Part key={part.part} part={part} over={sync.status !== 'RUNNING'} />
      ))}
    </ul>
  );
}

/** `over`: what still waits will not run any more. */
function Part({ part, over }: { part: SyncPart; over: boolean }) {
  const text = useText();
  // While rows still come, what has come so far.
  const rows = Math.max(part.applied + part.unchanged, part.state === 'APPLIED' ? 0 : part.received);
  const notRun = over && part.state !== 'APPLIED' && part.state !== 'FAILED';
  const rejected = part.rejectedCount ?? part.rejected?.length ?? 0;
  return (
    <li className={`sync-part ${notRun ? 'waiting' : part.state.toLowerCase()}`}>
      <span className="sync-part-mark" aria-hidden="true" />
      <span className="sync-part-name">{text.syncParts[part.part] ?? part.part}</span>
      {rows > 0 && <span className="sync-part-rows">{text.syncRows(formatCount(rows))}</span>}
      <span className="sync-part-state">{notRun ? text.syncNotRun : text.syncStates[part.state]}</span>
      {part.reasonCode && (
        <span className="sync-part-reason" title={part.reason ?? undefined}>
          {text.syncReasons[codeKind(part.reasonCode)]}
        </span>
      )}
      {rejected > 0 && (
        <details className="sync-part-rejected">
          <summary>{text.syncRejected(formatCount(rejected))}</summary>
          <ul>
            {part.rejected?.slice(0, MOST_SHOWN).map((row, place) => (
              <li key={`${row.id} ${place}`} title={row.reason}>
                <b>{row.id ?? '–'}</b>: {text.syncRowFaults[rowFault(row.reason)]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
