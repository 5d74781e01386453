import type { ReactNode } from 'react';
import { useWorkplace } from '../app/contexts.ts';
import { OwnPin } from '../approval/own-pin.tsx';
import { formatDecimal } from '../format/money.ts';
import { nameOf } from '../house/house.ts';
import { useText } from '../i18n/text.ts';
import { useStore } from '../platform/store.ts';
import { storeOwnSettings } from '../session/own-settings.ts';
import type { LoginState, UserSettings } from '../session/session.ts';
import { LanguageButtons, ThemeButtons } from '../shell/choices.tsx';
import '../design/page.css';

/** What the user may choose, and what the back office or an administrator has decided for them. */
export default function SettingsPage({ login }: { login: LoginState }) {
  const { session, house } = useWorkplace();
  const shop = useStore(house.state);
  const text = useText();
  const { settings } = login;
  const store = (change: Partial<UserSettings>) => {
    storeOwnSettings(session, change).catch(() => undefined);
  };
  const [yes, no] = text.yesNo;
  const names = (choices: { id: string }[] | undefined, all: { id: string; name: string }[]) =>
    choices?.map(choice => nameOf(all, choice.id)).join(', ') || '–';
  return (
    <main className="plain-page">
      <h1>{text.nav.settings}</h1>
      <section className="card settings-own">
        <h2>{text.ownSettings}</h2>
        <LanguageButtons onChosen={language => store({ language })} />
        <ThemeButtons onChosen={theme => store({ theme })} />
      </section>
      <section className="card settings-own">
        <OwnPin session={session} />
      </section>
      <h2>
        {text.rightsTitle} <span className="badge">{text.changedIn1c}</span>
      </h2>
      <dl className="card facts">
        <Fact name="currency">{settings.currency}</Fact>
        <Fact name="maxDiscountPercent">
          {settings.maxDiscountPercent == null
            ? text.unlimited
            : `${formatDecimal(String(settings.maxDiscountPercent))} %`}
        </Fact>
        <Fact name="mayChangePrice">{settings.mayChangePrice ? yes : no}</Fact>
        <Fact name="maySeeTotals">{settings.maySeeTotals === false ? no : yes}</Fact>
        <Fact name="warehouses">{names(settings.warehouses, shop.warehouses)}</Fact>
        <Fact name="priceTypes">{names(settings.priceTypes, shop.priceTypes)}</Fact>
        <Fact name="receiptWidth">{shop.device.receiptWidth === 'MM58' ? '58 mm' : '80 mm'}</Fact>
        <Fact name="resendSeconds">{text.clockSeconds(shop.device.resendSeconds)}</Fact>
      </dl>
    </main>
  );
}

function Fact({
  name,
  children,
}: {
  name: keyof ReturnType<typeof useText>['settingNames'];
  children: ReactNode;
}) {
  const text = useText();
  return (
    <div>
      <dt>{text.settingNames[name]}</dt>
      <dd data-testid={`setting-${name}`}>{children}</dd>
    </div>
  );
}
