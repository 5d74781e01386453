import { Store } from '../platform/store.ts';

/** Whether a newer version of the program waits; it is taken only when the user says so. */
export const programUpdate = new Store<(() => void) | undefined>(undefined);

const LOOK_EVERY = 30 * 60_000;

export async function keepProgramUpToDate(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const hadWorker = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register('/sw.js');
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The very first worker takes over a page that is already current.
    if (hadWorker) location.reload();
  });
  const offer = () => {
    const { waiting } = registration;
    if (waiting) programUpdate.set(() => waiting.postMessage('take-over'));
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  setInterval(() => registration.update().catch(() => undefined), LOOK_EVERY);
}
