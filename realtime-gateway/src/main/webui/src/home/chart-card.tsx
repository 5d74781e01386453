import { lazy, Suspense, useState } from 'react';
import { array, type InferOutput, number, object, string } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { formatMoney } from '../format/money.ts';
import { formatClock } from '../format/time.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { reads, type Sales } from '../platform/http/api.ts';
import { useLoaded } from '../platform/use-loaded.ts';
import { useNow } from '../platform/use-now.ts';
import { decimalText } from '../platform/validate.ts';
import type { Totals } from '../totals/totals.ts';
import { hourBars } from './hour-bars.ts';
import { compared, dateBefore, hoursOf, type Period, periods, pointsOver } from './periods.ts';
import type { ChartPoint } from './sales-chart.tsx';

const SalesChart = lazy(() => import('./sales-chart.tsx'));

const schema = reads<Sales<'Chart'>>()(
  object({ points: array(object({ at: string(), count: number(), net: decimalText })) }),
);
type Point = InferOutput<typeof schema>['points'][number];

interface ChartCardProps {
  totals: Totals;
  clock: { zone: string; dayStart: string };
}

/** The day by hours, live; or the week, month or year it is in. Behind each, the same of the period before. */
export function ChartCard({ totals, clock }: ChartCardProps) {
  const [period, setPeriod] = useState<Period>('day');
  const { now, before } = usePoints(period, totals);
  const text = useText();
  const points = now && chartPoints(period, now, before, text.months);
  const isEmpty = !points || points.every(point => point.count === 0 && Number(point.before ?? 0) === 0);
  return (
    <section className="card chart" aria-labelledby="chart-title">
      <div className="chart-head">
        <h2 id="chart-title">{period === 'day' ? text.chartTitle : text.chartPeriods[period]}</h2>
        <div className="chips">
          {periods.map(one => (
            <button
              key={one}
              type="button"
              className="chip"
              data-testid={`chart-${one}`}
              aria-pressed={one === period}
              onClick={() => setPeriod(one)}
            >
              {text.chartPeriods[one]}
            </button>
          ))}
        </div>
      </div>
      {now && before && <Compared period={period} now={now} before={before} totals={totals} clock={clock} />}
      {isEmpty ? (
        <p className="muted">{text.chartEmpty}</p>
      ) : (
        <Suspense fallback={null}>
          <SalesChart
            points={points}
            currency={totals.currency}
            title={text.chartTitle}
            beforeTitle={text.chartBefore[period]}
          />
        </Suspense>
      )}
    </section>
  );
}

interface ComparedProps extends ChartCardProps {
  period: Period;
  now: readonly Point[];
  before: readonly Point[];
}

/** This period and the one before, up to the last point that is over in both. */
function Compared({ period, now, before, totals, clock }: ComparedProps) {
  const text = useText();
  const language = useLanguage();
  const hour = Number(formatClock(useNow(60_000), clock.zone).slice(0, 2));
  const over = pointsOver(period, totals.date, hour, clock.dayStart);
  const inOrder = (points: readonly Point[]) => {
    if (period !== 'day') return points.map(point => point.net);
    const byHour = new Map(points.map(point => [Number(point.at), point.net]));
    return hoursOf(clock.dayStart).map(one => byHour.get(one) ?? '0.00');
  };
  const result = compared(inOrder(now), inOrder(before), over);
  const money = (sum: string) => formatMoney(sum, totals.currency, language);
  return (
    <p className="chart-compared" data-testid="chart-compared">
      <span className="swatch now" aria-hidden="true" />
      {text.chartNow[period]}
      <span className="swatch before" aria-hidden="true" />
      {text.chartBefore[period]}
      {result && (
        <span className="chart-sums">
          {text.chartUntil[period](`${hour}:00`)} <b>{money(result.now)}</b> · {text.chartBefore[period]}{' '}
          {money(result.before)}
          {result.percent !== undefined && (
            <b className={result.percent < 0 ? 'low' : 'good-text'}> {signed(result.percent)} %</b>
          )}
        </span>
      )}
    </p>
  );
}

const signed = (percent: number): string => `${percent < 0 ? '\u2212' : '+'}${Math.abs(percent)}`;

function usePoints(period: Period, totals: Totals): { now?: readonly Point[]; before?: readonly Point[] } {
  const now = useChart(period === 'day' ? undefined : period, totals.date, totals.version);
  const before = useChart(period, dateBefore(period, totals.date), undefined);
  const today = totals.hours.map(({ hour, ...rest }) => ({ at: String(hour), ...rest }));
  const shown = period === 'day' ? today : now;
  return { ...(shown && { now: shown }), ...(before && { before }) };
}

/** @param version asked again when it is another: each sale moves the bars */
function useChart(period: Period | undefined, date: string, version: unknown): readonly Point[] | undefined {
  const { session } = useWorkplace();
  const question = `period=${period}&date=${date}`;
  const { value } = useLoaded(async () => {
    if (!period) return undefined;
    const { data } = await session.request(`/api/charts/sales?${question}`, { answer: schema });
    return { question, points: data.points };
  }, [session, question, version]);
  return value?.question === question ? value.points : undefined;
}

/** What is drawn: hours of the shop's day, or each point of a longer period. */
function chartPoints(
  period: Period,
  now: readonly Point[],
  before: readonly Point[] | undefined,
  months: readonly string[],
): ChartPoint[] {
  if (period !== 'day')
    return now.map((point, index) => ({
      label: labelOf(point.at, months),
      count: point.count,
      net: point.net,
      before: before?.[index]?.net,
    }));
  const byHour = (points: readonly Point[]) => new Map(points.map(point => [Number(point.at), point]));
  const [ours, theirs] = [byHour(now), byHour(before ?? [])];
  const sold = [...ours.values(), ...theirs.values()].filter(
    point => point.count > 0 || Number(point.net) !== 0,
  );
  return hourBars(
    sold.map(point => ({ hour: Number(point.at), count: point.count, net: point.net })),
  ).hours.map(hour => ({
    label: `${hour}:00`,
    count: ours.get(hour)?.count ?? 0,
    net: ours.get(hour)?.net ?? '0.00',
    before: before && (theirs.get(hour)?.net ?? '0.00'),
  }));
}

/** `2026-11-23` → `23`, `2026-11` → `noy`. */
function labelOf(at: string, months: readonly string[]): string {
  const [, month = '', day] = at.split('-');
  return day ? String(Number(day)) : (months[Number(month) - 1] ?? at).slice(0, 3);
}
