import { useEffect, useState } from 'react';
import { array, type InferOutput, nullish, object, string, unknown } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { formatDecimal, moneyParts } from '../format/money.ts';
import { formatMoment } from '../format/time.ts';
import { usePageText } from '../i18n/pages/index.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { checked, checkedEach } from '../platform/border.ts';
import { type Products, reads } from '../platform/http/api.ts';
import { explain } from '../platform/http/explain.ts';
import { useStore } from '../platform/store.ts';
import { decimalText, pageSchema } from '../platform/validate.ts';

const rate = { rate: decimalText, validFrom: nullish(string()), setBy: nullish(string()) };
const ratesSchema = reads<Products<'Rates'>>()(
  object({
    main: string(),
    items: array(object({ ...rate, currency: string() })),
    waiting: nullish(array(object({ ...rate, currency: string() }))),
  }),
);
type Rates = InferOutput<typeof ratesSchema>;
const pastSchema = reads<Products<'PastRate'>>()(object(rate));
type Rate = InferOutput<typeof pastSchema>;

const PAST_RATES = 50;

/** The shop's rates as they are, those that wait for their date, and all that ever were. */
export default function RatesPanel({ zone }: { zone: string }) {
  const { session, house } = useWorkplace();
  const { ratesVersion } = useStore(house.state);
  const [rates, setRates] = useState<Rates>();
  const [failure, setFailure] = useState<unknown>();
  const text = useText();
  const { settings } = usePageText();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version has other rates
  useEffect(() => {
    let left = false;
    session.request('/api/currency-rates', { answer: unknown() }).then(
      ({ data }) => {
        if (left) return;
        setRates(checked(ratesSchema, data, 'server', 'rates'));
        setFailure(undefined);
      },
      reason => !left && setFailure(reason),
    );
    return () => {
      left = true;
    };
  }, [session, ratesVersion]);
  if (failure !== undefined) return <p className="message warning">{explain(failure, text)}</p>;
  if (!rates) return <p className="muted">{text.totalsLoading}</p>;
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

/** Read when somebody asks for it. */
function History({ currency, main, zone }: { currency: string; main: string; zone: string }) {
  const { session } = useWorkplace();
  const [past, setPast] = useState<Rate[]>();
  const [next, setNext] = useState<string | null>();
  const [failure, setFailure] = useState<unknown>();
  const text = useText();
  const { settings } = usePageText();
  const load = async (after?: string | null) => {
    try {
      const query = new URLSearchParams({ limit: String(PAST_RATES), ...(after && { after }) });
      const path = `/api/currency-rates/${currency}/history?${query}` as const;
      const { data } = await session.request(path, { answer: pageSchema });
      const found = checkedEach(pastSchema, data.items, 'server', 'past rate');
      setPast(before => [...(before ?? []), ...found]);
      setNext(data.next);
      setFailure(undefined);
    } catch (reason) {
      setFailure(reason);
    }
  };
  return (
    <>
      {past && (
        <>
          <h3>{settings.rates.history}</h3>
          <ul className="rows" data-testid="rate-history">
            {past.map((one, place) => (
              <RateRow key={`${one.validFrom} ${place}`} rate={one} main={main} zone={zone} />
            ))}
          </ul>
        </>
      )}
      {failure !== undefined && <p className="message warning">{explain(failure, text)}</p>}
      {(!past || next) && (
        <div>
          <button
            type="button"
            className="button quiet"
            data-testid="show-rate-history"
            onClick={() => void load(next)}
          >
            {past ? text.more50 : settings.rates.history}
          </button>
        </div>
      )}
    </>
  );
}
