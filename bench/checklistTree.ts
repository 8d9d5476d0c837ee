/** What requests for the tree of checklists cost, in a workspace whose checklists were judged. */
import type { ChecklistView } from '#engine/checklist/view.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { createMemoryHost } from '#host/memory.ts';
import type { ChecklistPresentation } from '#protocol/checklist.ts';
import { ChecklistTree } from '#server/checklist/tree.ts';
import { Texts } from '#server/convert/texts.ts';
import type { Session } from '#server/session.ts';
import { median } from './quantiles.ts';

const ROUNDS = 60;
const FIRST_ROUNDS = 9;
/** An answer about what was looked at before may cost this part of one that goes through all items. */
const BUDGET = 1 / 5;

export interface TreeCost {
  readonly what: string;
  /** Milliseconds of an answer that goes through all items, median. */
  readonly full: number;
  /** Milliseconds of later answers. */
  readonly times: readonly number[];
  /** Part of `full` that their median may take; `undefined` where most of both is the answer itself. */
  readonly budget: number | undefined;
}

const filter: ChecklistPresentation = { filter: { text: 'item number 7' } };
const filtered = (tree: ChecklistTree): unknown => tree.roots(filter, 1);

/** `change` makes a finding against one item come and go, and judges each time. */
export async function treeCosts(workspace: Workspace, change: () => Promise<unknown>): Promise<readonly TreeCost[]> {
  const tree = treeOf(workspace.root, () => workspace.checklist());
  const [document = ''] = tree.roots({}, 1).nodes.map(({ id }) => id);
  const requests: readonly (readonly [what: string, ask: (tree: ChecklistTree) => unknown, budget?: number])[] = [
    ['documents', (from) => from.roots({}, 1), BUDGET],
    ['documents that pass a filter by text', filtered, BUDGET],
    ['priorities', (from) => from.roots({ group: 'priority' }, 1), BUDGET],
    ['the 100 items of a document', (from) => from.children({ id: document })],
  ];
  const costs = requests.map(([what, ask, budget]): TreeCost => {
    const full = fullCost(workspace, ask);
    ask(tree);
    const times = Array.from({ length: ROUNDS }, () => timed(() => ask(tree)));
    return { what, full, times, budget };
  });
  const full = fullCost(workspace, filtered);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await change();
    times.push(timed(() => filtered(tree)));
  }
  return [...costs, { what: 'the filter again, one document judged anew', full, times, budget: BUDGET }];
}

function fullCost(workspace: Workspace, ask: (tree: ChecklistTree) => unknown): number {
  const times = Array.from({ length: FIRST_ROUNDS }, () => {
    // Objects of its own: nothing that was kept for others is found for them.
    const view = structuredClone(workspace.checklist());
    const tree = treeOf(workspace.root, () => view);
    return timed(() => ask(tree));
  });
  return median(times);
}

/** The tree of one folder without a server around it. */
function treeOf(root: string, view: () => ChecklistView): ChecklistTree {
  const folder = { root, loose: false, settings: {}, workspace: { checklist: view } };
  const parts = { folders: [folder], folderOf: () => folder, document: () => undefined };
  const session = parts as unknown as Session;
  return new ChecklistTree(session, new Texts(session, createMemoryHost({})), () => true);
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
