import { arc } from 'd3-shape';
import { html, type Markup } from '../html/markup.ts';

/** A share of a ring. */
export interface RingPart {
  readonly value: number;
  readonly className: string;
}

const SIZE = 132;

/** A ring whose parts are in proportion, with a large and a small text in the middle. Decoration: its texts say it all. */
export function ring(parts: readonly RingPart[], large: string, small: string): Markup {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const shape = arc<{ readonly from: number; readonly to: number }>()
    .innerRadius(SIZE / 2 - 15)
    .outerRadius(SIZE / 2 - 2)
    .cornerRadius(2)
    .padAngle(parts.filter(({ value }) => value > 0).length > 1 ? 0.03 : 0)
    .startAngle(({ from }) => from * 2 * Math.PI)
    .endAngle(({ to }) => to * 2 * Math.PI)
    .digits(2);
  let before = 0;
  const arcs = parts.map(({ value, className }) => {
    const from = before / total;
    before += value;
    return value > 0 && html`<path class="${className}" d="${shape({ from, to: before / total }) ?? ''}"/>`;
  });
  const empty = total === 0 && html`<path class="rest" d="${shape({ from: 0, to: 1 }) ?? ''}"/>`;
  const half = SIZE / 2;
  return html`<svg class="ring" viewBox="${-half} ${-half} ${SIZE} ${SIZE}" aria-hidden="true">${arcs}${empty}<text class="large" y="-4" text-anchor="middle" dominant-baseline="central">${large}</text><text class="small" y="20" text-anchor="middle" dominant-baseline="central">${small}</text></svg>`;
}
