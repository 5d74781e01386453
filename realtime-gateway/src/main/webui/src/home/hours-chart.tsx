import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useDark } from '../design/use-dark.ts';
import { formatCount, formatMoney } from '../format/money.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import type { Totals } from '../totals/totals.ts';
import { type HourBars, hourBars } from './hour-bars.ts';

/** The day's net sums by hour. For those who do not see it, the same as a table. */
export default function HoursChart({ totals }: { totals: Totals }) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const dark = useDark();
  const language = useLanguage();
  const text = useText();
  const bars = useMemo(() => hourBars(totals.hours), [totals.hours]);
  const latest = useRef(bars);
  latest.current = bars;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme or other hours need a new drawing
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const drawn = new uPlot(optionsFor(element, latest.current), dataOf(latest.current), element);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize(sizeOf(element)));
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = null;
    };
  }, [dark, bars.hours.length]);

  useEffect(() => plot.current?.setData(dataOf(bars)), [bars]);

  return (
    <>
      <div className="chart-frame" ref={frame} aria-hidden="true" />
      <table className="visually-hidden">
        <caption>{text.chartTitle}</caption>
        <thead>
          <tr>
            <th>{text.hour}</th>
            <th>{text.salesCount}</th>
            <th>{text.daySum}</th>
          </tr>
        </thead>
        <tbody>
          {totals.hours.map(({ hour, count, net }) => (
            <tr key={hour}>
              <td>{hour}:00</td>
              <td>{formatCount(count)}</td>
              <td>{formatMoney(net, totals.currency, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function dataOf(bars: HourBars): uPlot.AlignedData {
  return [bars.hours, bars.sums];
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight };
}

function optionsFor(element: HTMLElement, bars: HourBars): uPlot.Options {
  const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
  const font = `13px ${getComputedStyle(element).fontFamily}`;
  const axis = { stroke: colour('--muted'), font, grid: { show: false }, ticks: { show: false } };
  const first = bars.hours[0] ?? 0;
  const last = bars.hours.at(-1) ?? 23;
  return {
    ...sizeOf(element),
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [first - 0.6, last + 0.6] },
      y: { range: (_, least, most) => [Math.min(0, least), most * 1.1 || 1] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        values: (_, hours) => hours.map(hour => (Number.isInteger(hour) ? `${hour}:00` : '')),
        incrs: [1, 2, 3],
      },
      {
        ...axis,
        size: 92,
        space: 40,
        grid: { show: true, stroke: colour('--line'), width: 1 },
        values: (_, sums) => sums.map(formatCount),
      },
    ],
    series: [
      {},
      {
        fill: colour('--accent'),
        stroke: colour('--accent'),
        width: 0,
        points: { show: false },
        ...barPaths(),
      },
    ],
  };
}

function barPaths(): Pick<uPlot.Series, 'paths'> {
  const paths = uPlot.paths.bars?.({ size: [0.66, 56], radius: 0.08 });
  return paths ? { paths } : {};
}
