import { Disposable, type TreeCheckboxChangeEvent, TreeItemCheckboxState, type TreeView, window } from 'vscode';
import { applyTickCommand, type ChecklistRoots, type ChecklistTick } from '#protocol/checklist.ts';
import { filterText } from './filterText.ts';
import type { PresentationState } from './presentationState.ts';
import type { ChecklistServer } from './server.ts';
import { ChecklistTree } from './tree.ts';
import type { TreeNode } from './treeModel.ts';

export const checklistView = 'airworthy.checklist';

/** Milliseconds over which news is gathered before the tree is told anew. */
const QUIET = 100;

/** The view *Checklist*: its tree, its boxes, its badge, and what it says of itself. */
export function createChecklistView(
  server: ChecklistServer,
  state: PresentationState,
): { readonly tree: ChecklistTree; readonly view: TreeView<TreeNode>; readonly disposable: Disposable } {
  const tree = new ChecklistTree(server, state);
  const view = window.createTreeView(checklistView, {
    treeDataProvider: tree,
    showCollapseAll: true,
    // A box shows what the Markdown says; ticking a parent does not tick its parts.
    manageCheckboxStateManually: true,
  });
  let timer: NodeJS.Timeout | undefined;
  let documents = new Set<string>();
  let listed = false;

  const disposable = Disposable.from(
    view,
    tree,
    tree.onDidLoad((roots) => describe(view, roots, state)),
    state.onDidChange(() => tree.refresh()),
    server.onDidStart(() => tree.refresh()),
    server.onDidChange((news) => {
      for (const document of news.documents) documents.add(document);
      listed ||= news.listed;
      timer ??= setTimeout(() => {
        timer = undefined;
        const gathered = { ...news, documents: [...documents], listed };
        documents = new Set();
        listed = false;
        void tree.update(gathered);
      }, QUIET);
    }),
    view.onDidChangeCheckboxState((change) => tickAll(server, tree, change)),
    new Disposable(() => clearTimeout(timer)),
  );
  return { tree, view, disposable };
}

/** Writes what was ticked into the Markdown; a box whose item cannot be written goes back. */
async function tickAll(
  server: ChecklistServer,
  tree: ChecklistTree,
  { items }: TreeCheckboxChangeEvent<TreeNode>,
): Promise<void> {
  for (const [place, checkbox] of items) {
    const tick: ChecklistTick = { id: place.id, done: checkbox === TreeItemCheckboxState.Checked };
    const problem = await server.edit(applyTickCommand, tick).then(
      ({ reason }) => reason,
      (error: unknown) => String(error),
    );
    if (!problem) continue;
    void window.showWarningMessage(problem);
    tree.refresh(place);
  }
}

function describe(view: TreeView<TreeNode>, roots: ChecklistRoots | undefined, { current }: PresentationState): void {
  if (roots === undefined || roots.total === 0) {
    view.description = '';
    // The welcome text speaks.
    view.message = '';
    view.badge = undefined;
    return;
  }
  const { summary, total, shown } = roots;
  const { blockers, percent, complete } = summary;
  const count = blockers === 1 ? '1 blocker' : `${blockers} blockers`;
  view.description = [
    ...(blockers > 0 ? [count] : []),
    ...(percent === null ? [] : [`${percent} %`]),
    ...(complete ? [] : ['analysing…']),
  ].join(' · ');
  const filter = filterText(current.filter);
  view.message = filter && shown > 0 ? `${shown} of ${total} items: ${filter}` : '';
  view.badge = blockers === 0 ? undefined : { value: blockers, tooltip: `${count} on the way to production` };
}
