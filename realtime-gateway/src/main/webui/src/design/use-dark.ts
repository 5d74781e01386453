import { useSyncExternalStore } from 'react';
import { usePreferences } from '../app/contexts.ts';
import { useStore } from '../platform/store.ts';

const system = matchMedia('(prefers-color-scheme: dark)');

function onSystemChange(listener: () => void): () => void {
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
}

/** Whether the page is dark now, for what CSS does not reach. */
export function useDark(): boolean {
  const theme = useStore(usePreferences().theme);
  const systemDark = useSyncExternalStore(onSystemChange, () => system.matches);
  return theme === 'system' ? systemDark : theme === 'dark';
}
