import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { ChecklistChanged, ChecklistNode, ChecklistRoots } from '#protocol/checklist.ts';
import { present } from './present.ts';
import type { PresentationState } from './presentationState.ts';
import type { ChecklistServer } from './server.ts';
import { toTreeItem } from './treeItem.ts';

/** A place in the tree. The object stays the same while its node is told anew, so that the view can refresh parts. */
export interface TreeNode {
  readonly id: string;
  readonly parent: TreeNode | undefined;
  node: ChecklistNode;
}

/** The tree of checklists, asked for as far as it is open. */
export class ChecklistTree implements TreeDataProvider<TreeNode> {
  readonly #server: ChecklistServer;
  readonly #state: PresentationState;
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly #loaded = new EventEmitter<ChecklistRoots | undefined>();
  #roots: readonly TreeNode[] = [];
  readonly #children = new WeakMap<TreeNode, readonly TreeNode[]>();

  readonly onDidChangeTreeData = this.#changed.event;
  /** The top of the tree was told anew; `undefined` while there is no server to tell. */
  readonly onDidLoad = this.#loaded.event;

  constructor(server: ChecklistServer, state: PresentationState) {
    this.#server = server;
    this.#state = state;
  }

  getTreeItem({ node }: TreeNode): TreeItem {
    return toTreeItem(present(node, this.#state.group !== 'document'), node);
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    if (parent === undefined) {
      this.#roots = adopt(await this.#load(), this.#roots, undefined);
      return [...this.#roots];
    }
    try {
      const nodes = await this.#server.children({ ...this.#state.current, id: parent.id });
      const children = adopt(nodes, this.#children.get(parent) ?? [], parent);
      this.#children.set(parent, children);
      return [...children];
    } catch {
      // The server went away; its next start tells the tree anew.
      return [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  /** Tells all that is open anew, or one place. */
  refresh(node?: TreeNode): void {
    this.#changed.fire(node);
  }

  /** Tells anew what differs: the documents named, where the tree is one of documents and they are in it. */
  async update({ documents, listed }: ChecklistChanged): Promise<void> {
    const before = this.#roots;
    if (listed || this.#state.group !== 'document') {
      this.refresh();
      return;
    }
    const nodes = await this.#load();
    if (nodes.length !== before.length || nodes.some(({ id }, index) => id !== before[index]?.id)) {
      this.refresh();
      return;
    }
    this.#roots = adopt(nodes, before, undefined);
    for (const root of this.#roots) {
      if ('uri' in root.node && documents.includes(root.node.uri)) this.refresh(root);
    }
  }

  dispose(): void {
    this.#changed.dispose();
    this.#loaded.dispose();
  }

  async #load(): Promise<readonly ChecklistNode[]> {
    try {
      const roots = await this.#server.roots(this.#state.current);
      this.#loaded.fire(roots);
      return roots.nodes;
    } catch {
      this.#loaded.fire(undefined);
      return [];
    }
  }
}

/** Nodes as places, the known ones of the same id kept. */
function adopt(
  nodes: readonly ChecklistNode[],
  known: readonly TreeNode[],
  parent: TreeNode | undefined,
): readonly TreeNode[] {
  const byId = new Map(known.map((place) => [place.id, place]));
  return nodes.map((node) => {
    const place = byId.get(node.id);
    if (place === undefined) return { id: node.id, parent, node };
    place.node = node;
    return place;
  });
}
