import { Store } from '../platform/store.ts';

/** Whether a newer version of the program waits; it is taken only when the user says so. */
export const programUpdate = new Store<(() => void) | undefined>(undefined);

const LOOK_EVERY = 30 * 60_000;

export async function keepProgramUpToDate(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/sw.js');
  let asked = false;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The very first worker takes over a page that is already current. Another window's update waits here, too: the
    // program never changes under an open sale.
    if (asked) location.reload();
    else if (controlled) programUpdate.set(() => location.reload());
    controlled = true;
  });
  const offer = () => {
    const { waiting, active } = registration;
    // Without a running one it is the first visit, and nothing is newer.
    if (!waiting || !active) return;
    programUpdate.set(() => {
      asked = true;
      waiting.postMessage('take-over');
    });
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  setInterval(() => registration.update().catch(() => undefined), LOOK_EVERY);
}
