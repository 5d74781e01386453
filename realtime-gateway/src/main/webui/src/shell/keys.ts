import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { Store } from '../platform/store.ts';
import { type Place, paths } from './places.ts';

/** Whether the keys are shown. */
export const helpShown = new Store(false);

/** The keys of one row, from the left: wherever a layout puts its letters, they lie at the same places. */
export const wayKeys: readonly (readonly [string, Place])[] = [
  ['Q', 'sales'],
  ['W', 'sales-list'],
  ['R', 'products'],
  ['T', 'customers'],
  ['Y', 'home'],
  ['U', 'till'],
  ['I', 'settings'],
];

/** The keys that work on every page: to the other pages, to what is searched, and what the keys are. */
export function useShellKeys(): void {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role=dialog]')) return;
      if (event.key === 'F1') {
        event.preventDefault();
        helpShown.set(true);
      } else if (event.key === 'F2') {
        const search = document.querySelector<HTMLInputElement>('main .search-box input');
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.altKey && !event.ctrlKey && !event.shiftKey) {
        const way = wayKeys.find(([letter]) => event.code === `Key${letter}`);
        if (!way) return;
        event.preventDefault();
        navigate(paths[way[1]]);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
  // Another page has other keys.
  // biome-ignore lint/correctness/useExhaustiveDependencies: of each page anew
  useEffect(() => helpShown.set(false), [pathname]);
}
