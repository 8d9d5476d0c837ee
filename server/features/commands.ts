import {
  ApplyWorkspaceEditRequest,
  type ApplyWorkspaceEditResult,
  ErrorCodes,
  type ExecuteCommandParams,
  ExecuteCommandRequest,
  ResponseError,
  ShowDocumentRequest,
} from 'vscode-languageserver';
import { applySuppressionCommand, openRulePageCommand } from '#protocol/messages.ts';
import { contentModified, invalidParams, type ServerContext } from '../context.ts';
import { asArray, asReasonedSuppression, asRulePage } from '../convert/fromLsp.ts';
import { toWorkspaceEdit } from '../convert/toLsp.ts';
import { toPath } from '../convert/uris.ts';

/** Executes the commands of the server, its own and those of other features. */
export function register(ctx: ServerContext): void {
  const { connection, session } = ctx;
  const { commands } = ctx;
  commands.set(applySuppressionCommand, applySuppression);
  commands.set(openRulePageCommand, openRulePage);

  ctx.onInitialize((capabilities) => {
    capabilities.executeCommandProvider = {
      // A command cannot be registered by both sides.
      commands: [...commands.keys()].filter(
        (command) => command !== openRulePageCommand || ctx.client.options.openRulePage !== true,
      ),
    };
  });

  ctx.onRequest<ExecuteCommandParams, unknown>(ExecuteCommandRequest.type, async (params) => {
    const name: unknown = params?.command;
    const command = typeof name === 'string' ? commands.get(name) : undefined;
    if (command === undefined) throw invalidParams('a known command');
    return command(asArray(params.arguments)[0]);
  });

  async function applySuppression(argument: unknown): Promise<ApplyWorkspaceEditResult> {
    const suppression = asReasonedSuppression(argument);
    if (suppression === undefined) throw invalidParams('a finding to suppress and a reason for it');
    const { uri, finding, scope, reason } = suppression;
    const path = toPath(uri);
    const document = path === undefined ? undefined : session.document(path);
    if (path === undefined || document?.version !== finding.version) throw contentModified();
    const { workspace } = document.folder;
    const current = workspace
      .findings(path)
      .find(
        (candidate) =>
          candidate.rule === finding.rule &&
          candidate.messageId === finding.messageId &&
          candidate.start === finding.start &&
          candidate.end === finding.end,
      );
    const edits = current && workspace.suppress(path, current, scope, reason);
    const edit = edits && toWorkspaceEdit(edits, ctx.edits);
    if (edit === undefined) throw contentModified();
    if (!ctx.client.applyEdit) {
      throw new ResponseError(ErrorCodes.InvalidRequest, 'The client cannot apply edits (workspace/applyEdit).');
    }
    return connection.sendRequest(ApplyWorkspaceEditRequest.type, { label: `Suppress ${finding.rule}`, edit });
  }

  async function openRulePage(argument: unknown): Promise<unknown> {
    const page = asRulePage(argument);
    if (page === undefined) throw invalidParams('a rule page');
    if (!ctx.client.showDocument) return null;
    return connection.sendRequest(ShowDocumentRequest.type, { uri: page.url, external: true });
  }
}
