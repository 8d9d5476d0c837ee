import type {
  ChecklistChildrenParams,
  ChecklistNode,
  ChecklistOrder,
  ChecklistPresentation,
  ChecklistRoots,
  ChecklistSummary,
} from '#protocol/checklist.ts';
import { verdicts, verdictWords } from '#protocol/verdicts.ts';
import type { Texts } from '../convert/texts.ts';
import type { Session } from '../session.ts';
import { addCounts, noCounts, sumUp } from './counts.ts';
import { type ItemFilter, itemFilter, itemRank } from './filter.ts';
import { checklistFolders, findDocument, type KnownDocument, knownDocuments } from './lookup.ts';
import { formatNodeId, type NodeId, parseNodeId, priorityGroups } from './nodeIds.ts';
import { documentNode, itemNode, sectionNode } from './nodes.ts';
import { type OutlineNode, outlineOf } from './outline.ts';
import { type Members, selectionOf } from './selection.ts';

const priorityLabels = { P0: 'P0 · Critical', P1: 'P1 · High', P2: 'P2 · Medium', P3: 'P3 · Low', none: 'No priority' };

type GroupId = Extract<NodeId, { readonly kind: 'priority' | 'verdict' }>;

/**
 * The tree of checklists in pieces, from the views that the folders' workspaces hold. Keeps nothing itself: what takes a
 * walk over all items of a document is made once per judgement of it, and an answer costs what is in it.
 */
export class ChecklistTree {
  readonly #session: Session;
  readonly #texts: Texts;
  readonly #isSettled: () => boolean;

  /** `isSettled` says whether verdicts stay as they are unless somebody changes something. */
  constructor(session: Session, texts: Texts, isSettled: () => boolean) {
    this.#session = session;
    this.#texts = texts;
    this.#isSettled = isSettled;
  }

  summary(): ChecklistSummary {
    const summary = sumUp(checklistFolders(this.#session).map((folder) => folder.workspace.checklist()));
    return { ...summary, complete: summary.complete && this.#isSettled() };
  }

  roots({ group, filter: wanted }: ChecklistPresentation, revision: number): ChecklistRoots {
    const documents = knownDocuments(this.#session);
    const filter = itemFilter(wanted);
    return {
      revision,
      summary: this.summary(),
      total: documents.reduce((sum, { judged }) => sum + judged.items.length, 0),
      shown: documents.reduce((sum, { judged }) => sum + selectionOf(judged, filter).shown, 0),
      nodes:
        group === 'priority' || group === 'verdict'
          ? this.#groups(group, documents, filter)
          : this.#documents(documents, filter),
    };
  }

  children(params: ChecklistChildrenParams): readonly ChecklistNode[] {
    const id = parseNodeId(params.id);
    const filter = itemFilter(params.filter);
    const order = params.sort === 'priority' || params.sort === 'verdict' ? params.sort : 'text';
    if (id === undefined) return [];
    if (id.kind === 'priority' || id.kind === 'verdict') return this.#members(id, filter, order);
    const known = findDocument(this.#session, id.path);
    if (known === undefined) return [];
    const outline = outlineOf(known.judged.document);
    const below =
      id.kind === 'document'
        ? outline.roots
        : (id.kind === 'item' ? outline.items : outline.sections).get(id.id)?.children;
    return this.#nodes(known, below ?? [], filter, order);
  }

  #documents(documents: readonly KnownDocument[], filter: ItemFilter | undefined): ChecklistNode[] {
    const folders = checklistFolders(this.#session).filter(({ loose }) => !loose);
    return documents
      .filter(({ judged }) => filter === undefined || selectionOf(judged, filter).shown > 0)
      .map((known) => {
        const { name } = known.judged;
        const { root } = known.folder;
        const full = folders.length > 1 ? `${root.slice(root.lastIndexOf('/') + 1)}/${name}` : name;
        return documentNode(known, full, known.judged.items.length > 0, this.#texts);
      });
  }

  #groups(
    by: 'priority' | 'verdict',
    documents: readonly KnownDocument[],
    filter: ItemFilter | undefined,
  ): ChecklistNode[] {
    const ids: readonly GroupId[] =
      by === 'priority'
        ? priorityGroups.map((priority) => ({ kind: 'priority', priority }))
        : verdicts.map((verdict) => ({ kind: 'verdict', verdict }));
    return ids.flatMap((id): ChecklistNode[] => {
      const parts = documents.flatMap((known) => membersOf(known, id, filter) ?? []);
      if (parts.length === 0) return [];
      const counts = parts.reduce((sum, part) => addCounts(sum, part.counts), noCounts);
      const common = { kind: 'group', id: formatNodeId(id), counts, hasChildren: true } as const;
      return id.kind === 'priority'
        ? [{ ...common, of: { priority: id.priority }, label: priorityLabels[id.priority] }]
        : [{ ...common, of: { verdict: id.verdict }, label: verdictWords[id.verdict] }];
    });
  }

  /** Items of a group from all documents, without what is part of them: that may be in another group. */
  #members(id: GroupId, filter: ItemFilter | undefined, order: ChecklistOrder): ChecklistNode[] {
    return knownDocuments(this.#session)
      .flatMap((known) =>
        (membersOf(known, id, filter)?.items ?? []).map((item) => ({ known, item, rank: itemRank(item, order) })),
      )
      .sort((a, b) => a.rank - b.rank)
      .map(({ known, item }) => itemNode(known, item, false, this.#texts));
  }

  #nodes(
    known: KnownDocument,
    outline: readonly OutlineNode[],
    filter: ItemFilter | undefined,
    order: ChecklistOrder,
  ): ChecklistNode[] {
    const all = selectionOf(known.judged);
    const selection = selectionOf(known.judged, filter);
    return outline
      .map((node) => ({ node, branch: selection.branch(node) }))
      .filter(({ branch }) => branch.shown > 0)
      .sort((a, b) => a.branch.rank[order] - b.branch.rank[order])
      .flatMap(({ node, branch }): ChecklistNode[] => {
        if (node.section !== undefined) {
          return [sectionNode(known, node.section, all.branch(node).counts, true, this.#texts)];
        }
        return branch.own === undefined ? [] : [itemNode(known, branch.own, branch.hasParts, this.#texts)];
      });
  }
}

function membersOf({ judged }: KnownDocument, id: GroupId, filter: ItemFilter | undefined): Members | undefined {
  const selection = selectionOf(judged, filter);
  return id.kind === 'priority' ? selection.byPriority.get(id.priority) : selection.byVerdict.get(id.verdict);
}
