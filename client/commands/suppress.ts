import { commands, type Disposable, window } from 'vscode';
import type { ApplyWorkspaceEditResult } from 'vscode-languageclient/node';
import {
  applySuppressionCommand,
  type ReasonedSuppression,
  type Suppression,
  suppressCommand,
} from '#protocol/messages.ts';

/** Asks why a finding is accepted, then has the server write the comment. Does nothing when the question is dismissed. */
export function registerSuppress(): Disposable {
  return commands.registerCommand(suppressCommand, async (suppression: Suppression) => {
    const where = suppression.scope === 'line' ? 'this line' : 'this file';
    const reason = await window.showInputBox({
      title: `Suppress ${suppression.finding.rule} for ${where}`,
      prompt: 'Why is this finding acceptable here? The reason is written into the comment.',
      placeHolder: 'e.g. the value is a constant of this module',
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() ? undefined : 'A reason is needed: the next reader will ask.'),
    });
    if (!reason?.trim()) return;
    const reasoned: ReasonedSuppression = { ...suppression, reason: reason.trim() };
    const result = await commands.executeCommand<ApplyWorkspaceEditResult | undefined>(
      applySuppressionCommand,
      reasoned,
    );
    // The server writes only into the text that the finding was seen in.
    if (result?.applied) return;
    void window.showWarningMessage('The file changed meanwhile, so nothing was written. Suppress the finding again.');
  });
}
