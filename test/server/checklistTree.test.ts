import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChecklistView, JudgedDocument } from '#engine/checklist/view.ts';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { createMemoryHost } from '#host/memory.ts';
import type { ChecklistFilter, ChecklistNode, ChecklistPresentation } from '#protocol/checklist.ts';
import { ChecklistTree } from '#server/checklist/tree.ts';
import { Texts } from '#server/convert/texts.ts';
import type { Session } from '#server/session.ts';
import { judge, root, workspaceOf } from '../checklist/judgeWorkspace.ts';
import { random } from '../rules/kit/random.ts';

/** The tree over what `view` answers at the time. */
function treeOf(view: () => ChecklistView): ChecklistTree {
  const folder = { root, loose: false, settings: {}, workspace: { checklist: view } };
  const session = {
    folders: [folder],
    folderOf: () => folder,
    document: () => undefined,
  } as unknown as Session;
  return new ChecklistTree(session, new Texts(session, createMemoryHost({})), () => true);
}

/** All of a tree, opened to the last node. */
function whole(tree: ChecklistTree, presentation: ChecklistPresentation): unknown {
  const open = (node: ChecklistNode): unknown => ({
    ...node,
    below: node.hasChildren ? tree.children({ ...presentation, id: node.id }).map(open) : [],
  });
  const { nodes, ...rest } = tree.roots(presentation, 1);
  return { ...rest, nodes: nodes.map(open) };
}

const frames = '<!-- airworthy: security/iframe-sandbox-escape -->';
const LINES = [
  '# Launch checklist',
  '## 🔴 Critical',
  '## P2 Later',
  '### Frames ✅',
  `- [x] Frames of partners isolated ${frames}`,
  `- [ ] Frames of adverts isolated ${frames}`,
  '- [x] Backups are restored every week',
  '  - [ ] of the database',
  '  - [x] of the files',
  '- [ ] Numeric sort order - `src/a.ts`',
  `- [x] Old frames ${frames} <!-- airworthy: waived until 2026-01-01: old -->`,
  'Prose that is no item.',
];
const CODE = [
  "const frame = document.createElement('iframe');\nframe.sandbox.add('allow-scripts', 'allow-same-origin');\n",
  'export const sorted = [3, 20].sort();\n',
  'export const one = 1;\n',
];
const FILTERS: readonly (ChecklistFilter | undefined)[] = [
  undefined,
  { text: 'frames isolated' },
  { text: 'src/a' },
  { priorities: ['P0', 'none'] },
  { verdicts: ['contradicted', 'expired'] },
  { verdicts: ['open'], text: 'of' },
  { text: 'nothing has these words' },
];

test('the tree after each edit is the tree made anew', async () => {
  const chooser = random(11);
  const list = () => Array.from({ length: 4 + chooser.below(12) }, () => chooser.pick(LINES)).join('\n');
  const names = ['CHECKLIST.md', 'docs/launch.md', 'docs/hardening-checklist.md'];
  const workspace: Workspace = workspaceOf({ 'src/a.ts': '', ...Object.fromEntries(names.map((name) => [name, ''])) });
  for (const name of names) workspace.open(`${root}/${name}`, 'markdown', 1, list());
  workspace.open(`${root}/src/a.ts`, 'typescript', 1, '');
  const tree = treeOf(() => workspace.checklist());
  let items = 0;
  for (let step = 0; step < 80; step++) {
    const name = chooser.pick([...names, 'src/a.ts']);
    const text = name === 'src/a.ts' ? chooser.pick(CODE) : list();
    workspace.change(`${root}/${name}`, step + 2, [{ text }]);
    await judge(workspace);
    // Objects of its own: nothing that was kept for the others is found for them.
    const copy = structuredClone(workspace.checklist());
    const fresh = treeOf(() => copy);
    for (const group of ['document', 'priority', 'verdict'] as const) {
      const presentation: ChecklistPresentation = {
        group,
        sort: chooser.pick(['text', 'priority', 'verdict'] as const),
        ...withFilter(chooser.pick(FILTERS)),
      };
      assert.deepEqual(
        whole(tree, presentation),
        whole(fresh, presentation),
        `step ${step}, ${JSON.stringify(presentation)}`,
      );
    }
    items += tree.roots({}, 1).total;
  }
  assert.ok(items > 500, 'there was something to compare');
  workspace.dispose();
});

test('an answer looks at no items but those in it, and those that were judged anew', async () => {
  const names = ['a', 'b', 'c', 'd'].map((name) => `${name}-checklist.md`);
  const files = Object.fromEntries(names.map((name) => [name, `- [x] Item of ${name} ${frames}\n`]));
  const workspace = await judge(workspaceOf({ 'src/a.ts': CODE[0] ?? '', ...files }));
  const looked = new Set<string>();
  /** The same document in new objects that note each look at a verdict. */
  const anew = (document: JudgedDocument): JudgedDocument => ({
    ...document,
    items: document.items.map((item) =>
      Object.defineProperty({ ...item }, 'verdict', {
        get() {
          looked.add(document.name);
          return item.verdict;
        },
      }),
    ),
  });
  let view: ChecklistView = workspace.checklist();
  view = { ...view, documents: view.documents.map(anew) };
  const tree = treeOf(() => view);
  const lookedFor = (work: () => unknown): readonly string[] => {
    looked.clear();
    work();
    return [...looked].sort();
  };
  const filter: ChecklistFilter = { verdicts: ['contradicted'] };
  const all = () => [tree.roots({ filter }, 1), tree.roots({ filter, group: 'priority' }, 1), tree.roots({}, 1)];
  assert.deepEqual(lookedFor(all), names);
  assert.equal(tree.roots({ filter }, 1).shown, 4);
  assert.deepEqual(lookedFor(all), []);
  view = { ...view, documents: view.documents.map((known, index) => (index === 2 ? anew(known) : known)) };
  assert.deepEqual(lookedFor(all), ['c-checklist.md']);
  const id = tree.roots({ filter }, 1).nodes[1]?.id ?? '';
  assert.deepEqual(
    lookedFor(() => assert.equal(tree.children({ id, filter }).length, 1)),
    ['b-checklist.md'],
  );
  workspace.dispose();
});

function withFilter(filter: ChecklistFilter | undefined): ChecklistPresentation {
  return filter === undefined ? {} : { filter };
}
