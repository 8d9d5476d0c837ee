import type { EvidenceReport, ItemReport } from '../model/report.ts';
import type { LinkBase } from '../placeLink.ts';
import { counted, oneLine, shownTime } from '../text.ts';
import { evidenceWords } from '../words.ts';
import { html, type Markup } from './markup.ts';
import { placeMark, priorityMark, ruleMark, verdictMark } from './pieces.ts';

/** Places listed for one rule below one item. */
const MAX_PLACES = 8;

export interface ItemsOptions {
  /** Said to those who cannot see where the table stands. */
  readonly caption: string;
  readonly base: LinkBase;
  /** Says in each row which document the item is from. */
  readonly fromManyDocuments: boolean;
}

/** A table of items: verdict, what is promised, why it is judged so, and the evidence. */
export function itemTable(items: readonly ItemReport[], { caption, base, fromManyDocuments }: ItemsOptions): Markup {
  const rows = items.map((item) => itemRow(item, base, fromManyDocuments));
  return html`<div class="scroll"><table class="items"><caption>${caption}</caption><thead><tr><th scope="col">Verdict</th><th scope="col">Item</th><th scope="col">Evidence</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function itemRow(item: ItemReport, base: LinkBase, fromManyDocuments: boolean): Markup {
  const { path, line, title, section, verdict, why, priority, depth, evidence, gate, human } = item;
  const indent = fromManyDocuments ? 0 : Math.min(depth, 2);
  const crumbs = section.map(oneLine).join(' › ');
  const where = fromManyDocuments ? placeMark(base, path, line) : html`line ${line}`;
  const gateLine =
    gate !== null &&
    html`<li>Gate <code>${oneLine(gate.command)}</code> ${gate.exitCode === null ? 'did not finish' : `ended with ${gate.exitCode}`}, ${shownTime(gate.at)}</li>`;
  return html`<tr class="depth-${indent}"><td>${verdictMark(verdict)}</td><td><span class="title">${priority !== null && html`${priorityMark(priority)} `}${oneLine(title)}</span><span class="crumbs">${where}${crumbs !== '' && ` · ${crumbs}`}${human && ' · for a person to close'}</span><span class="why">${oneLine(why)}</span></td><td>${(evidence.length > 0 || gate !== null) && html`<ul class="evidence">${evidence.map((each) => evidenceEntry(each, base))}${gateLine}</ul>`}</td></tr>`;
}

const STATES = {
  findings: '',
  clean: 'looked and found nothing',
  nothing: 'nothing of its kind here',
  unknown: 'cannot tell',
} as const;

function evidenceEntry({ rule, kind, state, why, findings, elsewhere }: EvidenceReport, base: LinkBase): Markup {
  const found = [
    ...(findings.length > 0 ? [counted(findings.length, 'finding')] : []),
    ...(elsewhere > 0 ? [`${elsewhere} elsewhere`] : []),
  ].join(', ');
  const places = findings.slice(0, MAX_PLACES).map(({ path, line }) => html`<li>${placeMark(base, path, line)}</li>`);
  const more = findings.length > MAX_PLACES && html`<li>and ${findings.length - MAX_PLACES} more</li>`;
  return html`<li>${ruleMark(rule)} <span class="why">${[found || STATES[state], evidenceWords[kind]].filter((part) => part !== '').join(' · ')}${state === 'unknown' && `: ${oneLine(why)}`}</span>${places.length > 0 && html`<ul>${places}${more}</ul>`}</li>`;
}
