import type { ItemReport, ReportModel } from '../model/report.ts';
import type { LinkBase } from '../placeLink.ts';
import { counted, oneLine } from '../text.ts';
import { verdicts, verdictWords } from '../words.ts';
import { html, type Markup } from './markup.ts';
import { placeMark, verdictMark } from './pieces.ts';

/** Entries of each list below. */
const MAX_ENTRIES = 200;

/** What the report cannot speak for, said plainly: items, then files and rules that went wrong. */
export function limitsSection({ documents, troubles, complete }: ReportModel, base: LinkBase): Markup {
  const items = documents.filter(({ counted: counts }) => counts).flatMap((document) => document.items);
  const uncheckable = items.filter(({ verdict }) => verdict === 'not-checkable');
  const forPeople = items.filter(({ human, status }) => human && status !== 'done' && status !== 'dropped');
  const parts = [
    list(uncheckable, 'ticked, and nothing here can tell whether it is true', base),
    list(forPeople, 'open, and only a person can close it', base),
    troubles.length > 0 &&
      html`<p>${counted(troubles.length, 'thing')} went wrong while analysing:</p><ul>${troubles.slice(0, MAX_ENTRIES).map(({ path, message }) => html`<li><code>${oneLine(path)}</code>: ${oneLine(message)}</li>`)}</ul>`,
    !complete &&
      html`<p>Not every rule has run over the whole workspace, so silence of a rule was not taken for proof.</p>`,
  ].filter((part) => part !== false);
  if (parts.length === 0)
    return html`<div class="card plain"><p>Everything that the checklists claim could be checked, and nothing went wrong.</p></div>`;
  return html`<div class="card plain">${parts}</div>`;
}

function list(items: readonly ItemReport[], what: string, base: LinkBase): Markup | false {
  if (items.length === 0) return false;
  const entries = items
    .slice(0, MAX_ENTRIES)
    .map(({ path, line, title }) => html`<li>${oneLine(title)} ${placeMark(base, path, line)}</li>`);
  const more = items.length > MAX_ENTRIES && html`<li>and ${items.length - MAX_ENTRIES} more</li>`;
  return html`<p>${counted(items.length, 'item')} ${items.length === 1 ? 'is' : 'are'} ${what}:</p><ul>${entries}${more}</ul>`;
}

/** What the words of the report mean. */
export function verdictLegend(): Markup {
  return html`<dl class="card verdicts">${verdicts.map((verdict) => html`<dt>${verdictMark(verdict)}</dt><dd>${verdictWords[verdict].meaning}</dd>`)}</dl>`;
}
