import type { ReactNode } from 'react';
import { Fact } from '../design/fact.tsx';
import { usePageText } from '../i18n/pages/index.ts';
import type { SettingName } from '../i18n/pages/page-texts.ts';

/** A setting that is shown and not changed here. */
export function SettingFact({ name, children }: { name: SettingName; children: ReactNode }) {
  const { names } = usePageText().settings;
  return (
    <Fact name={names[name]} testId={`setting-${name}`}>
      {children}
    </Fact>
  );
}
