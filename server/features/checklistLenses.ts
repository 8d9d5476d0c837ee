import {
  type CodeLens,
  type CodeLensParams,
  CodeLensRefreshRequest,
  CodeLensRequest,
  type Command,
} from 'vscode-languageserver';
import type { JudgedItem } from '#engine/checklist/view.ts';
import { applyTickCommand, type ChecklistTick, goToEvidenceCommand, runGateCommand } from '#protocol/checklist.ts';
import { verdictWords } from '#protocol/verdicts.ts';
import { judgedDocument } from '../checklist/markdown.ts';
import { formatNodeId } from '../checklist/nodeIds.ts';
import type { ServerContext } from '../context.ts';

/** Above items that the code, or a gate, has something to say about: what it says, and what can be done about it. */
export function register(ctx: ServerContext): void {
  const { connection, checklists } = ctx;

  ctx.onInitialize((capabilities) => {
    capabilities.codeLensProvider = {};
  });

  ctx.onDocumentRequest<CodeLensParams, CodeLens[]>(CodeLensRequest.type, async (request) => {
    const known = await judgedDocument(ctx, request);
    return (known?.judged.items ?? []).flatMap((judged) => {
      const commands = lenses(judged, ctx.client.options.checklist === true);
      const range = request.lines.range(judged.item.titleSpan);
      return commands.map((command): CodeLens => ({ range, command }));
    });
  });

  ctx.onInitialized(() => {
    if (!ctx.client.refreshCodeLenses) return;
    ctx.onShutdown(
      checklists.onDidChange(({ documents }) => {
        if (!documents.some((path) => ctx.session.document(path) !== undefined)) return;
        connection.sendRequest(CodeLensRefreshRequest.method).catch(() => {});
      }),
    );
  });
}

/** `commands` says whether the client has those that only a client can have. */
function lenses(judged: JudgedItem, commands: boolean): readonly Command[] {
  const { item, verdict, evidence, path } = judged;
  const id = formatNodeId({ kind: 'item', path, id: item.id });
  const found = evidence.reduce((sum, { findings }) => sum + findings.length, 0);
  const done =
    verdict === 'satisfied' ? true : verdict === 'contradicted' || verdict === 'regressed' ? false : undefined;
  const tick: ChecklistTick | undefined =
    done === undefined || item.mark?.toggled === undefined ? undefined : { id, done };
  const count = found === 1 ? '1 finding' : `${found} findings`;
  const isBroken = verdict === 'contradicted' || verdict === 'regressed' || verdict === 'expired';
  const words = [...(isBroken ? [verdictWords[verdict]] : []), ...(found > 0 ? [count] : [])].join(': ');
  return [
    // An empty name makes it a text.
    ...(words ? [{ title: words, command: commands && found > 0 ? goToEvidenceCommand : '', arguments: [id] }] : []),
    ...(commands && item.gate?.command !== undefined
      ? [{ title: 'Run gate', command: runGateCommand, arguments: [id] }]
      : []),
    ...(tick === undefined
      ? []
      : [{ title: tick.done ? 'Mark done' : 'Mark open', command: applyTickCommand, arguments: [tick] }]),
  ];
}
