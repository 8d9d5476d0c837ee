import { Disposable, type ExtensionContext } from 'vscode';
import { registerChecklistCommands } from './commands.ts';
import { GateResults } from './gateResults.ts';
import { PresentationState } from './presentationState.ts';
import type { ChecklistServer } from './server.ts';
import type { ChecklistTree } from './tree.ts';
import { createChecklistView } from './view.ts';

/** Adds the view *Checklist* and its commands. */
export function registerChecklist(
  { workspaceState }: ExtensionContext,
  server: ChecklistServer,
): { readonly tree: ChecklistTree; readonly disposable: Disposable } {
  const state = new PresentationState(workspaceState);
  const { tree, view, disposable } = createChecklistView(server, state);
  const gates = new GateResults(workspaceState);
  const commands = registerChecklistCommands({ server, tree, view, state, gates });
  const resend = server.onDidStart(() => {
    for (const result of gates.all) void server.gateEnded(result);
  });
  return { tree, disposable: Disposable.from(state, disposable, resend, ...commands) };
}
