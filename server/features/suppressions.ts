import { type CodeAction, CodeActionKind, Command } from 'vscode-languageserver';
import type { Finding } from '#api';
import { isRule } from '#protocol/links.ts';
import { type Suppression, suppressCommand } from '#protocol/messages.ts';
import type { ServerContext } from '../context.ts';
import { findingData, toWorkspaceEdit } from '../convert/toLsp.ts';

/** Stands in the comment until somebody writes the reason. */
const placeholder = 'state who accepts this and why';

const scopes = [
  { scope: 'line', title: (rule: string) => `Suppress ${rule} on this line, with a reason` },
  { scope: 'file', title: (rule: string) => `Suppress ${rule} in this file, with a reason` },
] as const;

/** Offers to accept a finding by a comment that says why. Clients that can ask for the reason do so first. */
export function register(ctx: ServerContext): void {
  ctx.actions.push({
    kind: CodeActionKind.QuickFix,
    async provide({ request, findings, diagnosticOf }) {
      const { uri } = request.document;
      const { workspace, path, version } = request;
      return scopes.flatMap(({ scope, title }) =>
        onePerRule(findings.filter(({ rule }) => isRule(rule))).flatMap((finding): CodeAction[] => {
          const action: CodeAction = {
            title: title(finding.rule),
            kind: CodeActionKind.QuickFix,
            diagnostics: [diagnosticOf(finding)],
          };
          if (ctx.client.options.suppressWithPrompt === true) {
            const suppression: Suppression = { uri, scope, finding: findingData(finding, version) };
            return [{ ...action, command: Command.create(action.title, suppressCommand, suppression) }];
          }
          const edits = workspace.suppress(path, finding, scope, placeholder);
          const edit = edits && toWorkspaceEdit(edits, ctx.edits);
          return edit === undefined ? [] : [{ ...action, edit }];
        }),
      );
    },
  });
}

/** One comment covers all findings of a rule on its line. */
function onePerRule(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map([...findings].reverse().map((finding) => [finding.rule, finding])).values()].reverse();
}
