import { commands, type Disposable, env, type TreeView, window } from 'vscode';
import {
  alignClaimsCommand,
  applyTickCommand,
  applyWaiverCommand,
  type ChecklistEditResult,
  type ChecklistItemDetails,
  type ChecklistTick,
  goToEvidenceCommand,
  runGateCommand,
} from '#protocol/checklist.ts';
import { verdictWords } from '#protocol/verdicts.ts';
import { createChecklist } from './create.ts';
import { runGate } from './gate.ts';
import type { GateResults } from './gateResults.ts';
import { goToEvidence, openLine, openPlace } from './places.ts';
import type { PresentationState } from './presentationState.ts';
import { askFilter, askGrouping, askOrder, askText, askWaiver, askWhetherDone } from './questions.ts';
import type { ChecklistServer } from './server.ts';
import { type Target, targetId, targetNode } from './targets.ts';
import type { ChecklistTree } from './tree.ts';
import { revealCommand } from './treeItem.ts';
import type { TreeNode } from './treeModel.ts';

export interface ChecklistViews {
  readonly server: ChecklistServer;
  readonly tree: ChecklistTree;
  readonly view: TreeView<TreeNode>;
  readonly state: PresentationState;
  readonly gates: GateResults;
}

/** The commands of the view *Checklist*, for its menus, the palette and lenses. */
export function registerChecklistCommands({ server, tree, view, state, gates }: ChecklistViews): Disposable[] {
  const on = <A extends readonly unknown[]>(id: string, run: (...args: A) => Promise<unknown>): Disposable =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await run(...(args as unknown as A));
      } catch (error) {
        void window.showErrorMessage(`Airworthy: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    });

  /** Looks an item up and does something with it; says so when it is gone or none is chosen. */
  const withItem = async (
    target: Target,
    use: (details: ChecklistItemDetails, id: string) => Promise<unknown>,
  ): Promise<void> => {
    const id = targetId(target, view);
    const details = id?.startsWith('item:') ? await server.item(id) : null;
    if (details !== null && id !== undefined) await use(details, id);
    else void window.showInformationMessage('Choose an item in the view Checklist first.');
  };

  const edit = async (command: string, argument: unknown): Promise<ChecklistEditResult> => {
    const result = await server.edit(command, argument);
    if (!result.applied) void window.showWarningMessage(result.reason);
    return result;
  };
  const tick = (target: Target, done: boolean): Promise<void> =>
    withItem(target, async (_, id) => await edit(applyTickCommand, { id, done } satisfies ChecklistTick));

  return [
    on('airworthy.checklist.refresh', async () => tree.refresh()),
    on(revealCommand, async (target: Target) => {
      const node = targetNode(target, view);
      if (node?.kind === 'document') await openLine(node.uri, 0);
      else if (node?.kind === 'section') await openLine(node.uri, node.line);
      else await withItem(target, async ({ place }) => await openPlace(place));
    }),
    on(goToEvidenceCommand, (target: Target) => withItem(target, goToEvidence)),
    on(runGateCommand, (target: Target) =>
      withItem(target, async (details, id) => {
        const result = await runGate(details);
        if (result === undefined) return;
        await gates.add({ id, ...result });
        await server.gateEnded({ id, ...result });
      }),
    ),
    on('airworthy.checklist.markDone', (target: Target) => tick(target, true)),
    on('airworthy.checklist.markOpen', (target: Target) => tick(target, false)),
    on('airworthy.checklist.waive', (target: Target) =>
      withItem(target, async ({ title }, id) => {
        const waiver = await askWaiver(id, title);
        if (waiver !== undefined) await edit(applyWaiverCommand, waiver);
      }),
    ),
    on('airworthy.checklist.align', (target: Target) =>
      withItem(target, async ({ title, node, alike }, id) => {
        const known = node.verdict !== 'open' && node.verdict !== 'not-checkable';
        const done = known || alike.length === 0 ? undefined : await askWhetherDone(title);
        if (known || alike.length === 0 || done !== undefined) {
          await edit(alignClaimsCommand, { id, ...(done !== undefined && { done }) });
        }
      }),
    ),
    on('airworthy.checklist.alignAll', async () => {
      const { applied, documents } = await edit(alignClaimsCommand, {});
      if (applied) {
        const count = documents.length === 1 ? 'one document' : `${documents.length} documents`;
        void window.showInformationMessage(`Brought in line what the code shows, in ${count}.`);
      }
    }),
    on('airworthy.checklist.create', () => createChecklist(server)),
    on('airworthy.checklist.copy', (target: Target) =>
      withItem(target, async ({ title, node, text }) => {
        await env.clipboard.writeText(`${text || title}\n\n${verdictWords[node.verdict]}: ${node.why}\n`);
      }),
    ),
    on('airworthy.checklist.filter', async () => {
      const filter = await askFilter(state.current.filter ?? {});
      if (filter !== undefined) state.setFilter(filter);
    }),
    on('airworthy.checklist.filterText', async () => {
      const filter = await askText(state.current.filter ?? {});
      if (filter !== undefined) state.setFilter(filter);
    }),
    on('airworthy.checklist.clearFilter', async () => state.setFilter({})),
    on('airworthy.checklist.group', async () => {
      const group = await askGrouping(state.group);
      if (group !== undefined) state.setGroup(group);
    }),
    on('airworthy.checklist.sort', async () => {
      const sort = await askOrder(state.current.sort ?? 'text');
      if (sort !== undefined) state.setSort(sort);
    }),
  ];
}
