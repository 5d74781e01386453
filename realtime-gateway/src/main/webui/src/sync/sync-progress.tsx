import { formatCount } from '../format/money.ts';
import { useText } from '../i18n/text.ts';
import type { Sync, SyncPart } from './sync.ts';

export function SyncProgress({ sync }: { sync: Sync }) {
  return (
    <ul className="sync-parts">
      {sync.parts.map(part => (
        <Part key={part.part} part={part} />
      ))}
    </ul>
  );
}

function Part({ part }: { part: SyncPart }) {
  const text = useText();
  const rows = part.applied + part.unchanged;
  const rejected = part.rejectedCount ?? part.rejected?.length ?? 0;
  return (
    <li className={`sync-part ${part.state.toLowerCase()}`}>
      <span className="sync-part-mark" aria-hidden="true" />
      <span className="sync-part-name">{text.syncParts[part.part] ?? part.part}</span>
      {rows > 0 && <span className="sync-part-rows">{text.syncRows(formatCount(rows))}</span>}
      {rejected > 0 && <span className="sync-part-rejected">{text.syncRejected(formatCount(rejected))}</span>}
      <span className="sync-part-state">{text.syncStates[part.state]}</span>
      {part.reason && <span className="sync-part-reason">{part.reason}</span>}
    </li>
  );
}
