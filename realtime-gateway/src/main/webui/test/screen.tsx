import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { PreferencesContext, WorkplaceContext } from '../src/app/contexts.ts';
import { Preferences } from '../src/app/preferences.ts';
import type { Workplace } from '../src/app/workplace.ts';
import type { Language } from '../src/i18n/languages.ts';
import { LanguageContext } from '../src/i18n/text.ts';

let root: Root | undefined;
let place: HTMLElement | undefined;

export async function show(page: ReactNode, path = '/'): Promise<void> {
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  await act(async () => root?.render(<MemoryRouter initialEntries={[path]}>{page}</MemoryRouter>));
}

interface PageOptions {
  path?: string;
  language?: Language;
}

/** Shows a page with as much of its workplace as it needs. */
export async function showPage(
  page: ReactNode,
  workplace: object,
  { path, language = 'uz-Latn' }: PageOptions = {},
): Promise<void> {
  await show(
    <PreferencesContext value={new Preferences()}>
      <LanguageContext value={language}>
        <WorkplaceContext value={workplace as Workplace}>{page}</WorkplaceContext>
      </LanguageContext>
    </PreferencesContext>,
    path,
  );
}

export async function clear(): Promise<void> {
  await act(async () => root?.unmount());
  place?.remove();
}

export const text = (): string => (place?.textContent ?? '').replaceAll('\u00a0', ' ');

export function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = place?.querySelector<T>(selector);
  if (!found) throw new Error(`no ${selector} in: ${text()}`);
  return found;
}

export function button(words: string): HTMLButtonElement {
  const found = [...(place?.querySelectorAll('button') ?? [])].find(one => one.textContent?.includes(words));
  if (!found) throw new Error(`no button "${words}" in: ${text()}`);
  return found;
}

export async function press(element: HTMLElement): Promise<void> {
  await act(async () => element.click());
}

export async function type(selector: string, value: string): Promise<void> {
  const field = find<HTMLInputElement>(selector);
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  await act(async () => {
    set?.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

export async function choose(selector: string, value: string): Promise<void> {
  const field = find<HTMLSelectElement>(selector);
  await act(async () => {
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

export async function underAct(change: () => void): Promise<void> {
  await act(async () => change());
}

/** Bounded waiting for what a page does by itself. */
export async function eventually(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    if (condition()) return;
    await act(async () => new Promise(resolve => setTimeout(resolve, 10)));
  }
  throw new Error(`never happened; the page shows: ${text()}`);
}
