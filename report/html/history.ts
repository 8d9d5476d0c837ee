import { overTime } from '../charts/overTime.ts';
import type { HistoryRecord } from '../history.ts';
import { shownTime } from '../text.ts';
import { priorities } from '../words.ts';
import { findingParts } from './categories.ts';
import { html, type Markup } from './markup.ts';
import { legend } from './pieces.ts';

/** Runs that the table shows, and those that the charts draw: more than a screen has pixels help nobody. */
const MAX_ROWS = 50;
const MAX_POINTS = 400;

/** Findings and score over the recorded runs. */
export function historySection(history: readonly HistoryRecord[]): Markup {
  if (history.length === 0) {
    return html`<div class="card plain"><p>No runs are recorded yet. <code>airworthy report --record</code> adds this one to <code>airworthy-history.jsonl</code>; commit that file to see findings over time.</p></div>`;
  }
  const shown = history.slice(-MAX_ROWS).reverse();
  const rows = shown.map(
    ({ at, commit, findings, blockers, percent }) =>
      html`<tr><th scope="row">${shownTime(at)}</th><td><code>${commit.slice(0, 9)}</code></td><td class="number">${blockers}</td><td class="number">${percent === null ? '–' : `${percent} %`}</td>${priorities.map((priority) => html`<td class="number${findings[priority] === 0 && ' none'}">${findings[priority]}</td>`)}</tr>`,
  );
  const more = history.length > MAX_ROWS && html`<p class="more">The newest ${MAX_ROWS} of ${history.length} runs.</p>`;
  return html`${charts(history)}<details class="card block"${history.length < 2 && html` open`}><summary><h3>Recorded runs</h3></summary><div class="scroll"><table><caption>Recorded runs, newest first</caption><thead><tr><th scope="col">Time</th><th scope="col">Commit</th><th scope="col" class="number">Blockers</th><th scope="col" class="number">Score</th>${priorities.map((priority) => html`<th scope="col" class="number">${priority}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>${more}</details>`;
}

function charts(history: readonly HistoryRecord[]): Markup | false {
  if (new Set(history.map(({ at }) => Date.parse(at))).size < 2) return false;
  const drawn = sample(history);
  const [first, last] = [drawn[0], drawn.at(-1)];
  if (first === undefined || last === undefined) return false;
  const total = ({ findings }: HistoryRecord) => priorities.reduce((sum, priority) => sum + findings[priority], 0);
  const findings = overTime({
    id: 'findings-over-time',
    title: 'Findings over time',
    description: `From ${total(first)} findings, ${first.findings.P0} of them P0, on ${shownTime(first.at)} to ${total(last)}, ${last.findings.P0} of them P0, on ${shownTime(last.at)}.`,
    moments: drawn.map((record) => ({ at: new Date(record.at), values: record.findings })),
    series: findingParts,
    form: 'stacked',
  });
  const percent = ({ percent: value }: HistoryRecord) => (value === null ? 'unknown' : `${value} %`);
  const score = overTime({
    id: 'score-over-time',
    title: 'Score over time',
    description: `From ${percent(first)} on ${shownTime(first.at)} to ${percent(last)} on ${shownTime(last.at)}.`,
    moments: drawn.map(({ at, percent: value }) => ({ at: new Date(at), values: { score: value ?? undefined } })),
    series: [{ key: 'score', word: 'Items that are proven', className: 'score' }],
    form: 'lines',
    top: 100,
    unit: ' %',
  });
  return html`<div class="pair"><figure class="card"><figcaption>Findings</figcaption>${legend(findingParts)}${findings}</figure><figure class="card"><figcaption>Checklist items that are proven</figcaption><ul class="legend"><li>of those that can be checked</li></ul>${score}</figure></div>`;
}

/** At most as many records as can be told apart, the first and the last among them. */
function sample(history: readonly HistoryRecord[]): readonly HistoryRecord[] {
  if (history.length <= MAX_POINTS) return history;
  const step = (history.length - 1) / (MAX_POINTS - 1);
  return Array.from({ length: MAX_POINTS }, (_, index) => history[Math.round(index * step)]).filter(
    (record) => record !== undefined,
  );
}
