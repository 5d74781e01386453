import { useState } from 'react';
import { array, type InferOutput, nullish, object, string, unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { Loading, MorePages } from '../design/loading.tsx';
import { formatDecimal, moneyParts } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage } from '../i18n/text.ts';
import { checked } from '../platform/border.ts';
import { type Products, reads } from '../platform/http/api.ts';
import { usePages } from '../platform/http/use-pages.ts';
import { useStore } from '../platform/store.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import { decimalText } from '../platform/validate.ts';

const rate = { rate: decimalText, validFrom: nullish(string()), setBy: nullish(string()) };
const ratesSchema = reads<Products<'Rates'>>()(
  object({
    main: string(),
    items: array(object({ ...rate, currency: string() })),
    waiting: nullish(array(object({ ...rate, currency: string() }))),
  }),
);
const pastSchema = reads<Products<'PastRate'>>()(object(rate));
type Rate = InferOutput<typeof pastSchema>;

/** The shop's rates as they are, those that wait for their date, and all that ever were. */
export default function RatesPanel({ zone }: { zone: string }) {
  const { session, house } = useWorkplace();
  const { ratesVersion } = useStore(house.state);
  const { settings } = usePageText();
  const loaded = useLoaded(async () => {
    const { data } = await session.request('/api/currency-rates', { answer: unknown() });
    return checked(ratesSchema, data, 'server', 'rates');
  }, [session, ratesVersion]);
  const rates = loaded.value;
  if (!rates || loaded.failure !== undefined) return <Loading of={loaded} />;
  const currencies = [...new Set([...rates.items, ...(rates.waiting ?? [])].map(one => one.currency))].sort();
  return (
    <>
      {currencies.length === 0 && <p className="muted">{settings.rates.none}</p>}
      {currencies.map(currency => (
        <section key={currency} className="card settings-list" aria-label={currency} data-testid="rate">
          <h2>{currency}</h2>
          <ul className="rows">
            {rates.items
              .filter(one => one.currency === currency)
              .map(one => (
                <RateRow key={currency} rate={one} main={rates.main} zone={zone} what={settings.rates.now} />
              ))}
            {rates.waiting
              ?.filter(one => one.currency === currency)
              .map(one => (
                <RateRow
                  key={one.validFrom}
                  rate={one}
                  main={rates.main}
                  zone={zone}
                  what={settings.rates.waits}
                />
              ))}
          </ul>
          <History key={ratesVersion} currency={currency} main={rates.main} zone={zone} />
        </section>
      ))}
    </>
  );
}

function RateRow({ rate, main, zone, what }: { rate: Rate; main: string; zone: string; what?: string }) {
  const language = useLanguage();
  const since = rate.validFrom ? formatMoment(Date.parse(rate.validFrom), zone) : undefined;
  return (
    <li className="row" data-testid="rate-row">
      <div className="row-main">
        {what && <span>{what}</span>}
        <small className="muted">{[since, rate.setBy].filter(Boolean).join(' · ')}</small>
      </div>
      <b className="unbroken">
        {formatDecimal(rate.rate, language)} {moneyParts('0', main, language).unit}
      </b>
    </li>
  );
}

interface HistoryProps {
  currency: string;
  main: string;
  zone: string;
}

/** Read when somebody asks for it. */
function History(props: HistoryProps) {
  const [shown, setShown] = useState(false);
  const { settings } = usePageText();
  if (shown) return <PastRates {...props} />;
  return (
    <button
      type="button"
      className="button quiet"
      data-testid="show-rate-history"
      onClick={() => setShown(true)}
    >
      {settings.rates.history}
    </button>
  );
}

function PastRates({ currency, main, zone }: HistoryProps) {
  const { session } = useWorkplace();
  const past = usePages(
    session,
    `/api/currency-rates/${currency}/history`,
    pastSchema,
    'past rate',
    currency,
  );
  const { settings } = usePageText();
  return (
    <>
      <h3>{settings.rates.history}</h3>
      <ul className="rows" data-testid="rate-history">
        {past.value?.map((one, place) => (
          <RateRow key={`${one.validFrom} ${place}`} rate={one} main={main} zone={zone} />
        ))}
      </ul>
      <MorePages of={past} testId="show-rate-history" />
    </>
  );
}
