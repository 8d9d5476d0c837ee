import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { FixEdit } from '#api';
import { FixFailed } from '#engine/workspace/fixFailed.ts';
import type { FixOffer } from '#engine/workspace/workspace.ts';
import type { DocumentRequest, ServerContext } from '../context.ts';
import { asFindingData, asObject } from '../convert/fromLsp.ts';
import { findingData, toWorkspaceEdit } from '../convert/toLsp.ts';
import type { DeferredEdit } from './codeActions.ts';

/** Ends the title of a fix that needs a human eye. */
const review = ' (review)';
/** Name of this source in the data of its actions. */
const source = 'fix';

/** Offers the fixes of the findings at hand. Those that need a human eye say so in their title. */
export function register(ctx: ServerContext): void {
  const { session } = ctx;
  const costly = new Set(
    ctx.environment.rules.flatMap(({ id, fixes }) =>
      Object.entries(fixes ?? {}).flatMap(([messageId, list]) =>
        (list ?? []).flatMap((fix, index) => (fix.deferred === true ? [`${id} ${messageId} ${index}`] : [])),
      ),
    ),
  );
  const isDeferred = ({ finding, index }: FixOffer): boolean =>
    ctx.client.lazyEdits && costly.has(`${finding.rule} ${finding.messageId} ${index}`);

  ctx.actions.push({
    kind: CodeActionKind.QuickFix,
    async provide({ request, offers, diagnosticOf }) {
      const found: CodeAction[] = [];
      const preferred = new Set<string>();
      for (const offer of offers) {
        const { finding, index, title, safety } = offer;
        const action: CodeAction = {
          title: safety === 'safe' ? title : title + review,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnosticOf(finding)],
        };
        const key = `${finding.rule} ${finding.start} ${finding.end}`;
        if (ctx.client.preferredActions && safety === 'safe' && !preferred.has(key)) {
          action.isPreferred = true;
          preferred.add(key);
        }
        if (isDeferred(offer)) {
          const { version } = request;
          action.data = {
            source,
            uri: request.document.uri,
            version,
            finding: findingData(finding, version),
            index,
          } satisfies DeferredEdit & { finding: unknown; index: number };
        } else {
          const edits = await editsOf(offer, request);
          await request.breathe();
          const edit = edits && toWorkspaceEdit(edits, ctx.edits);
          if (edit === undefined) continue;
          action.edit = edit;
        }
        found.push(action);
      }
      ctx.logFailures(request.workspace);
      return found;
    },
    deferred: {
      source,
      async edit(data, path) {
        const finding = asFindingData(asObject(data['finding']));
        const document = session.document(path);
        if (finding === undefined || document === undefined) return undefined;
        const { workspace } = document.folder;
        const offers = await workspace.fixes(path, document.version, finding);
        const offer = offers.find(
          (candidate) =>
            candidate.index === data['index'] &&
            candidate.finding.rule === finding.rule &&
            candidate.finding.messageId === finding.messageId &&
            candidate.finding.start === finding.start &&
            candidate.finding.end === finding.end,
        );
        const edits = offer && (await workspace.fixEdits(offer));
        return edits && toWorkspaceEdit(edits, ctx.edits);
      },
    },
  });
}

/** Edits of an offer; none when its fix fails, which costs the light bulb that one fix. */
async function editsOf(offer: FixOffer, { workspace }: DocumentRequest): Promise<readonly FixEdit[] | undefined> {
  try {
    return await workspace.fixEdits(offer);
  } catch (error) {
    if (error instanceof FixFailed) return undefined;
    throw error;
  }
}
