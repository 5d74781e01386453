import { lazy, Suspense, useEffect, useState } from 'react';
import { array, number, object, string } from 'valibot';
import { useWorkplace } from '../app/contexts.ts';
import { useText } from '../i18n/text.ts';
import { reads, type Sales } from '../platform/http/api.ts';
import { decimalText } from '../platform/validate.ts';
import type { Totals } from '../totals/totals.ts';
import { hourBars } from './hour-bars.ts';
import type { ChartPoint } from './sales-chart.tsx';

const SalesChart = lazy(() => import('./sales-chart.tsx'));

const periods = ['day', 'week', 'month', 'year'] as const;
type Period = (typeof periods)[number];

const schema = reads<Sales<'Chart'>>()(
  object({ points: array(object({ at: string(), count: number(), net: decimalText })) }),
);

/** The day by hours, live; or the week, month or year it is in. */
export function ChartCard({ totals }: { totals: Totals }) {
  const [period, setPeriod] = useState<Period>('day');
  const points = usePoints(period, totals);
  const text = useText();
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
      {!points || points.every(point => point.count === 0) ? (
        <p className="muted">{text.chartEmpty}</p>
      ) : (
        <Suspense fallback={null}>
          <SalesChart points={points} currency={totals.currency} title={text.chartTitle} />
        </Suspense>
      )}
    </section>
  );
}

function usePoints(period: Period, totals: Totals): ChartPoint[] | undefined {
  const { session } = useWorkplace();
  const [longer, setLonger] = useState<{ period: Period; points: ChartPoint[] }>();
  const { months } = useText();

  // biome-ignore lint/correctness/useExhaustiveDependencies: each sale moves the bars
  useEffect(() => {
    if (period === 'day') return;
    let left = false;
    session.request(`/api/charts/sales?period=${period}&date=${totals.date}`, { answer: schema }).then(
      ({ data }) => {
        if (left) return;
        const points = data.points.map(point => ({ ...point, label: labelOf(point.at, months) }));
        setLonger({ period, points });
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [session, period, totals.date, totals.count, months]);

  if (period !== 'day') return longer?.period === period ? longer.points : undefined;
  const counts = new Map(totals.hours.map(hour => [hour.hour, hour]));
  return hourBars(totals.hours).hours.map(hour => ({
    label: `${hour}:00`,
    count: counts.get(hour)?.count ?? 0,
    net: counts.get(hour)?.net ?? '0.00',
  }));
}

/** `2026-11-23` → `23`, `2026-11` → `noy`. */
function labelOf(at: string, months: readonly string[]): string {
  const [, month = '', day] = at.split('-');
  return day ? String(Number(day)) : (months[Number(month) - 1] ?? at).slice(0, 3);
}
