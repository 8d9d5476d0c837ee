import type { JudgedItem } from '#engine/checklist/view.ts';
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
import { countItems, sumUp } from './counts.ts';
import { type ItemTest, itemRank, itemTest } from './filter.ts';
import { checklistFolders, findDocument, itemsById, type KnownDocument, knownDocuments } from './lookup.ts';
import { formatNodeId, type NodeId, parseNodeId, priorityGroups } from './nodeIds.ts';
import { documentNode, itemNode, sectionNode } from './nodes.ts';
import { type OutlineNode, outlineOf } from './outline.ts';

const priorityLabels = { P0: 'P0 · Critical', P1: 'P1 · High', P2: 'P2 · Medium', P3: 'P3 · Low', none: 'No priority' };

/** The tree of checklists in pieces, from the views that the folders' workspaces hold. Keeps nothing itself. */
export class ChecklistTree {
  readonly #session: Session;
  readonly #texts: Texts;

  constructor(session: Session, texts: Texts) {
    this.#session = session;
    this.#texts = texts;
  }

  summary(): ChecklistSummary {
    return sumUp(checklistFolders(this.#session).map((folder) => folder.workspace.checklist()));
  }

  roots(presentation: ChecklistPresentation, revision: number): ChecklistRoots {
    const documents = knownDocuments(this.#session);
    const test = itemTest(presentation.filter);
    const all = documents.flatMap(({ judged }) => judged.items);
    const { group } = presentation;
    return {
      revision,
      summary: this.summary(),
      total: all.length,
      shown: test === undefined ? all.length : all.filter(test).length,
      nodes:
        group === 'priority' || group === 'verdict' ? this.#groups(group, all, test) : this.#documents(documents, test),
    };
  }

  children(params: ChecklistChildrenParams): readonly ChecklistNode[] {
    const id = parseNodeId(params.id);
    const test = itemTest(params.filter);
    const order = params.sort === 'priority' || params.sort === 'verdict' ? params.sort : 'text';
    if (id === undefined) return [];
    if (id.kind === 'priority' || id.kind === 'verdict') return this.#members(id, test, order);
    const known = findDocument(this.#session, id.path);
    if (known === undefined) return [];
    const outline = outlineOf(known.judged.document);
    const below =
      id.kind === 'document'
        ? outline.roots
        : (id.kind === 'item' ? outline.items : outline.sections).get(id.id)?.children;
    return this.#nodes(known, below ?? [], test, order);
  }

  #documents(documents: readonly KnownDocument[], test: ItemTest | undefined): ChecklistNode[] {
    const folders = checklistFolders(this.#session).filter(({ loose }) => !loose);
    return documents
      .filter(({ judged }) => test === undefined || judged.items.some(test))
      .map((known) => {
        const { name } = known.judged;
        const { root } = known.folder;
        const full = folders.length > 1 ? `${root.slice(root.lastIndexOf('/') + 1)}/${name}` : name;
        return documentNode(known, full, known.judged.items.length > 0, this.#texts);
      });
  }

  #groups(by: 'priority' | 'verdict', all: readonly JudgedItem[], test: ItemTest | undefined): ChecklistNode[] {
    const ids: readonly NodeId[] =
      by === 'priority'
        ? priorityGroups.map((priority) => ({ kind: 'priority', priority }))
        : verdicts.map((verdict) => ({ kind: 'verdict', verdict }));
    return ids.flatMap((id): ChecklistNode[] => {
      const items = all.filter((item) => isMember(item, id) && (test === undefined || test(item)));
      if (items.length === 0) return [];
      const common = { kind: 'group', id: formatNodeId(id), counts: countItems(items), hasChildren: true } as const;
      if (id.kind === 'priority')
        return [{ ...common, of: { priority: id.priority }, label: priorityLabels[id.priority] }];
      return id.kind === 'verdict' ? [{ ...common, of: { verdict: id.verdict }, label: verdictWords[id.verdict] }] : [];
    });
  }

  /** Items of a group from all documents, without what is part of them: that may be in another group. */
  #members(id: NodeId, test: ItemTest | undefined, order: ChecklistOrder): ChecklistNode[] {
    return knownDocuments(this.#session)
      .flatMap((known) =>
        known.judged.items
          .filter((item) => isMember(item, id) && (test === undefined || test(item)))
          .map((item) => ({ known, item, rank: itemRank(item, order) })),
      )
      .sort((a, b) => a.rank - b.rank)
      .map(({ known, item }) => itemNode(known, item, false, this.#texts));
  }

  #nodes(
    known: KnownDocument,
    outline: readonly OutlineNode[],
    test: ItemTest | undefined,
    order: ChecklistOrder,
  ): ChecklistNode[] {
    const judged = itemsById(known.judged);
    const itemsOf = (node: OutlineNode): readonly JudgedItem[] => {
      const own = node.item === undefined ? undefined : judged.get(node.item.id);
      return [...(own === undefined ? [] : [own]), ...node.children.flatMap(itemsOf)];
    };
    return outline
      .map((node) => {
        const items = itemsOf(node);
        const shown = test === undefined ? items : items.filter(test);
        // A section or parent is as urgent as the most urgent item below it.
        const rank = shown.reduce((least, item) => Math.min(least, itemRank(item, order)), Infinity);
        return { node, items, shown, rank };
      })
      .filter(({ shown }) => shown.length > 0)
      .sort((a, b) => a.rank - b.rank)
      .flatMap(({ node, items, shown }): ChecklistNode[] => {
        if (node.section !== undefined) {
          return [sectionNode(known, node.section, countItems(items), true, this.#texts)];
        }
        const own = node.item === undefined ? undefined : judged.get(node.item.id);
        if (own === undefined) return [];
        return [
          itemNode(
            known,
            own,
            shown.some((item) => item !== own),
            this.#texts,
          ),
        ];
      });
  }
}

function isMember({ priority, verdict }: JudgedItem, id: NodeId): boolean {
  if (id.kind === 'priority') return (priority ?? 'none') === id.priority;
  return id.kind === 'verdict' && verdict === id.verdict;
}
