import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChecklistDocumentNode, ChecklistItemNode, ChecklistNode } from '#protocol/checklist.ts';
import { type Stale, TreeModel, type TreeNode } from '../../client/checklist/treeModel.ts';

const item = (id: string, findings = 0): ChecklistItemNode => ({
  kind: 'item',
  id,
  label: id,
  hasChildren: false,
  uri: 'file:///w/a.md',
  line: 0,
  status: 'done',
  canTick: true,
  verdict: findings > 0 ? 'contradicted' : 'verified',
  why: '',
  priority: 'P1',
  blocker: false,
  findings,
  gate: false,
  disputed: false,
  path: [],
});

const document = (name: string, broken = 0): ChecklistDocumentNode => ({
  kind: 'document',
  id: name,
  label: name,
  hasChildren: true,
  uri: `file:///w/${name}`,
  name,
  counts: { items: 2, counted: 2, proven: 2 - broken, blockers: 0, broken },
  collapsed: false,
});

/** A server whose answers can be held back. */
class Server {
  readonly nodes = new Map<string | undefined, readonly ChecklistNode[]>();
  readonly asked: (string | undefined)[] = [];
  #held: Promise<void> = Promise.resolve();

  hold(): () => void {
    let release = (): void => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  readonly fetch = async (parent: TreeNode | undefined): Promise<readonly ChecklistNode[]> => {
    this.asked.push(parent?.id);
    await this.#held;
    return this.nodes.get(parent?.id) ?? [];
  };
}

/** As VS Code's: what is below a place that is refreshed is forgotten until it was asked for again. */
class View {
  readonly known = new Map<string, TreeNode>();
  readonly drawn: string[] = [];
  readonly #model: TreeModel;

  constructor(model: TreeModel) {
    this.#model = model;
  }

  async draw(parent?: TreeNode): Promise<void> {
    for (const place of this.known.values()) {
      for (let up = place.parent; up !== undefined || parent === undefined; up = up?.parent) {
        if (up !== parent) continue;
        this.known.delete(place.id);
        break;
      }
    }
    for (const place of await this.#model.children(parent)) {
      this.known.set(place.id, place);
      this.drawn.push(place.id);
      if (place.node.hasChildren) await this.draw(place);
    }
  }

  async refresh(stale: Stale): Promise<void> {
    if (stale === 'all') return await this.draw();
    for (const place of stale) {
      this.drawn.push(place.id);
      await this.draw(place);
    }
  }

  /** A click on a box reaches the extension when the view knows the place. */
  click(id: string): boolean {
    return this.known.has(id);
  }
}

async function opened(): Promise<{ server: Server; model: TreeModel; view: View }> {
  const server = new Server();
  server.nodes.set(undefined, [document('a.md'), document('b.md')]);
  server.nodes.set('a.md', [item('a1'), item('a2')]);
  server.nodes.set('b.md', [item('b1')]);
  const model = new TreeModel(server.fetch);
  const view = new View(model);
  await view.draw();
  view.drawn.length = 0;
  server.asked.length = 0;
  return { server, model, view };
}

const news = { documents: ['file:///w/a.md'] };

describe('late findings', () => {
  it('lose no click while they are fetched, however long the server takes', async () => {
    const { server, model, view } = await opened();
    server.nodes.set(undefined, [document('a.md', 1), document('b.md')]);
    server.nodes.set('a.md', [item('a1', 3), item('a2')]);
    const release = server.hold();
    const drawn = model.update(news, true).then((stale) => view.refresh(stale));
    await new Promise(setImmediate);
    assert.ok(server.asked.length > 0, 'the news is being fetched');
    assert.ok(view.click('a2'), 'the box under the mouse is known');
    release();
    await drawn;
    assert.deepEqual(view.known.get('a1')?.node, item('a1', 3));
    assert.ok(view.click('a2'));
    const answered = server.asked.length;
    assert.deepEqual(server.asked, [undefined, 'a.md'], 'what the view asks for while it draws is there already');
    await view.draw(view.known.get('a.md'));
    assert.equal(server.asked.length, answered + 1, 'and only for that once');
  });

  it('draw nothing anew that is told as before', async () => {
    const { server, model, view } = await opened();
    const before = view.known.get('a2');
    server.nodes.set('a.md', [item('a1', 3), item('a2')]);
    await view.refresh(await model.update(news, true));
    assert.deepEqual(view.drawn, ['a1'], 'one row');
    await view.refresh(await model.update(news, true));
    assert.deepEqual(view.drawn, ['a1'], 'no row');
    assert.equal(view.known.get('a2'), before);
  });

  it('draw a place whose parts are others, and all when documents are', async () => {
    const { server, model, view } = await opened();
    server.nodes.set('a.md', [item('a2'), item('a3')]);
    await view.refresh(await model.update(news, true));
    assert.deepEqual([...view.known.keys()].sort(), ['a.md', 'a2', 'a3', 'b.md', 'b1']);
    server.nodes.set(undefined, [document('b.md'), document('c.md')]);
    server.nodes.set('c.md', [item('c1')]);
    assert.equal(await model.update({ documents: ['file:///w/c.md'] }, true), 'all');
    await view.draw();
    assert.deepEqual([...view.known.keys()].sort(), ['b.md', 'b1', 'c.md', 'c1']);
  });

  it('are dropped when the tree became another one meanwhile', async () => {
    const { server, model } = await opened();
    const release = server.hold();
    server.nodes.set('a.md', [item('a1', 3)]);
    const stale = model.update(news, true);
    await new Promise(setImmediate);
    model.forget();
    release();
    assert.deepEqual(await stale, []);
    server.asked.length = 0;
    await model.children(undefined);
    assert.deepEqual(server.asked, [undefined]);
  });
});
