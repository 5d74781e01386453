export type Place = 'home' | 'sales' | 'sales-list' | 'customers' | 'products' | 'settings' | 'till';

export const paths: Record<Place, string> = {
  home: '/',
  sales: '/sales',
  'sales-list': '/sales-list',
  products: '/products',
  customers: '/customers',
  till: '/till',
  settings: '/settings',
};
