import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useDark } from '../design/use-dark.ts';
import { formatCompact, formatCount, formatMoney } from '../format/money.ts';
import { useLanguage, useText } from '../i18n/text.ts';

export interface ChartPoint {
  label: string;
  count: number;
  net: string;
  /** Of the same point of the period before; undefined when it is not known. */
  before?: string | undefined;
}

interface SalesChartProps {
  points: ChartPoint[];
  currency: string;
  title: string;
  /** Names the period before. */
  beforeTitle: string;
}

/** Net sums by hour, day or month, before those of the period before. For those who do not see it, the same as a table. */
export default function SalesChart({ points, currency, title, beforeTitle }: SalesChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef(points);
  latest.current = points;
  const dark = useDark();
  const language = useLanguage();
  const text = useText();
  const labels = points.map(point => point.label).join('\n');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme or other bars need a new drawing
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const names = latest.current.map(point => point.label);
    const drawn = new uPlot(
      optionsFor(element, names, value => formatCompact(value, text)),
      dataOf(latest.current),
      element,
    );
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize(sizeOf(element)));
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = null;
    };
  }, [dark, labels, text]);

  useEffect(() => plot.current?.setData(dataOf(points)), [points]);

  return (
    <>
      <div className="chart-frame" ref={frame} aria-hidden="true" />
      <table className="visually-hidden">
        <caption>{title}</caption>
        <tbody>
          {points.map(({ label, count, net, before }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{formatCount(count)}</td>
              <td>{formatMoney(net, currency, language)}</td>
              {before !== undefined && (
                <td>
                  {beforeTitle} {formatMoney(before, currency, language)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** For drawing only: money in figures comes from the decimal strings. */
function dataOf(points: ChartPoint[]): uPlot.AlignedData {
  return [
    points.map((_, index) => index),
    points.map(point => Number(point.before ?? 0)),
    points.map(point => Number(point.net)),
  ];
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight };
}

function optionsFor(
  element: HTMLElement,
  labels: string[],
  compact: (value: number) => string,
): uPlot.Options {
  const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
  const font = `13px ${getComputedStyle(element).fontFamily}`;
  const axis = { stroke: colour('--muted'), font, grid: { show: false }, ticks: { show: false } };
  const bars = { width: 0, points: { show: false } };
  return {
    ...sizeOf(element),
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [-0.6, labels.length - 0.4] },
      y: { range: (_, least, most) => [Math.min(0, least), most * 1.1 || 1] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        values: (_, places) => places.map(place => labels[place] ?? ''),
        incrs: [1, 2, 3, 5],
        space: 44,
      },
      {
        ...axis,
        size: 76,
        space: 40,
        grid: { show: true, stroke: colour('--line'), width: 1 },
        values: (_, sums) => sums.map(compact),
      },
    ],
    series: [
      {},
      { ...bars, fill: `${colour('--edge')}55`, ...barPaths(0.86, 76) },
      { ...bars, fill: colour('--accent'), ...barPaths(0.5, 44) },
    ],
  };
}

/** @param part of the place of a point, at most so many pixels */
function barPaths(part: number, most: number): Pick<uPlot.Series, 'paths'> {
  const paths = uPlot.paths.bars?.({ size: [part, most], radius: 0.08 });
  return paths ? { paths } : {};
}
