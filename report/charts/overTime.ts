import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveMonotoneX, line, stack } from 'd3-shape';
import { html, type Markup } from '../html/markup.ts';
import { round } from './stackedBars.ts';

/** Values at a moment, by key. */
export interface Moment {
  readonly at: Date;
  readonly values: Readonly<Record<string, number | undefined>>;
}

/** A value that is followed over time. */
export interface Series {
  readonly key: string;
  readonly word: string;
  readonly className: string;
}

export interface OverTimeOptions {
  /** Unique in the page; ids of the chart start with it. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, for those who cannot see it. */
  readonly description: string;
  /** At least two, oldest first. */
  readonly moments: readonly Moment[];
  readonly series: readonly Series[];
  /** `stacked` areas for counts that add up, `lines` for values that do not. */
  readonly form: 'stacked' | 'lines';
  /** Upper end of the vertical axis when it is not the data's. */
  readonly top?: number;
  /** Follows the numbers of the vertical axis. */
  readonly unit?: string;
}

const WIDTH = 520;
const HEIGHT = 200;
const EDGE = { top: 10, right: 14, bottom: 26, left: 40 };

/** How values went over time. */
export function overTime({ id, title, description, moments, series, form, top, unit }: OverTimeOptions): Markup {
  const times = moments.map(({ at }) => at.getTime());
  const x = scaleUtc()
    .domain([Math.min(...times), Math.max(...times)])
    .range([EDGE.left, WIDTH - EDGE.right]);
  const height = (moment: Moment) =>
    form === 'stacked'
      ? series.reduce((sum, { key }) => sum + (moment.values[key] ?? 0), 0)
      : Math.max(0, ...series.map(({ key }) => moment.values[key] ?? 0));
  const y = scaleLinear()
    .domain([0, top ?? Math.max(1, ...moments.map(height))])
    .range([HEIGHT - EDGE.bottom, EDGE.top]);
  if (top === undefined) y.nice(4);
  const shownTime = x.tickFormat(5);
  const grid = y
    .ticks(4)
    .filter(Number.isInteger)
    .map(
      (value) =>
        html`<line class="grid" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${round(y(value))}" y2="${round(y(value))}"/><text class="tick" x="${EDGE.left - 8}" y="${round(y(value))}" text-anchor="end" dominant-baseline="central">${value}${unit}</text>`,
    );
  const ticks = x
    .ticks(5)
    .map(
      (at) =>
        html`<text class="tick" x="${round(x(at))}" y="${HEIGHT - 8}" text-anchor="middle">${shownTime(at)}</text>`,
    );
  const drawn = form === 'stacked' ? areas(moments, series, x, y) : lines(moments, series, x, y);
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>${grid}${drawn}<line class="axis" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${HEIGHT - EDGE.bottom}" y2="${HEIGHT - EDGE.bottom}"/>${ticks}</svg>`;
}

type Scale = (value: number) => number;
type TimeScale = (value: Date) => number;

function areas(
  moments: readonly Moment[],
  series: readonly Series[],
  x: TimeScale,
  y: Scale,
): readonly (Markup | undefined)[] {
  const layers = stack<Moment, string>()
    .keys(series.map(({ key }) => key))
    .value(({ values }, key) => values[key] ?? 0)([...moments]);
  const shape = area<(typeof layers)[number][number]>()
    .x(({ data }) => x(data.at))
    .y0(([from]) => y(from))
    .y1(([, to]) => y(to))
    .curve(curveMonotoneX)
    .digits(2);
  return layers.map((layer, index) => {
    const { className = '', word = '' } = series[index] ?? {};
    if (layer.every(([from, to]) => from === to)) return undefined;
    return html`<path class="${className}" d="${shape(layer) ?? ''}"><title>${word}</title></path>`;
  });
}

function lines(moments: readonly Moment[], series: readonly Series[], x: TimeScale, y: Scale): readonly Markup[] {
  return series.map(({ key, word, className }) => {
    const known = moments.filter(({ values }) => values[key] !== undefined);
    const shape = line<Moment>()
      .x(({ at }) => x(at))
      .y(({ values }) => y(values[key] ?? 0))
      .curve(curveMonotoneX)
      .digits(2);
    const points = known.map(
      ({ at, values }) => html`<circle cx="${round(x(at))}" cy="${round(y(values[key] ?? 0))}" r="3"/>`,
    );
    return html`<g class="line ${className}"><title>${word}</title><path d="${shape(known) ?? ''}"/>${points}</g>`;
  });
}
