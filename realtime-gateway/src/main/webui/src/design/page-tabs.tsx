import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';

/** At least one. */
export type Some<T> = readonly [T, ...T[]];

/** The tab that the address names; the first one where it names none of these. */
export function useTab<T extends string>(tabs: Some<T>): T {
  const [parameters] = useSearchParams();
  return tabs.find(one => one === parameters.get('tab')) ?? tabs[0];
}

interface PageTabsProps<T extends string> {
  label: string;
  tabs: Some<T>;
  testId: string;
  children: (tab: T) => ReactNode;
}

/** The parts of a page, one of which is shown. */
export function PageTabs<T extends string>({ label, tabs, testId, children }: PageTabsProps<T>) {
  const tab = useTab(tabs);
  const [, setParameters] = useSearchParams();
  return (
    <nav className="chips" aria-label={label}>
      {tabs.map(one => (
        <button
          key={one}
          type="button"
          className="chip"
          data-testid={`${testId}-${one}`}
          aria-current={one === tab ? 'page' : undefined}
          onClick={() => setParameters(one === tabs[0] ? {} : { tab: one }, { replace: true })}
        >
          {children(one)}
        </button>
      ))}
    </nav>
  );
}
