import type { Priority } from '#engine/api/finding.ts';
import type { Verdict } from '#engine/checklist/view.ts';
import { type LinkBase, placeLink } from '../placeLink.ts';
import { oneLine, ruleLink } from '../text.ts';
import { priorityWords, verdictWords } from '../words.ts';
import { html, type Markup } from './markup.ts';

/** A verdict as icon and word. */
export function verdictMark(verdict: Verdict): Markup {
  const { icon, word, standing } = verdictWords[verdict];
  return html`<span class="verdict ${standing}"><span class="icon" aria-hidden="true">${icon}</span>${word}</span>`;
}

export function priorityMark(priority: Priority): Markup {
  return html`<span class="priority ${priority}" title="${priorityWords[priority]}">${priority}</span>`;
}

/** A place in the workspace as a link to the file. */
export function placeMark(base: LinkBase, path: string, line: number): Markup {
  return html`<a class="place" href="${placeLink(base, path, line)}">${oneLine(path)}:${line}</a>`;
}

/** A rule with a link to its page. */
export function ruleMark(rule: string): Markup {
  return html`<a href="${ruleLink(rule)}" rel="noreferrer"><code>${oneLine(rule)}</code></a>`;
}

/** What the colours of a chart mean. */
export function legend(parts: readonly { readonly word: string; readonly className: string }[]): Markup {
  const entries = parts.map(
    ({ word, className }) =>
      html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${className}" width="10" height="10" rx="2"/></svg>${word}</li>`,
  );
  return html`<ul class="legend">${entries}</ul>`;
}
