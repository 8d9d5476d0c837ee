import type { JudgedItem } from '#engine/checklist/view.ts';
import type {
  ChecklistCounts,
  ChecklistDocumentNode,
  ChecklistItemNode,
  ChecklistSectionNode,
} from '#protocol/checklist.ts';
import type { Texts } from '../convert/texts.ts';
import { countsOfScore } from './counts.ts';
import { claimsByItem, type KnownDocument } from './lookup.ts';
import { formatNodeId } from './nodeIds.ts';
import type { OutlineNode } from './outline.ts';

/** A document of up to so many items is shown with all sections open in which something is left to do. */
const SMALL = 60;
/** Longer texts are cut: a label is for one line, and hostile documents have lines of megabytes. */
const LONGEST_LABEL = 300;

export function documentNode(
  { judged }: KnownDocument,
  name: string,
  hasChildren: boolean,
  texts: Texts,
): ChecklistDocumentNode {
  return {
    kind: 'document',
    id: formatNodeId({ kind: 'document', path: judged.path }),
    label: short(judged.title),
    uri: texts.uri(judged.path),
    name,
    counts: countsOfScore(judged.score),
    collapsed: judged.collapsed,
    hasChildren,
  };
}

export function sectionNode(
  { judged }: KnownDocument,
  section: NonNullable<OutlineNode['section']>,
  counts: ChecklistCounts,
  hasChildren: boolean,
  texts: Texts,
): ChecklistSectionNode {
  return {
    kind: 'section',
    id: formatNodeId({ kind: 'section', path: judged.path, id: section.id }),
    label: short(section.title),
    uri: texts.uri(judged.path),
    line: section.line - 1,
    counts,
    collapsed: !isUrgent(counts) && (counts.proven === counts.counted || judged.items.length > SMALL),
    hasChildren,
  };
}

export function itemNode(
  { folder, judged }: KnownDocument,
  known: JudgedItem,
  hasChildren: boolean,
  texts: Texts,
): ChecklistItemNode {
  const { item, verdict, why, priority, blocker, evidence } = known;
  return {
    kind: 'item',
    id: formatNodeId({ kind: 'item', path: judged.path, id: item.id }),
    label: short(item.title),
    uri: texts.uri(judged.path),
    line: item.line - 1,
    status: item.status,
    canTick: item.mark?.toggled !== undefined,
    verdict,
    why,
    priority: priority ?? null,
    blocker,
    findings: evidence.reduce((sum, { findings }) => sum + findings.length, 0),
    gate: item.gate?.command !== undefined,
    disputed: claimsByItem(folder.workspace.checklist()).get(known.key)?.disagree ?? false,
    path: [judged.title, ...item.sectionPath].map(short),
    hasChildren,
  };
}

/** Something in it keeps the project from production, or is not as it is said to be. */
function isUrgent({ blockers, broken }: ChecklistCounts): boolean {
  return blockers + broken > 0;
}

function short(text: string): string {
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}
