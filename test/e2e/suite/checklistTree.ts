import * as vscode from 'vscode';
import type { TreeNode } from '../../../client/checklist/treeModel.ts';
import { airworthy, until } from './support.ts';

/** What the view shows, as a person reads it who has opened everything. */
export async function rows(parent?: TreeNode, depth = 0): Promise<readonly string[]> {
  const tree = airworthy().exports.checklist;
  const found: string[] = [];
  for (const node of await tree.getChildren(parent)) {
    const item = tree.getTreeItem(node);
    const box = item.checkboxState as { readonly state: vscode.TreeItemCheckboxState } | undefined;
    const mark = box === undefined ? '' : box.state === vscode.TreeItemCheckboxState.Checked ? '[x] ' : '[ ] ';
    found.push(`${'  '.repeat(depth)}${mark}${item.label} — ${item.description}`);
    found.push(...(await rows(node, depth + 1)));
  }
  return found;
}

/** Waits for a row that matches. */
export async function row(what: RegExp): Promise<string> {
  let last: readonly string[] = [];
  return await until(`a row like ${what}`, async () => {
    last = await rows();
    return last.find((line) => what.test(line));
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${last.join('\n')}`);
  });
}

/** The place of an item in the tree, as a menu hands it to a command. */
export async function place(label: string, parent?: TreeNode): Promise<TreeNode> {
  const tree = airworthy().exports.checklist;
  const nodes = [...(await tree.getChildren(parent))];
  for (let node = nodes.shift(); node !== undefined; node = nodes.shift()) {
    if (node.node.label === label) return node;
    nodes.push(...(await tree.getChildren(node)));
  }
  throw new Error(`no ${label} in the tree`);
}
