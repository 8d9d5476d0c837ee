import type { ChecklistCounts, ChecklistItemNode, ChecklistNode, ItemStatus, Verdict } from '#protocol/checklist.ts';
import { verdictWords } from '#protocol/verdicts.ts';
import { type VerdictIcon, verdictIcons } from './verdictIcons.ts';

/** A node as the tree shows it, before it becomes an item of VS Code's. */
export interface Presentation {
  readonly id: string;
  readonly label: string;
  /** Beside the label, in a fainter colour; cut off where the view is narrow. */
  readonly description: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly icon: VerdictIcon;
  /** All of it in words, for screen readers. */
  readonly accessibilityLabel: string;
  readonly collapsible: 'no' | 'collapsed' | 'expanded';
  /** Set where ticking is possible. */
  readonly checkbox: { readonly checked: boolean; readonly tooltip: string } | undefined;
  /** Words that menus ask for, with blanks around each. */
  readonly context: string;
}

/** `flat` says that the tree does not show where an item stands. */
export function present(node: ChecklistNode, flat: boolean): Presentation {
  if (node.kind === 'item') return presentItem(node, flat);
  const { counts } = node;
  const name = node.kind === 'document' ? node.name : '';
  const parts = [countText(counts), ...standing(counts), ...(name ? [name] : [])];
  const icons = { document: 'checklist', section: 'list-unordered', group: 'list-filter' } as const;
  const icon: VerdictIcon =
    node.kind === 'group' && 'verdict' in node.of ? verdictIcons[node.of.verdict] : { icon: icons[node.kind] };
  return {
    id: node.id,
    label: node.label,
    description: parts.join(' · '),
    tooltip: [escapeMarkdown(node.label), ...(name ? [escapeMarkdown(name)] : []), countSentence(counts)].join('\n\n'),
    icon,
    accessibilityLabel: [node.label, name, countSentence(counts)].filter(Boolean).join(', '),
    collapsible: !node.hasChildren ? 'no' : isClosedAtFirst(node) ? 'collapsed' : 'expanded',
    checkbox: undefined,
    context: ` ${node.kind} `,
  };
}

function presentItem(node: ChecklistItemNode, flat: boolean): Presentation {
  const { label, verdict, why, priority, findings, blocker, disputed, status, path } = node;
  const word = verdictWords[verdict];
  const done = isDone(status);
  const leads = leading.has(verdict);
  const found = findings === 0 ? [] : [findings === 1 ? '1 finding' : `${findings} findings`];
  const disagree = disputed ? ['documents disagree'] : [];
  const rank = priority === null ? [] : [priority];
  const state = statusWords[status] === undefined ? [] : [statusWords[status]];
  const place = flat ? [path.slice(0, 1).join()] : [];
  return {
    id: node.id,
    label: leads ? `${word}: ${label}` : label,
    description: [...rank, ...(leads ? [] : [word]), ...found, ...disagree, ...state, ...place].join(' · '),
    tooltip: [
      `**${word}**${blocker ? ' · keeps the project from production' : ''}`,
      escapeMarkdown(label),
      escapeMarkdown(why),
      `_${escapeMarkdown(path.join(' › '))}_`,
    ].join('\n\n'),
    icon: verdictIcons[verdict],
    accessibilityLabel: [
      label,
      word,
      ...(blocker ? ['blocker'] : []),
      ...rank,
      ...found,
      ...disagree,
      ...state,
      done ? 'ticked' : 'not ticked',
      why,
    ].join(', '),
    collapsible: node.hasChildren ? 'expanded' : 'no',
    checkbox: node.canTick ? { checked: done, tooltip: done ? 'Mark as open' : 'Mark as done' } : undefined,
    context: ` ${[
      'item',
      ...(node.canTick ? [done ? 'ticked' : 'unticked'] : []),
      ...(findings > 0 ? ['findings'] : []),
      ...(node.gate ? ['gate'] : []),
      ...(disputed ? ['disputed'] : []),
    ].join(' ')} `,
  };
}

/** Verdicts that ask somebody to do something: their word must not be cut off in a narrow view. */
const leading: ReadonlySet<Verdict> = new Set(['regressed', 'contradicted', 'expired', 'satisfied']);

/** Statuses that neither the checkbox nor the verdict shows. */
const statusWords: Readonly<Partial<Record<ItemStatus, string>>> = {
  inProgress: 'in progress',
  waiting: 'waiting',
  attention: 'needs attention',
  dropped: 'dropped',
};

function isDone(status: ItemStatus): boolean {
  return status === 'done' || status === 'dropped';
}

/** The tree opens on what somebody has to do something about. */
function isClosedAtFirst(node: Exclude<ChecklistNode, ChecklistItemNode>): boolean {
  return node.kind === 'group' ? node.counts.blockers + node.counts.broken === 0 : node.collapsed;
}

function countText({ items, counted, proven }: ChecklistCounts): string {
  return counted === 0 ? `${items}` : `${proven}/${counted}`;
}

function standing({ blockers, broken }: ChecklistCounts): readonly string[] {
  return [
    ...(blockers === 0 ? [] : [blockers === 1 ? '1 blocker' : `${blockers} blockers`]),
    ...(broken === 0 ? [] : [`${broken} broken`]),
  ];
}

function countSentence(counts: ChecklistCounts): string {
  const { items, counted, proven } = counts;
  const all = items === 1 ? '1 item' : `${items} items`;
  return [all, ...(counted === 0 ? [] : [`${proven} of ${counted} proven`]), ...standing(counts)].join(', ');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~$-]/g, '\\$&');
}
