import type { ChecklistView, ClaimGroup, JudgedDocument, JudgedItem } from '#engine/checklist/view.ts';
import type { Folder, Session } from '../session.ts';
import { type NodeId, parseNodeId } from './nodeIds.ts';

/** A checklist and the folder it belongs to. */
export interface KnownDocument {
  readonly folder: Folder;
  readonly judged: JudgedDocument;
}

export interface KnownItem extends KnownDocument {
  readonly item: JudgedItem;
}

/** Folders whose checklists are shown. */
export function checklistFolders(session: Session): readonly Folder[] {
  return session.folders.filter(({ settings }) => settings.enable !== false);
}

/** Checklists of all folders, in the order of the folders and of their rank there. */
export function knownDocuments(session: Session): readonly KnownDocument[] {
  return checklistFolders(session).flatMap((folder) =>
    folder.workspace.checklist().documents.map((judged) => ({ folder, judged })),
  );
}

export function findDocument(session: Session, path: string): KnownDocument | undefined {
  const folder = session.folderOf(path);
  if (folder === undefined || folder.settings.enable === false) return undefined;
  const judged = folder.workspace.checklist().documents.find((document) => document.path === path);
  return judged && { folder, judged };
}

/** The item that a node's id names; `undefined` when there is none any more. */
export function findItem(session: Session, id: unknown): KnownItem | undefined {
  const node: NodeId | undefined = parseNodeId(id);
  if (node?.kind !== 'item') return undefined;
  const known = findDocument(session, node.path);
  const item = known && itemsById(known.judged).get(node.id);
  return known && item && { ...known, item };
}

const indexes = new WeakMap<JudgedDocument, ReadonlyMap<string, JudgedItem>>();

/** Judged items of a document by their id in it, made once per document (cache: items by id). */
export function itemsById(judged: JudgedDocument): ReadonlyMap<string, JudgedItem> {
  let index = indexes.get(judged);
  if (index === undefined) {
    index = new Map(judged.items.map((item) => [item.item.id, item]));
    indexes.set(judged, index);
  }
  return index;
}

const claims = new WeakMap<ChecklistView['groups'], ReadonlyMap<string, ClaimGroup>>();

/** Groups of the same claim by the keys of their items, made once per list of groups (cache: claims by item). */
export function claimsByItem({ groups }: ChecklistView): ReadonlyMap<string, ClaimGroup> {
  let index = claims.get(groups);
  if (index === undefined) {
    index = new Map(groups.flatMap((group) => group.items.map(({ key }) => [key, group] as const)));
    claims.set(groups, index);
  }
  return index;
}
