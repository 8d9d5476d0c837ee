import type { ChecklistChanged, ChecklistNode } from '#protocol/checklist.ts';

/** A place in the tree. The object stays the same while its node is told anew, so that the view can refresh parts. */
export interface TreeNode {
  readonly id: string;
  readonly parent: TreeNode | undefined;
  node: ChecklistNode;
}

/** Asks the server for what is below a place, or for the top. */
export type Fetch = (parent: TreeNode | undefined) => Promise<readonly ChecklistNode[]>;

/** What has to be drawn anew: places, or all. */
export type Stale = readonly TreeNode[] | 'all';

/**
 * What the view shows of the tree, as far as it was opened. A view that is told to refresh a place forgets what is below it
 * until it has asked again, and a click on a box that it has forgotten is lost. So news is fetched first, and then the view
 * is told of the places that differ and finds the answers here.
 */
export class TreeModel {
  readonly #fetch: Fetch;
  readonly #below = new WeakMap<TreeNode, readonly TreeNode[]>();
  #roots: readonly TreeNode[] | undefined;
  /** Places whose children were fetched for a refresh that is to come; `this` is the top. Another object after {@link forget}. */
  #current = new WeakSet<object>();
  #updates: Promise<unknown> = Promise.resolve();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** What is below a place, or at the top: just fetched for a refresh, or fetched now. */
  async children(parent: TreeNode | undefined): Promise<readonly TreeNode[]> {
    const known = this.#known(parent);
    if (known !== undefined && this.#current.delete(parent ?? this)) return known;
    return this.#take(parent, await this.#fetch(parent));
  }

  /** All is void: filters, order, or the server are others. */
  forget(): void {
    this.#current = new WeakSet();
  }

  /**
   * Fetches what may differ and is open; answers what differs. `byDocument` says that the roots are the documents, so that
   * news about others does not matter. One update after the other.
   */
  update(news: Pick<ChecklistChanged, 'documents'>, byDocument: boolean): Promise<Stale> {
    const next = this.#updates.then(() => this.#update(new Set(news.documents), byDocument));
    this.#updates = next.catch(() => {});
    return next;
  }

  async #update(documents: ReadonlySet<string>, byDocument: boolean): Promise<Stale> {
    const generation = this.#current;
    // Before the view was ever opened, too: whoever fetches also tells how many blockers there are.
    const before = this.#roots ?? [];
    const nodes = await this.#fetch(undefined);
    if (generation !== this.#current) return [];
    const stale = differing(before, nodes);
    const roots = this.#take(undefined, nodes);
    const touched = roots.filter(({ node }) => !byDocument || !('uri' in node) || documents.has(node.uri));
    const below = await Promise.all(touched.map((root) => this.#updateBelow(root)));
    // Somebody filtered meanwhile: what was fetched is of another tree.
    if (generation !== this.#current) return [];
    if (stale === 'all') {
      this.#current.add(this);
      return 'all';
    }
    return highest([...stale, ...below.flat()]);
  }

  /** Brings what is open below a place up to date; answers the places to draw, the place itself if they are others. */
  async #updateBelow(place: TreeNode): Promise<readonly TreeNode[]> {
    const before = this.#below.get(place);
    if (before === undefined) return [];
    const nodes = await this.#fetch(place);
    const stale = differing(before, nodes);
    const children = this.#take(place, nodes);
    this.#current.add(place);
    const below = await Promise.all(children.map((child) => this.#updateBelow(child)));
    return stale === 'all' ? [place] : [...stale, ...below.flat()];
  }

  #known(parent: TreeNode | undefined): readonly TreeNode[] | undefined {
    return parent === undefined ? this.#roots : this.#below.get(parent);
  }

  /** Nodes as places, the known ones of the same id kept. */
  #take(parent: TreeNode | undefined, nodes: readonly ChecklistNode[]): readonly TreeNode[] {
    const byId = new Map((this.#known(parent) ?? []).map((place) => [place.id, place]));
    const places = nodes.map((node) => {
      const place = byId.get(node.id);
      if (place === undefined) return { id: node.id, parent, node };
      place.node = node;
      return place;
    });
    if (parent === undefined) this.#roots = places;
    else this.#below.set(parent, places);
    return places;
  }
}

/** Places whose nodes are told otherwise; `all` when they are not the same places in the same order. */
function differing(before: readonly TreeNode[], nodes: readonly ChecklistNode[]): readonly TreeNode[] | 'all' {
  if (before.length !== nodes.length || before.some(({ id }, index) => id !== nodes[index]?.id)) return 'all';
  return before.filter(({ node }, index) => JSON.stringify(node) !== JSON.stringify(nodes[index]));
}

/** Without those below others: a place is drawn with all that is below it. */
function highest(places: readonly TreeNode[]): readonly TreeNode[] {
  const all = new Set(places);
  return [...all].filter((place) => {
    for (let { parent } = place; parent !== undefined; parent = parent.parent) if (all.has(parent)) return false;
    return true;
  });
}
