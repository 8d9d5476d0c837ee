import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type {
  ApplyWorkspaceEditParams,
  CodeLens,
  CompletionItem,
  DocumentLink,
  Hover,
  MarkupContent,
} from 'vscode-languageserver-protocol';
import type {
  ChecklistChanged,
  ChecklistChildrenParams,
  ChecklistEditResult,
  ChecklistItemDetails,
  ChecklistItemNode,
  ChecklistNode,
  ChecklistPresentation,
  ChecklistRoots,
} from '#protocol/checklist.ts';
import type { Client, Folder } from './support/client.ts';
import { start } from './support/start.ts';

const readiness = `# Readiness

## Blockers (P0)

- [x] Nothing dangerous is called <!-- airworthy: reliability/danger -->
- [ ] The pier is inspected
  - [ ] The long ladder was inspected

## Later

- [x] Boats float, see \`src/boat.ts:2\`
`;

const options = { initializationOptions: { checklist: true, status: true } };

function fill(folder: Folder): void {
  folder.write('package.json', '{ "name": "harbour", "private": true }\n');
  folder.write('src/boat.ts', 'export const boat = 1;\ndanger(boat);\n');
  folder.write('docs/READINESS.md', readiness);
}

async function startChecklist(t: TestContext, more: (folder: Folder) => void = () => {}) {
  const started = await start(t, options, (folder) => {
    fill(folder);
    more(folder);
  });
  const { client } = started;
  await client.until('a judged checklist', () => news(client).some(({ summary }) => summary.complete));
  return started;
}

const news = (client: Client): readonly ChecklistChanged[] =>
  client.received
    .filter(({ method }) => method === 'airworthy/checklistChanged')
    .map(({ params }) => params as ChecklistChanged);

const roots = (client: Client, params: ChecklistPresentation = {}) =>
  client.request<ChecklistRoots>('airworthy/checklist/roots', params);
const children = (client: Client, params: ChecklistChildrenParams) =>
  client.request<readonly ChecklistNode[]>('airworthy/checklist/children', params);
const execute = (client: Client, command: string, argument: unknown) =>
  client.request<ChecklistEditResult>('workspace/executeCommand', { command, arguments: [argument] });

/** Walks the tree as a client does that has everything open. */
async function lines(client: Client, presentation: ChecklistPresentation = {}): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (nodes: readonly ChecklistNode[], depth: number): Promise<void> => {
    for (const node of nodes) {
      found.push(`${'  '.repeat(depth)}${node.label}${node.kind === 'item' ? `: ${node.verdict}` : ''}`);
      if (node.hasChildren) await visit(await children(client, { ...presentation, id: node.id }), depth + 1);
    }
  };
  await visit((await roots(client, presentation)).nodes, 0);
  return found;
}

async function item(client: Client, label: string): Promise<ChecklistItemNode> {
  const all: ChecklistItemNode[] = [];
  for (const group of (await roots(client, { group: 'verdict' })).nodes) {
    for (const node of await children(client, { group: 'verdict', id: group.id })) {
      if (node.kind === 'item') all.push(node);
    }
  }
  const found = all.find((node) => node.label === label);
  assert.ok(found, `${label} is not among ${all.map((node) => node.label).join(', ')}`);
  return found;
}

describe('checklists', { timeout: 600_000 }, () => {
  it('come as a tree in pieces, with verdicts', async (t) => {
    const { client } = await startChecklist(t);
    assert.deepEqual(await lines(client), [
      'Readiness',
      '  Blockers (P0)',
      '    Nothing dangerous is called: contradicted',
      '    The pier is inspected: open',
      '      The long ladder was inspected: open',
      '  Later',
      '    Boats float, see src/boat.ts:2: not-checkable',
    ]);
  });

  it('are filtered, grouped and sorted by the server', async (t) => {
    const { client } = await startChecklist(t);
    assert.deepEqual(await lines(client, { filter: { text: 'LADDER' } }), [
      'Readiness',
      '  Blockers (P0)',
      '    The pier is inspected: open',
      '      The long ladder was inspected: open',
    ]);
    assert.deepEqual(await lines(client, { group: 'priority', filter: { verdicts: ['open', 'not-checkable'] } }), [
      'P0 · Critical',
      '  The pier is inspected: open',
      '  The long ladder was inspected: open',
      'No priority',
      '  Boats float, see src/boat.ts:2: not-checkable',
    ]);
    assert.deepEqual((await lines(client, { group: 'verdict', filter: { priorities: ['none'] } })).length, 2);
    const { total, shown, nodes } = await roots(client, { filter: { text: 'no such words' } });
    assert.deepEqual({ total, shown, nodes }, { total: 4, shown: 0, nodes: [] });
    // Malformed parts restrict nothing.
    assert.equal((await roots(client, { filter: { priorities: 'P0' } as never, sort: 7 as never })).shown, 4);
  });

  it('answer nothing for what is not there', async (t) => {
    const { client } = await startChecklist(t);
    for (const id of ['', 'item:', 'item:file:///a.md#b', 'section:nothing#', 'priority:P9', 4 as never]) {
      assert.deepEqual(await children(client, { id }), []);
      assert.equal(await client.request('airworthy/checklist/item', { id }), null);
      const command = execute(client, 'airworthy.applyTick', { id, done: true });
      await (typeof id === 'string'
        ? assert.doesNotReject(command.then(({ applied }) => assert.equal(applied, false)))
        : assert.rejects(command));
    }
    await assert.rejects(execute(client, 'airworthy.applyTick', null));
  });

  it('tell which documents differ as code is typed, and not when nothing does', async (t) => {
    const { client, folder } = await startChecklist(t, (files) => files.write('other/READINESS.md', '- [ ] Swim\n'));
    const uri = folder.uri('src/boat.ts');
    client.open(uri, 'export const boat = 1;\ndanger(boat);\n');
    await client.quiet();
    const before = news(client).length;
    client.replace(uri, 'danger(boat)', 'danger2(boat)');
    await client.until('news', () => news(client).length > before && news(client).at(-1)?.summary.complete);
    assert.deepEqual(
      [
        ...new Set(
          news(client)
            .slice(before)
            .flatMap(({ documents }) => documents),
        ),
      ],
      [folder.uri('docs/READINESS.md')],
    );
    assert.equal((await item(client, 'Nothing dangerous is called')).findings, 0);
    await client.quiet();
    const after = news(client).length;
    client.replace(uri, 'boat = 1', 'boat = 12');
    await client.quiet();
    assert.equal(news(client).length, after);
  });

  it('keep the ids of nodes when texts are edited and items ticked', async (t) => {
    const { client, folder } = await startChecklist(t);
    const uri = folder.uri('docs/READINESS.md');
    const { id } = await item(client, 'The long ladder was inspected');
    client.open(uri, readiness, 1, 'markdown');
    client.replace(uri, '# Readiness', 'Before it.\n\n# Readiness');
    client.replace(uri, '[ ] The long ladder', '[x] The long ladder');
    await client.until('the tick', () => news(client).at(-1)?.summary.verdicts['not-checkable'] === 2);
    assert.equal((await item(client, 'The long ladder was inspected')).id, id);
  });

  it('are ticked in one place of the text, open or not', async (t) => {
    const { client, folder } = await startChecklist(t);
    const uri = folder.uri('docs/READINESS.md');
    const { id } = await item(client, 'The pier is inspected');
    const applied = await execute(client, 'airworthy.applyTick', { id, done: true });
    assert.deepEqual(applied, { applied: true, reason: '', documents: [uri] });
    const edits = () =>
      client.received.filter(({ method }) => method === 'workspace/applyEdit').map(({ params }) => params);
    const box = { start: { line: 5, character: 2 }, end: { line: 5, character: 5 } };
    const change = (version: number | null, newText: string) => ({
      documentChanges: [{ textDocument: { uri, version }, edits: [{ range: box, newText }] }],
    });
    assert.deepEqual((edits().at(-1) as { edit: unknown }).edit, change(null, '[x]'));

    client.open(uri, readiness, 7, 'markdown');
    await execute(client, 'airworthy.applyTick', { id, done: true });
    assert.deepEqual((edits().at(-1) as { edit: unknown }).edit, change(7, '[x]'));
    assert.equal(client.document(uri).getText(), readiness.replace('[ ] The pier', '[x] The pier'));
    await execute(client, 'airworthy.applyTick', { id, done: false });
    assert.equal(client.document(uri).getText(), readiness);
    const { applied: twice, reason } = await execute(client, 'airworthy.applyTick', { id, done: false });
    assert.equal(twice, false);
    assert.match(reason, /no mark/);
  });

  it('take waivers with a reason, and replace the one that is there', async (t) => {
    const { client, folder } = await startChecklist(t);
    const uri = folder.uri('docs/READINESS.md');
    client.open(uri, readiness, 1, 'markdown');
    const { id } = await item(client, 'The pier is inspected');
    const waive = (waiver: object) => execute(client, 'airworthy.applyWaiver', { id, ...waiver });
    await assert.rejects(waive({ reason: ' \n ' }), /reason/);
    assert.match((await waive({ reason: 'over -->' })).reason, /-->/);
    assert.equal(client.document(uri).getText(), readiness);
    await waive({ reason: 'The pier is\nclosed', owner: '@ada', until: '2099-03-01' });
    assert.equal(
      client.document(uri).getText(),
      readiness.replace(
        'pier is inspected',
        'pier is inspected <!-- airworthy: waived until 2099-03-01 by @ada: The pier is closed -->',
      ),
    );
    await client.until('the verdict', () => news(client).at(-1)?.summary.verdicts.waived === 1);
    await waive({ reason: 'It is gone' });
    assert.equal(
      client.document(uri).getText(),
      readiness.replace('pier is inspected', 'pier is inspected <!-- airworthy: waived: It is gone -->'),
    );
  });

  it('bring all places of a claim in line', async (t) => {
    const other = '# Release readiness\n\n- [ ] The pier is inspected\n- [x] The long ladder was inspected\n';
    const { client, folder } = await startChecklist(t, (files) => files.write('docs/release-checklist.md', other));
    const uris = [folder.uri('docs/READINESS.md'), folder.uri('docs/release-checklist.md')] as const;
    client.open(uris[0], readiness, 1, 'markdown');
    client.open(uris[1], other, 1, 'markdown');
    await client.quiet();
    const ladder = await item(client, 'The long ladder was inspected');
    assert.ok(ladder.disputed);
    const details = await client.request<ChecklistItemDetails>('airworthy/checklist/item', { id: ladder.id });
    assert.equal(details.alike.length, 1);
    const { reason } = await execute(client, 'airworthy.applyAlignment', { id: ladder.id });
    assert.match(reason, /code does not show/);
    await execute(client, 'airworthy.applyAlignment', { id: ladder.id, done: true });
    assert.match(client.document(uris[0]).getText(), /\[x\] The long ladder/);
    assert.match(client.document(uris[1]).getText(), /\[x\] The long ladder/);
    assert.match(client.document(uris[0]).getText(), /\[ \] The pier/);
    assert.match((await execute(client, 'airworthy.applyAlignment', {})).reason, /No documents disagree/);
  });

  it('take over how a gate ended', async (t) => {
    const gated = (files: Folder) =>
      files.write('docs/READINESS.md', '# Readiness\n\n- [x] It builds\n  - Gate: `npm run build`\n');
    const { client, folder: files } = await startChecklist(t, gated);
    const node = await item(client, 'It builds');
    assert.ok(node.gate);
    client.notify('airworthy/checklist/gateEnded', {
      id: node.id,
      command: 'npm run build',
      exitCode: 1,
      problem: '',
      at: '2026-06-01T10:00:00.000Z',
    });
    await client.until('the verdict', () => news(client).at(-1)?.summary.verdicts.contradicted === 1);
    const { gate, folder } = await client.request<ChecklistItemDetails>('airworthy/checklist/item', { id: node.id });
    assert.equal(gate?.result?.exitCode, 1);
    assert.equal(gate?.result?.commit, '');
    assert.match(folder, /^file:/);
    // A client that kept the result sends it as soon as the server runs, before any document was read.
    const commit = '0123456789abcdef0123456789abcdef01234567';
    const again = await start(t, { ...options, folders: [files] });
    const passed = { command: 'npm run build', exitCode: 0, problem: '', at: '2026-06-02T10:00:00.000Z', commit };
    again.client.notify('airworthy/checklist/gateEnded', { id: node.id, ...passed });
    await again.client.until('the verdict', () => news(again.client).at(-1)?.summary.verdicts.verified === 1);
    assert.equal((await item(again.client, 'It builds')).why, '"npm run build" passed on 2026-06-02 at 0123456789ab.');
  });

  it('speak in the Markdown editor: hover, links, lenses', async (t) => {
    const { client, folder } = await startChecklist(t);
    const uri = folder.uri('docs/READINESS.md');
    client.open(uri, readiness, 1, 'markdown');
    const textDocument = { uri };
    const hover = await client.request<Hover>('textDocument/hover', {
      textDocument,
      position: client.rangeOf(uri, 'dangerous').start,
    });
    const { value } = hover.contents as MarkupContent;
    assert.match(value, /^\*\*Contradicted\*\* · /);
    assert.ok(value.includes(`boat.ts:2](${folder.uri('src/boat.ts')}#L2) danger`), value);
    assert.equal(
      await client.request('textDocument/hover', { textDocument, position: { line: 1, character: 0 } }),
      null,
    );
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument });
    assert.deepEqual(
      links.map(({ target, range }) => [target, client.document(uri).getText(range)]),
      [[`${folder.uri('src/boat.ts')}#L2`, 'src/boat.ts:2']],
    );
    const found = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument });
    assert.deepEqual(
      found.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [4, 'Contradicted: 1 finding'],
        [4, 'Mark open'],
      ],
    );
    const tick = found[1]?.command;
    await client.request('workspace/executeCommand', { command: tick?.command, arguments: tick?.arguments });
    assert.match(client.document(uri).getText(), /\[ \] Nothing dangerous/);
  });

  it('are complete when no verdict is left to come, and not before', async (t) => {
    const { client } = await startChecklist(t, (folder) => {
      for (let n = 0; n < 40; n++) folder.write(`src/boat${n}.ts`, `export const boat${n} = 1;\ndanger(boat${n});\n`);
    });
    const told = news(client).map(({ summary }) => summary);
    const first = told.find(({ complete }) => complete);
    assert.ok(first && first.items > 0);
    await client.quiet();
    const { summary } = await roots(client);
    assert.deepEqual(summary, first, 'nothing was edited');
  });

  it('that are too large to be read say so while they are open, and other documents do not', async (t) => {
    const { client, folder } = await startChecklist(t, (folder) =>
      folder.write('airworthy.json', '{ "checklist": { "include": ["docs/voyage.md"] } }'),
    );
    const text = `# Launch checklist\n\n${'- [ ] Item of many\n'.repeat(25_000)}`;
    const [list, notes] = [folder.uri('docs/launch-checklist.md'), folder.uri('docs/notes.md')];
    const included = folder.uri('docs/voyage.md');
    client.open(included, text, 1, 'markdown');
    await client.untilCodes(included, ['skipped']);
    client.open(notes, text, 1, 'markdown');
    client.open(list, text, 1, 'markdown');
    await client.untilCodes(list, ['skipped']);
    assert.match(
      client.diagnostics(list)[0]?.message.toString() ?? '',
      /not read as a checklist .* 400,000 characters/,
    );
    await client.untilCodes(notes, []);
    client.change(list, [{ text: '# Launch checklist\n\n- [ ] One item\n' }]);
    await client.untilCodes(list, []);
  });

  it('complete the ids of rules in comments, and nowhere else', async (t) => {
    const { client, folder } = await startChecklist(t);
    const uri = folder.uri('docs/plan.md');
    client.open(uri, '- [ ] One <!-- airworthy: reliability/ -->\n', 1, 'markdown');
    const at = (text: string) =>
      client.request<CompletionItem[]>('textDocument/completion', {
        textDocument: { uri },
        position: client.rangeOf(uri, text).end,
      });
    const items = await at('reliability/');
    const danger = items.find(({ label }) => label === 'reliability/danger');
    assert.deepEqual(danger?.textEdit, { range: client.rangeOf(uri, 'reliability/'), newText: 'reliability/danger' });
    assert.equal(danger.detail, 'Reports calls of danger.');
    assert.ok(items.some(({ label }) => label === 'waived'));
    assert.deepEqual(await at('One'), []);
  });

  it('count in the status', async (t) => {
    const { client } = await startChecklist(t);
    await client.until('the readiness', () =>
      client.received.some(
        ({ method, params }) =>
          method === 'airworthy/status' &&
          (params as { readiness: { blockers: number } | null }).readiness?.blockers === 3,
      ),
    );
  });

  it('go with their documents', async (t) => {
    const { client, folder } = await startChecklist(t);
    const uri = folder.uri('docs/READINESS.md');
    assert.equal(readFileSync(fileURLToPath(uri), 'utf8'), readiness);
    folder.remove('docs/READINESS.md');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
    await client.until('the news', () => news(client).at(-1)?.summary.items === 0);
    assert.equal(news(client).at(-1)?.listed, true);
    assert.deepEqual((await roots(client)).nodes, []);
  });

  it('are created for what a workspace is made of, once', async (t) => {
    const { client, folder } = await startChecklist(t);
    await client.until('the end of analysis', () =>
      client.received.some(
        ({ method, params }) => method === 'airworthy/status' && (params as { state: string }).state === 'ready',
      ),
    );
    const { applied, documents } = await execute(client, 'airworthy.applyNewChecklist', { folder: folder.uri() });
    assert.equal(applied, true);
    assert.deepEqual(documents, [folder.uri('READINESS.md')]);
    const asked = client.received.findLast(({ method }) => method === 'workspace/applyEdit');
    const [made, filled] = (asked?.params as ApplyWorkspaceEditParams | undefined)?.edit.documentChanges ?? [];
    assert.equal(made && 'kind' in made && made.kind, 'create');
    const text = filled && 'edits' in filled ? JSON.stringify(filled.edits) : '';
    assert.match(text, /- \[ \] .*<!-- airworthy: reliability\/danger -->/);
    folder.write('READINESS.md', '# Ours\n');
    const { reason } = await execute(client, 'airworthy.applyNewChecklist', {});
    assert.match(reason, /already/);
  });

  it('make a report', async (t) => {
    const { client, folder } = await startChecklist(t);
    const ask = (params: object) => client.request<{ title: string; html: string } | null>('airworthy/report', params);
    const report = await ask({ folder: folder.uri(), toolVersion: '9.9.9' });
    assert.match(report?.title ?? '', /^Readiness of airworthy-protocol-/);
    assert.match(report?.html ?? '', /^<!doctype html>/i);
    assert.match(report?.html ?? '', /Nothing dangerous is called/);
    assert.match(report?.html ?? '', /href="\.\/[^"]*boat\.ts#L\d+"/);
    const linked = await ask({ folder: folder.uri(), toolVersion: '9.9.9', commandLinks: true });
    const link = /href="command:airworthy\.openReportPlace\?([^"]*boat\.ts[^"]*)"/.exec(linked?.html ?? '')?.[1];
    const [home, path, line] = JSON.parse(decodeURIComponent(link ?? '')) as [string, string, number];
    assert.equal(home, folder.uri());
    assert.match(path, /boat\.ts$/);
    assert.ok(line >= 1);
    assert.doesNotMatch(linked?.html ?? '', /href="\.\//);
    assert.match(report?.html ?? '', /boat\.ts/);
    assert.equal(await ask({ folder: 'file:///elsewhere', toolVersion: '' }), null);
  });
});
