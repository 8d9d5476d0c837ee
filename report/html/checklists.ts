import type { DocumentReport } from '../model/report.ts';
import { type LinkBase, placeLink } from '../placeLink.ts';
import { counted, oneLine } from '../text.ts';
import { itemTable } from './items.ts';
import { html, type Markup } from './markup.ts';

/** Items shown of one document. Real ones hold up to two thousand. */
const MAX_ITEMS = 2500;

/** Each document with its items, in text order. */
export function checklistsSection(documents: readonly DocumentReport[], base: LinkBase): Markup {
  if (documents.length === 0) {
    return html`<div class="card plain"><p>The workspace has no readiness checklist. <code>airworthy init</code> writes one for what the workspace is made of.</p></div>`;
  }
  return html`${documents.map((document) => documentBlock(document, base))}`;
}

function documentBlock(
  { path, title, counted: counts, collapsed, score, items }: DocumentReport,
  base: LinkBase,
): Markup {
  const facts = [
    ...(score.blockers > 0 ? [counted(score.blockers, 'blocker')] : []),
    score.counted === 0 ? 'nothing that can be checked' : `${score.proven} of ${score.counted} proven`,
    counted(score.items, 'item'),
    ...(counts ? [] : ['not counted: finished, archived, or not much of a checklist']),
  ].join(' · ');
  const shown = items.slice(0, MAX_ITEMS);
  const more =
    items.length > MAX_ITEMS &&
    html`<p class="more">The first ${MAX_ITEMS} of ${items.length} items; the JSON report has all.</p>`;
  const open = !collapsed && html` open`;
  return html`<details class="card block"${open}><summary><h3>${oneLine(title)}</h3><span class="sub">${oneLine(path)} · ${facts}</span></summary>${itemTable(shown, { caption: `Items of ${oneLine(path)}`, base, fromManyDocuments: false })}${more}<p class="more"><a href="${placeLink(base, path)}">Open ${oneLine(path)}</a></p></details>`;
}
