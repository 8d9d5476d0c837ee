import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ChecklistDocumentNode, ChecklistItemNode } from '#protocol/checklist.ts';
import { verdicts, verdictWords } from '#protocol/verdicts.ts';
import { filterText, isFiltered } from '../../client/checklist/filterText.ts';
import { present } from '../../client/checklist/present.ts';
import { verdictIcons } from '../../client/checklist/verdictIcons.ts';

const item: ChecklistItemNode = {
  kind: 'item',
  id: 'item:file:///w/READINESS.md#blockers//no_bypass',
  label: 'No *bypass* <b>',
  hasChildren: false,
  uri: 'file:///w/READINESS.md',
  line: 4,
  status: 'done',
  canTick: true,
  verdict: 'contradicted',
  why: 'security/env-auth-bypass has 2 findings.',
  priority: 'P0',
  blocker: true,
  findings: 2,
  gate: true,
  disputed: true,
  path: ['Readiness', 'Blockers'],
};

const document: ChecklistDocumentNode = {
  kind: 'document',
  id: 'document:file:///w/READINESS.md',
  label: 'Readiness',
  hasChildren: true,
  uri: 'file:///w/READINESS.md',
  name: 'READINESS.md',
  counts: { items: 12, counted: 10, proven: 7, blockers: 1, broken: 2 },
  collapsed: false,
};

test('every verdict has an icon of its own and a word of its own', () => {
  assert.equal(new Set(verdicts.map((verdict) => verdictIcons[verdict].icon)).size, verdicts.length);
  assert.equal(new Set(Object.values(verdictWords)).size, verdicts.length);
});

test('an item says its verdict in words, seen and heard', () => {
  const shown = present(item, false);
  assert.equal(shown.id, item.id);
  assert.equal(shown.label, 'Contradicted: No *bypass* <b>');
  assert.equal(shown.description, 'P0 · 2 findings · documents disagree');
  assert.equal(
    shown.accessibilityLabel,
    'No *bypass* <b>, Contradicted, blocker, P0, 2 findings, documents disagree, ticked, security/env-auth-bypass has 2 findings.',
  );
  assert.deepEqual(shown.checkbox, { checked: true, tooltip: 'Mark as open' });
  assert.equal(shown.collapsible, 'no');
});

test('text of a document is no markup in a tooltip', () => {
  const { tooltip } = present({ ...item, label: '[x](command:a) <img> **b** $(trash)' }, false);
  assert.ok(tooltip.includes('\\[x\\]\\(command:a\\) \\<img\\> \\*\\*b\\*\\* \\$\\(trash\\)'), tooltip);
});

test('menus learn what can be done with an item', () => {
  assert.equal(present(item, false).context, ' item ticked findings gate disputed ');
  const plain = { ...item, canTick: false, findings: 0, gate: false, disputed: false };
  assert.equal(present(plain, false).context, ' item ');
  assert.equal(present(plain, false).checkbox, undefined);
  assert.equal(present({ ...item, status: 'open' }, false).context, ' item unticked findings gate disputed ');
});

test('a status that neither box nor verdict shows is said; the document where the tree does not show it', () => {
  const shown = present({ ...item, status: 'inProgress', verdict: 'open', findings: 1, disputed: false }, true);
  assert.equal(shown.description, 'P0 · Open · 1 finding · in progress · Readiness');
  assert.equal(shown.checkbox?.checked, false);
});

test('what holds items counts them, blockers named', () => {
  const shown = present(document, false);
  assert.equal(shown.description, '7/10 · 1 blocker · 2 broken · READINESS.md');
  assert.equal(shown.accessibilityLabel, 'Readiness, READINESS.md, 12 items, 7 of 10 proven, 1 blocker, 2 broken');
  assert.equal(shown.collapsible, 'expanded');
  assert.equal(present({ ...document, collapsed: true }, false).collapsible, 'collapsed');
  assert.equal(present({ ...document, hasChildren: false }, false).collapsible, 'no');
});

test('sections open on what somebody has to do something about', () => {
  const { collapsed, name, ...rest } = document;
  const section = { ...rest, kind: 'section', line: 3, collapsed: false } as const;
  assert.equal(present(section, false).collapsible, 'expanded');
  assert.equal(present({ ...section, collapsed: true }, false).collapsible, 'collapsed');
  const calm = { items: 1, counted: 0, proven: 0, blockers: 0, broken: 0 };
  assert.equal(present({ ...section, counts: calm }, false).description, '1');
  const group = { ...rest, kind: 'group', of: { priority: 'P0' } } as const;
  assert.equal(present(group, false).collapsible, 'expanded');
  assert.equal(present({ ...group, counts: calm }, false).collapsible, 'collapsed');
});

test('a filter is told in words', () => {
  const filter = { priorities: ['P0', 'none'], verdicts: ['open'], text: 'auth' } as const;
  assert.equal(filterText(filter), 'P0 or no priority; open; “auth”');
  assert.equal(isFiltered(filter), true);
  assert.equal(isFiltered({ priorities: [], verdicts: [], text: '' }), false);
  assert.equal(filterText(undefined), '');
});

test('every command of a menu is contributed, and every view has a welcome for an empty workspace', () => {
  const { contributes } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const known = new Set(contributes.commands.map(({ command }: { command: string }) => command));
  const menus = Object.values<readonly { command: string }[]>(contributes.menus).flat();
  for (const { command } of menus) assert.ok(known.has(command), command);
  for (const { id } of contributes.views.airworthy) {
    assert.ok(
      contributes.viewsWelcome.some(
        ({ view, when, contents }: Record<string, string>) =>
          view === id && when === 'workspaceFolderCount == 0' && contents?.includes('](command:'),
      ),
      id,
    );
  }
});
