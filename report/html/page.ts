import { ring } from '../charts/ring.ts';
import { type Headline, headline, scoreSentence } from '../model/headline.ts';
import type { ReportModel } from '../model/report.ts';
import type { LinkBase } from '../placeLink.ts';
import { counted, oneLine, shownTime } from '../text.ts';
import { priorities, priorityWords } from '../words.ts';
import { byStanding, categorySection } from './categories.ts';
import { checklistsSection } from './checklists.ts';
import { findingsSection } from './findings.ts';
import { historySection } from './history.ts';
import { itemTable } from './items.ts';
import { limitsSection, verdictLegend } from './limits.ts';
import { html, Markup } from './markup.ts';
import { style } from './style.ts';

/** Nothing is loaded and nothing runs, even if a text had found its way into the markup. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Ids and titles of the sections, in order. */
const SECTIONS = [
  ['blockers', 'Blockers'],
  ['categories', 'By category'],
  ['history', 'Over time'],
  ['checklists', 'Checklists'],
  ['findings', 'Findings by rule'],
  ['limits', 'What this report cannot tell'],
  ['verdicts', 'What the verdicts mean'],
] as const;

/** The report as one page that needs no script and loads nothing. `base` leads from the page to the workspace. */
export function reportHtml(model: ReportModel, base: LinkBase): string {
  const { name, at, commit, toolVersion, files } = model;
  const contents: Readonly<Record<(typeof SECTIONS)[number][0], Markup>> = {
    blockers: blockersSection(model, base),
    categories: categorySection(model),
    history: historySection(model.history),
    checklists: checklistsSection(model.documents, base),
    findings: findingsSection(model.rules, base),
    limits: limitsSection(model, base),
    verdicts: verdictLegend(),
  };
  const facts = [
    shownTime(at),
    ...(commit === '' ? [] : [`commit ${oneLine(commit.slice(0, 12))}`]),
    `${counted(files, 'file')} analysed`,
  ].join(' · ');
  const title = `Readiness of ${oneLine(name)}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Airworthy ${toolVersion}">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#blockers">Skip to the blockers</a>
<header class="top">
<p class="eyebrow">Readiness report</p>
<h1>${oneLine(name)}</h1>
<p class="facts">${facts}</p>
${hero(model)}
${tiles(model)}
<nav aria-label="Sections"><ul>${SECTIONS.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
</header>
<main>
${SECTIONS.map(
  ([id, text]) => html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${text}</h2>
${contents[id]}</section>
`,
)}</main>
<footer>Made by Airworthy ${toolVersion}. Verdicts come from the code alone: what no rule could check was left out of the score and is listed above.</footer>
</body>
</html>
`;
  return page.text;
}

const ICONS: Readonly<Record<Headline['standing'], string>> = { blocked: '✗', clear: '✓', empty: '○' };

function hero(model: ReportModel): Markup {
  const { standing, title, detail } = headline(model);
  const { percent, counted: checkable, proven } = model.summary;
  const counts = byStanding(model.summary);
  const drawn = ring(
    [
      { value: counts.proven, className: 'proven' },
      { value: counts.open, className: 'open' },
      { value: counts.broken, className: 'broken' },
    ],
    percent === null ? '–' : `${percent} %`,
    percent === null ? 'no score' : `${proven} of ${checkable}`,
  );
  return html`<div class="card hero ${standing}">${drawn}<div><p class="status"><span class="icon" aria-hidden="true">${ICONS[standing]}</span>${title}</p><p>${detail}</p><p class="score">${scoreSentence(model)}</p></div></div>`;
}

function tiles({ summary, blockers }: ReportModel): Markup {
  const findings = priorities.map(
    (priority) =>
      html`<li class="card ${summary.findings[priority] > 0 && priority}"><b>${summary.findings[priority]}</b><span>${summary.findings[priority] === 1 ? 'finding' : 'findings'} ${priority}, ${priorityWords[priority]}</span></li>`,
  );
  return html`<ul class="tiles"><li class="card ${blockers.length > 0 && 'P0'}"><b>${blockers.length}</b><span>${blockers.length === 1 ? 'blocker' : 'blockers'} in the checklists</span></li>${findings}</ul>`;
}

function blockersSection({ blockers, summary }: ReportModel, base: LinkBase): Markup {
  const urgent = summary.findings.P0;
  const also =
    urgent > 0 &&
    html`<p class="${blockers.length > 0 && 'more'}">${counted(urgent, 'finding')} of priority P0 ${urgent === 1 ? 'stands' : 'stand'} against production as well: see <a href="#findings">findings by rule</a>.</p>`;
  if (blockers.length === 0) {
    return html`<div class="card plain"><p>No item of the checklists keeps the project from production.</p>${also}</div>`;
  }
  const table = itemTable(blockers, {
    caption: 'Items that keep the project from production',
    base,
    fromManyDocuments: true,
  });
  return html`<div class="card block">${table}${also}</div>`;
}
