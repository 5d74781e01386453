import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useWorkplace } from '../app/contexts.ts';
import {
  BoxIcon,
  CartIcon,
  GearIcon,
  HomeIcon,
  PeopleIcon,
  ReceiptIcon,
  TillIcon,
} from '../design/icons.tsx';
import { useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { wayKeys } from './keys.ts';
import { type Place, paths } from './places.ts';

const icons: Record<Place, ReactNode> = {
  home: <HomeIcon />,
  sales: <CartIcon />,
  'sales-list': <ReceiptIcon />,
  products: <BoxIcon />,
  customers: <PeopleIcon />,
  till: <TillIcon />,
  settings: <GearIcon />,
};

/** The ways to all pages, always at the same place; a badge where something waits. */
export function Rail() {
  const { totals, outbox } = useWorkplace();
  const shown = useStore(totals.shown)?.totals;
  const { unsent } = useStore(outbox.state);
  const waiting = (shown?.rejected ?? 0) + (shown?.toReview ?? 0) + unsent;
  const text = useText();
  const link = (place: Place, badge = 0) => (
    <NavLink
      key={place}
      to={paths[place]}
      end
      className="rail-link"
      title={`Alt ${wayKeys.find(([, one]) => one === place)?.[0]}`}
      data-testid={`nav-${place}`}
    >
      {icons[place]}
      {badge > 0 && <em className="rail-badge">{badge > 99 ? '99+' : badge}</em>}
      <span>{text.nav[place]}</span>
    </NavLink>
  );
  return (
    <nav className="rail" aria-label="KSB POS">
      {link('sales')}
      {link('sales-list', waiting)}
      {link('products')}
      {link('customers')}
      {link('home')}
      <span className="rail-rest" />
      {link('till')}
      {link('settings')}
    </nav>
  );
}
