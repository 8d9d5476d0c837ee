import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { type Content, html, type Markup } from '../html/markup.ts';

/** A part of a bar: what it is called, and the class that the page's style gives a colour. */
export interface BarPart {
  readonly key: string;
  readonly word: string;
  readonly className: string;
}

export interface Bar {
  readonly label: string;
  /** By the keys of the parts; what is missing is 0. */
  readonly values: Readonly<Record<string, number>>;
  /** Said behind the bar. */
  readonly note: string;
}

export interface BarsOptions {
  /** Unique in the page; ids of the chart start with it. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, for those who cannot see it. */
  readonly description: string;
  readonly parts: readonly BarPart[];
  readonly bars: readonly Bar[];
}

const WIDTH = 520;
const LABEL = 112;
const NOTE = 62;
const ROW = 34;
/** Narrowest part that still has room for its number. */
const ROOM = 18;

/** Horizontal bars, one below the other, each made of parts. */
export function stackedBars({ id, title, description, parts, bars }: BarsOptions): Markup {
  const height = bars.length * ROW + 4;
  const totals = bars.map(({ values }) => parts.reduce((sum, { key }) => sum + (values[key] ?? 0), 0));
  const x = scaleLinear()
    .domain([0, Math.max(1, ...totals)])
    .range([LABEL, WIDTH - NOTE]);
  const y = scaleBand<number>()
    .domain([...bars.keys()])
    .range([2, height - 2])
    .paddingInner(0.38)
    .paddingOuter(0.19);
  const layers = stack<Bar, string>()
    .keys(parts.map(({ key }) => key))
    .value(({ values }, key) => values[key] ?? 0)([...bars]);
  const thick = y.bandwidth();
  const middle = (index: number) => round((y(index) ?? 0) + thick / 2);
  const segments = layers.map((layer, part) =>
    layer.map(([from, to], index): Content => {
      if (to <= from) return undefined;
      const { className = '', word = '' } = parts[part] ?? {};
      const left = x(from);
      const width = x(to) - left;
      const isRoomy = width >= ROOM;
      return html`<g><title>${bars[index]?.label}: ${to - from} ${word}</title><rect class="${className}" x="${round(left)}" y="${round(y(index) ?? 0)}" width="${round(Math.max(1, width - 1))}" height="${round(thick)}" rx="2"/>${isRoomy && html`<text class="on-${className}" x="${round(left + (width - 1) / 2)}" y="${middle(index)}" text-anchor="middle" dominant-baseline="central">${to - from}</text>`}</g>`;
    }),
  );
  const labels = bars.map(
    ({ label, note }, index) =>
      html`<text class="label" x="${LABEL - 12}" y="${middle(index)}" text-anchor="end" dominant-baseline="central">${label}</text><text class="note" x="${round(x(totals[index] ?? 0) + 8)}" y="${middle(index)}" dominant-baseline="central">${note}</text>`,
  );
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc><line class="axis" x1="${LABEL}" y1="0" x2="${LABEL}" y2="${height}"/>${segments}${labels}</svg>`;
}

/** Hundredths of a pixel are enough, and the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
