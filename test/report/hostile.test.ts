import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { renderReport } from '#report/index.ts';
import { inspectPage } from './htmlFaults.ts';
import { harbour, inputOf } from './input.ts';

const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style></textarea><svg onload=alert(1)>',
  '[click](javascript:alert(1))',
  '![](http://evil.example/x.png)',
  '<a href="javascript:alert(1)">x</a>',
  '-->]]><!--',
  '`code` | cell | **bold** \\',
  '&lt;script&gt; &#x3c;b&#x3e;',
  'http://evil.example www.evil.example <http://evil.example> me@evil.example',
  '\u202egnp.exe\u2069 \u0000 \u001b[31m \ud800',
  '# heading\n\n---\n\n- [x] item',
];

/** A report in which every text that comes from a workspace is this one. */
async function hostileInput(attack: string) {
  const input = await inputOf(harbour);
  const view = {
    ...input.view,
    documents: input.view.documents.map((document) => ({
      ...document,
      name: `javascript:alert(1)/${attack}`,
      title: attack,
      items: document.items.map((judged) => ({
        ...judged,
        path: `/w/${attack}`,
        why: attack,
        gate: { command: attack, exitCode: 1, problem: attack, at: attack, commit: attack },
        item: { ...judged.item, title: attack, detail: attack, sectionPath: [attack, attack] },
        evidence: judged.evidence.map((evidence) => ({
          ...evidence,
          why: attack,
          state: 'unknown' as const,
          findings: [{ path: `/w/${attack}`, line: 1, start: 0, end: 1, message: attack, priority: 'P0' as const }],
        })),
      })),
    })),
  };
  return {
    ...input,
    name: attack,
    at: attack,
    commit: attack,
    view: { ...view, blockers: view.documents.flatMap(({ items }) => items) },
    findings: [{ rule: attack, priority: 'P0' as const, path: attack, line: 1, column: 1, message: attack }],
    troubles: [{ path: attack, message: attack }],
  };
}

test('no text from a workspace becomes markup of the page', async () => {
  const clean = inspectPage(renderReport('html', await hostileInput('harmless')));
  for (const attack of ATTACKS) {
    const page = inspectPage(renderReport('html', await hostileInput(attack)));
    assert.deepEqual(page.faults, [], attack);
    assert.deepEqual(
      page.elements.map(({ tagName }) => tagName),
      clean.elements.map(({ tagName }) => tagName),
      attack,
    );
  }
});

// Without the library's second look for addresses, which finds those whose escapes are gone by then; GitHub has none.
const mdastExtensions = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

test('no text from a workspace becomes markup of the Markdown', async () => {
  const shapeOf = (text: string) => {
    const shape: string[] = [];
    const pending: { readonly type: string; readonly children?: readonly unknown[]; readonly url?: string }[] = [
      fromMarkdown(text, { extensions: [gfm()], mdastExtensions }),
    ];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.type !== 'text') shape.push(node.type);
      if (node.type === 'link') assert.match(node.url ?? '', /^(?:\.\/|https:\/\/github\.com\/airworthy\/)/);
      for (const child of node.children ?? []) pending.push(child as never);
    }
    return shape;
  };
  const clean = shapeOf(renderReport('markdown', await hostileInput('harmless')));
  for (const attack of ATTACKS) {
    assert.deepEqual(shapeOf(renderReport('markdown', await hostileInput(attack))), clean, attack);
  }
});

test('huge input is cut, and says so', async () => {
  const input = await inputOf(harbour);
  const [document] = input.view.documents;
  const [judged] = document?.items ?? [];
  if (document === undefined || judged === undefined) return assert.fail();
  const long = 'x'.repeat(5_000_000);
  const items = Array.from({ length: 20_000 }, () => judged);
  const huge = {
    ...input,
    name: long,
    view: { ...input.view, documents: [{ ...document, title: long, items }] },
    findings: Array.from({ length: 50_000 }, (_, line) => ({
      rule: 'security/env-auth-bypass',
      priority: 'P1' as const,
      path: 'a.ts',
      line,
      column: 1,
      message: 'm',
    })),
  };
  const started = performance.now();
  const html = renderReport('html', huge);
  const markdown = renderReport('markdown', huge);
  assert.ok(performance.now() - started < 10_000);
  assert.ok(html.length < 5_000_000 && markdown.length < 1_000_000, `${html.length} ${markdown.length}`);
  assert.match(html, /The first 2500 of 20000 items/);
  assert.match(html, /The first 100 of 50,000 findings/);
  assert.match(markdown, /and 49500 more/);
  assert.deepEqual(inspectPage(html).faults, []);
});
