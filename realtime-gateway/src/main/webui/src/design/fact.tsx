import type { ReactNode } from 'react';

interface FactProps {
  name: string;
  testId?: string;
  children: ReactNode;
}

/** A name and what belongs to it: a row of a list `facts`. */
export function Fact({ name, testId, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}
