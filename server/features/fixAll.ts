import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { toWorkspaceEdit } from '../convert/toLsp.ts';
import type { DeferredEdit } from './codeActions.ts';

/** Editors run this on save when it is switched on there: safe fixes only. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.airworthy`;
/** Name of this source in the data of its actions. */
const source = 'fixAll';

/** Offers all safe fixes of a document at once, and those of one rule where it has several findings. */
export function register(ctx: ServerContext): void {
  ctx.actions.push({
    kind: fixAllKind,
    async provide({ request, wants }) {
      // Asked for anything, clients mean the light bulb, where this would stand under every finding.
      if (!wants(fixAllKind, 'named')) return [];
      const edits = await request.workspace.fixAll(request.path);
      request.check();
      const edit = toWorkspaceEdit(edits, ctx.edits);
      return edit === undefined ? [] : [{ title: 'Apply all safe fixes of Airworthy', kind: fixAllKind, edit }];
    },
  });

  ctx.actions.push({
    kind: CodeActionKind.QuickFix,
    async provide({ request, offers, diagnosticOf }) {
      const found: CodeAction[] = [];
      const all = request.workspace.findings(request.path);
      for (const rule of new Set(
        offers.filter((offer) => offer.safety === 'safe').map(({ finding }) => finding.rule),
      )) {
        if (all.filter((finding) => finding.rule === rule).length < 2) continue;
        const action: CodeAction = {
          title: `Fix all ${rule} in this file`,
          kind: CodeActionKind.QuickFix,
          diagnostics: offers
            .filter(({ finding }) => finding.rule === rule)
            .map(({ finding }) => diagnosticOf(finding)),
        };
        if (ctx.client.lazyEdits) {
          const { uri } = request.document;
          action.data = { source, uri, version: request.version, rule } satisfies DeferredEdit & { rule: string };
        } else {
          const edits = await request.workspace.fixAll(request.path, { rule });
          request.check();
          const edit = toWorkspaceEdit(edits, ctx.edits);
          if (edit === undefined) continue;
          action.edit = edit;
        }
        found.push(action);
      }
      return found;
    },
    deferred: {
      source,
      async edit({ rule }, path) {
        const document = ctx.session.document(path);
        if (document === undefined || typeof rule !== 'string') return undefined;
        return toWorkspaceEdit(await document.folder.workspace.fixAll(path, { rule }), ctx.edits);
      },
    },
  });
}
