import { createContext, useContext } from 'react';
import type { Preferences } from './preferences.ts';
import type { Workplace } from './workplace.ts';

export const PreferencesContext = createContext<Preferences | undefined>(undefined);
export const WorkplaceContext = createContext<Workplace | undefined>(undefined);

export function usePreferences(): Preferences {
  return useContext(PreferencesContext) ?? missing('preferences');
}

export function useWorkplace(): Workplace {
  return useContext(WorkplaceContext) ?? missing('workplace');
}

function missing(what: string): never {
  throw new Error(`no ${what} around this component`);
}
