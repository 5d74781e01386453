import type { ComponentType } from 'react';
import type { LoginState } from '../session/session.ts';

type Page = { default: ComponentType<{ login: LoginState }> };

/** The pages beside Home, by their address. */
export const pages: Record<string, () => Promise<Page>> = {
  '/sales': () => import('../sales/page/sales-page.tsx'),
  '/sales-list': () => import('../sales-list/sales-list-page.tsx'),
  '/returns': () => import('../returns/returns-page.tsx'),
  '/products': () => import('../products/products-page.tsx'),
  '/customers': () => import('../customers/customers-page.tsx'),
  '/till': () => import('../till-state/till-page.tsx'),
  '/tills': () => import('../tills/tills-page.tsx'),
  '/reconciliation': () => import('../reconciliation/reconciliation-page.tsx'),
  '/settings': () => import('../settings/settings-page.tsx'),
  ...(import.meta.env.DEV && { '/design': () => import('../design/design-page.tsx') }),
};
