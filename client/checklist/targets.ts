import type { TreeView } from 'vscode';
import type { ChecklistNode } from '#protocol/checklist.ts';
import type { TreeNode } from './treeModel.ts';

/** What a command is about: a place in the tree, the id of an item from a lens, or what is selected. */
export type Target = { readonly id: string; readonly node?: ChecklistNode } | string | undefined;

/** Id of the node that a command is about; `undefined` when nothing is selected either. */
export function targetId(target: Target, view: TreeView<TreeNode>): string | undefined {
  return typeof target === 'string' ? target : (target ?? view.selection[0])?.id;
}

export function targetNode(target: Target, view: TreeView<TreeNode>): ChecklistNode | undefined {
  return typeof target === 'string' ? undefined : (target ?? view.selection[0])?.node;
}
