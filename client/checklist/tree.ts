import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { ChecklistChanged, ChecklistNode, ChecklistRoots } from '#protocol/checklist.ts';
import { present } from './present.ts';
import type { PresentationState } from './presentationState.ts';
import type { ChecklistServer } from './server.ts';
import { toTreeItem } from './treeItem.ts';
import { TreeModel, type TreeNode } from './treeModel.ts';

/** The tree of checklists, asked for as far as it is open. */
export class ChecklistTree implements TreeDataProvider<TreeNode> {
  readonly #server: ChecklistServer;
  readonly #state: PresentationState;
  readonly #changed = new EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly #loaded = new EventEmitter<ChecklistRoots | undefined>();
  readonly #model = new TreeModel((parent) => (parent === undefined ? this.#load() : this.#loadBelow(parent)));

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
    return [...(await this.#model.children(parent))];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  /** Tells all that is open anew, or one place. */
  refresh(node?: TreeNode): void {
    if (node === undefined) this.#model.forget();
    this.#changed.fire(node);
  }

  /** Tells anew what differs. */
  async update(news: ChecklistChanged): Promise<void> {
    const stale = await this.#model.update(news, this.#state.group === 'document');
    if (stale === 'all') this.#changed.fire(undefined);
    else if (stale.length > 0) this.#changed.fire([...stale]);
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

  async #loadBelow({ id }: TreeNode): Promise<readonly ChecklistNode[]> {
    try {
      return await this.#server.children({ ...this.#state.current, id });
    } catch {
      // The server went away; its next start tells the tree anew.
      return [];
    }
  }
}
