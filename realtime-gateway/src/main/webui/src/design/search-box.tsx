import type { ComponentProps } from 'react';
import { SearchIcon } from './icons.tsx';

interface SearchBoxProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  label: string;
  value: string;
  onSearch: (words: string) => void;
}

/** The field by which a page is searched: F2 leads to it. `children` stand behind it. */
export function SearchBox({ label, onSearch, children, ...input }: SearchBoxProps) {
  return (
    <div className="search-box">
      <SearchIcon />
      <input
        data-testid="search"
        {...input}
        aria-label={label}
        placeholder={label}
        onChange={event => onSearch(event.target.value)}
      />
      {children}
    </div>
  );
}
