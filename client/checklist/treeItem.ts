import {
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
} from 'vscode';
import type { ChecklistNode } from '#protocol/checklist.ts';
import type { Presentation } from './present.ts';

export const revealCommand = 'airworthy.checklist.reveal';

const collapsible = {
  no: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
};

/** What VS Code draws for a node. */
export function toTreeItem(shown: Presentation, node: ChecklistNode): TreeItem {
  const item = new TreeItem(shown.label, collapsible[shown.collapsible]);
  item.id = shown.id;
  item.description = shown.description;
  item.tooltip = new MarkdownString(shown.tooltip);
  item.iconPath = new ThemeIcon(shown.icon.icon, shown.icon.color ? new ThemeColor(shown.icon.color) : undefined);
  item.accessibilityInformation = { label: shown.accessibilityLabel };
  item.contextValue = shown.context;
  if (shown.checkbox !== undefined) {
    const { checked, tooltip } = shown.checkbox;
    item.checkboxState = {
      state: checked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked,
      tooltip,
      accessibilityInformation: { label: tooltip },
    };
  }
  // A click on what only holds others opens or closes it.
  if (node.kind === 'item') {
    item.command = { command: revealCommand, title: 'Reveal in Markdown', arguments: [{ id: node.id, node }] };
  }
  return item;
}
