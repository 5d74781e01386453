import { useLocation } from 'react-router';
import { Dialog } from '../design/dialog.tsx';
import { Key } from '../design/key.tsx';
import type { Catalogue } from '../i18n/catalogue.ts';
import { type PageTexts, usePageText } from '../i18n/pages/index.ts';
import { useText } from '../i18n/text.ts';
import { helpShown, wayKeys } from './keys.ts';
import '../sales/page/sales.css';

type Keys = readonly (readonly [string, string])[];

/** The keys of the page that is open, then those of all pages. */
export default function HelpDialog() {
  const text = useText();
  const { help } = usePageText();
  const { pathname } = useLocation();
  const own = keysOf(pathname, text, help);
  const everywhere: Keys = [
    ...wayKeys.map(([letter, place]) => [`Alt ${letter}`, text.nav[place]] as const),
    ['Ctrl U', text.pin.switchTitle],
    ['Tab', help.next],
    ['Enter', help.press],
    ['Esc', help.back],
    ['F1', text.keyHelp.help],
  ];
  return (
    <Dialog open wide onClose={() => helpShown.set(false)} title={text.keyHelp.help} testId="help-dialog">
      {own.length > 0 && <KeyList title={help.here} keys={own} />}
      <KeyList title={help.everywhere} keys={everywhere} />
    </Dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: Keys }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl className="help">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              <Key>{key}</Key>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function keysOf(pathname: string, { keyHelp, takingBack }: Catalogue, help: PageTexts['help']): Keys {
  const search = ['F2', keyHelp.search] as const;
  switch (pathname) {
    case '/sales':
      return [
        search,
        ['F3', keyHelp.customer],
        ['F4', keyHelp.newSale],
        ['F6', keyHelp.discount],
        ['F7', keyHelp.takePrice],
        ['F8', keyHelp.cash],
        ['F10', keyHelp.card],
        ['F9', keyHelp.pay],
        ['+ −', keyHelp.moreLess],
        ['*', keyHelp.quantity],
        ['Ctrl K', keyHelp.price],
        ['Ctrl E', keyHelp.giveBack],
        ['Ctrl O', keyHelp.parked],
        ['Del', keyHelp.remove],
        ['Ctrl Z', keyHelp.takeBack],
        ['Ctrl P', keyHelp.copy],
        ['Alt 1–9', keyHelp.quick],
        ['↑ ↓', keyHelp.lines],
      ];
    case '/returns':
      return [search, ['F4', takingBack.free], ['F9', takingBack.finish]];
    case '/products':
      return [search, ['↑ ↓', help.row], ['Enter', help.open]];
    case '/sales-list':
    case '/customers':
      return [search];
    default:
      return [];
  }
}
