import type { Disposable } from 'vscode-languageserver';
import {
  type ChecklistChanged,
  type ChecklistChildrenParams,
  type ChecklistItemDetails,
  type ChecklistItemParams,
  type ChecklistNode,
  type ChecklistPresentation,
  type ChecklistRoots,
  checklistChangedNotification,
  checklistChildrenRequest,
  checklistItemRequest,
  checklistRootsRequest,
} from '#protocol/checklist.ts';
import { itemDetails } from '../checklist/details.ts';
import { findItem } from '../checklist/lookup.ts';
import { ChecklistTree } from '../checklist/tree.ts';
import type { ServerContext } from '../context.ts';
import { asObject } from '../convert/fromLsp.ts';

/** Answers for the tree of checklists in pieces, and tells clients that show it what to ask for anew. */
export function register(ctx: ServerContext): void {
  const { connection, session, texts, checklists } = ctx;
  const tree = new ChecklistTree(session, texts, () => checklists.settled);

  ctx.onRequest<ChecklistPresentation, ChecklistRoots>({ method: checklistRootsRequest }, async (params) =>
    tree.roots(asObject(params) ?? {}, checklists.revision),
  );
  ctx.onRequest<ChecklistChildrenParams, readonly ChecklistNode[]>(
    { method: checklistChildrenRequest },
    async (params) => tree.children({ ...asObject(params), id: params?.id }),
  );
  ctx.onRequest<ChecklistItemParams, ChecklistItemDetails | null>({ method: checklistItemRequest }, async (params) => {
    const known = findItem(session, params?.id);
    return known === undefined ? null : itemDetails(known, texts);
  });

  ctx.onInitialized(() => {
    if (ctx.client.options.checklist !== true) return;
    const listener: Disposable = checklists.onDidChange(({ revision, documents, listed }) => {
      const params: ChecklistChanged = {
        revision,
        documents: documents.map((path) => texts.uri(path)),
        listed,
        summary: tree.summary(),
      };
      connection.sendNotification(checklistChangedNotification, params).catch(() => {});
    });
    ctx.onShutdown(listener);
  });
}
