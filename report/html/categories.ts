import { stackedBars } from '../charts/stackedBars.ts';
import type { CategoryReport, ReportModel, ScoreReport } from '../model/report.ts';
import { counted } from '../text.ts';
import {
  categoryWords,
  priorities,
  priorityWords,
  type Standing,
  standingWords,
  verdicts,
  verdictWords,
} from '../words.ts';
import { html, type Markup } from './markup.ts';
import { legend } from './pieces.ts';

const STANDINGS: readonly Standing[] = ['proven', 'open', 'broken', 'aside'];

const itemParts = STANDINGS.map((key) => ({ key, word: standingWords[key], className: key }));

/** Parts of charts that count findings. */
export const findingParts = priorities.map((key) => ({
  key,
  word: `${key}, ${priorityWords[key]}`,
  className: `${key}-part`,
}));

/** How many items stand how. */
export function byStanding(score: ScoreReport): Readonly<Record<Standing, number>> {
  const counts: Record<Standing, number> = { proven: 0, open: 0, broken: 0, aside: 0 };
  for (const verdict of verdicts) counts[verdictWords[verdict].standing] += score.verdicts[verdict];
  return counts;
}

/** Score and findings by category: two charts, and a table that says the same. */
export function categorySection({ categories, withoutRule }: ReportModel): Markup {
  if (categories.length === 0) return html`<div class="card plain"><p>No category has items or findings.</p></div>`;
  const rest =
    withoutRule > 0 &&
    html`<p class="more">${counted(withoutRule, 'item')} that no rule decides about ${withoutRule === 1 ? 'is' : 'are'} in no category.</p>`;
  return html`<div class="pair">${itemsChart(categories)}${findingsChart(categories)}</div><div class="card block"><div class="scroll"><table><caption>Score and findings by category</caption><thead><tr><th scope="col">Category</th><th scope="col" class="number">Blockers</th><th scope="col" class="number">Proven</th><th scope="col" class="number">Score</th>${priorities.map((priority) => html`<th scope="col" class="number">${priority}</th>`)}</tr></thead><tbody>${categories.map(categoryRow)}</tbody></table></div>${rest}</div>`;
}

function itemsChart(categories: readonly CategoryReport[]): Markup {
  const own = categories.filter(({ score }) => score.items > 0);
  if (own.length === 0) {
    return html`<figure class="card"><figcaption>Checklist items</figcaption><p class="why">No item is tied to a rule yet.</p></figure>`;
  }
  const chart = stackedBars({
    id: 'items-by-category',
    title: 'Checklist items by category',
    description: own
      .map(({ category, score }) => `${categoryWords[category]}: ${score.proven} of ${score.counted} proven`)
      .join('; '),
    parts: itemParts,
    bars: own.map(({ category, score }) => ({
      label: categoryWords[category],
      values: byStanding(score),
      note: score.percent === null ? 'no score' : `${score.percent} %`,
    })),
  });
  return html`<figure class="card"><figcaption>Checklist items</figcaption>${legend(itemParts)}${chart}</figure>`;
}

function findingsChart(categories: readonly CategoryReport[]): Markup {
  const own = categories.filter(({ findings }) => totalOf(findings) > 0);
  if (own.length === 0) {
    return html`<figure class="card"><figcaption>Findings</figcaption><p class="why">There are no findings.</p></figure>`;
  }
  const chart = stackedBars({
    id: 'findings-by-category',
    title: 'Findings by category',
    description: own
      .map(({ category, findings }) => `${categoryWords[category]}: ${counted(totalOf(findings), 'finding')}`)
      .join('; '),
    parts: findingParts,
    bars: own.map(({ category, findings }) => ({
      label: categoryWords[category],
      values: findings,
      note: String(totalOf(findings)),
    })),
  });
  return html`<figure class="card"><figcaption>Findings</figcaption>${legend(findingParts)}${chart}</figure>`;
}

function categoryRow({ category, score, findings }: CategoryReport): Markup {
  const number = (value: number) => html`<td class="number${value === 0 && ' none'}">${value}</td>`;
  const none = html`<td class="number none">–</td>`;
  return html`<tr><th scope="row">${categoryWords[category]}</th>${number(score.blockers)}${score.counted === 0 ? none : html`<td class="number">${score.proven} of ${score.counted}</td>`}${score.percent === null ? none : html`<td class="number">${score.percent} %</td>`}${priorities.map((priority) => number(findings[priority]))}</tr>`;
}

function totalOf(findings: Readonly<Record<string, number>>): number {
  return Object.values(findings).reduce((sum, count) => sum + count, 0);
}
