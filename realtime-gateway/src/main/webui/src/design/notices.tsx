import { Store, useStore } from '../platform/store.ts';

export interface Notice {
  id: number;
  kind: 'info' | 'good' | 'warning' | 'error';
  words: string;
}

const SHOWN_FOR = 5_000;
const notices = new Store<Notice[]>([]);
let count = 0;

/** A short message that goes by itself; nothing has to be pressed. */
export function notice(kind: Notice['kind'], words: string): void {
  const id = ++count;
  notices.set([...notices.get().slice(-3), { id, kind, words }]);
  setTimeout(() => notices.set(notices.get().filter(one => one.id !== id)), SHOWN_FOR);
}

export function Notices() {
  return (
    <div className="notices" role="status" aria-live="polite">
      {useStore(notices).map(one => (
        <p key={one.id} className={`notice ${one.kind}`}>
          {one.words}
        </p>
      ))}
    </div>
  );
}
