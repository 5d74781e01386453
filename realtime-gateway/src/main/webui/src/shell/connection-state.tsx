import { useWorkplace } from '../app/contexts.ts';
import { formatClock } from '../format/time.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { useText } from '../i18n/text.ts';
import type { Connection } from '../platform/live/live-client.ts';
import { useStore } from '../platform/store.ts';

export function ConnectionState({ zone }: { zone: string }) {
  const connection = useStore(useWorkplace().live.connection);
  const text = useText();
  return (
    <span className={`connection ${connection.phase}`} role="status" data-testid="connection">
      <span className="connection-dot" aria-hidden="true" />
      {words(connection, zone, text)}
    </span>
  );
}

function words(connection: Connection, zone: string, text: Catalogue): string {
  switch (connection.phase) {
    case 'live':
      return text.live;
    case 'catching-up':
      return text.catchingUp;
    case 'behind':
      return text.behindSince(formatClock(connection.since, zone));
    case 'offline':
      return text.offlineSince(formatClock(connection.since, zone));
    case 'stopped':
      return text.stopped;
  }
}
