import type { RuleReport } from '../model/report.ts';
import type { LinkBase } from '../placeLink.ts';
import { counted, oneLine } from '../text.ts';
import { html, type Markup } from './markup.ts';
import { placeMark, priorityMark, ruleMark } from './pieces.ts';

/** Findings listed below one rule. */
const MAX_FINDINGS = 100;

/** Findings by rule, most urgent first. */
export function findingsSection(rules: readonly RuleReport[], base: LinkBase): Markup {
  if (rules.length === 0) return html`<div class="card plain"><p>There are no findings.</p></div>`;
  return html`${rules.map((rule) => ruleBlock(rule, base))}`;
}

function ruleBlock({ rule, summary, priority, findings }: RuleReport, base: LinkBase): Markup {
  const rows = findings
    .slice(0, MAX_FINDINGS)
    .map(
      ({ path, line, message, priority: own, fix }) =>
        html`<tr><td>${priorityMark(own)}</td><td>${placeMark(base, path, line)}</td><td>${oneLine(message)}${fix !== undefined && html` <span class="why">(${fix === 'safe' ? 'safe fix' : 'fix to review'})</span>`}</td></tr>`,
    );
  const more =
    findings.length > MAX_FINDINGS &&
    html`<p class="more">The first ${MAX_FINDINGS} of ${counted(findings.length, 'finding')}; <code>airworthy check</code> lists all.</p>`;
  return html`<details class="card block"${priority === 'P0' && html` open`}><summary><h3>${priorityMark(priority)} ${oneLine(rule)}</h3> · ${counted(findings.length, 'finding')}<span class="sub">${oneLine(summary)}</span></summary><div class="scroll"><table><caption>Findings of ${oneLine(rule)}</caption><thead><tr><th scope="col">Priority</th><th scope="col">Place</th><th scope="col">What is wrong</th></tr></thead><tbody>${rows}</tbody></table></div>${more}<p class="more">What to do about it: ${ruleMark(rule)}</p></details>`;
}
