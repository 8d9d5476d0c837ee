/** What listeners say of nodes is the same whether the walk chooses them by names or asks all of them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Facet, FacetDefinition, NamedListener, RegisteredRule } from '#api';
import { createConfiguration } from '#engine/config/configuration.ts';
import { createWorkspace } from '#engine/workspace/create.ts';
import { createMemoryHost } from '#host/memory.ts';
import { rules } from '#rules/index.generated.ts';
import { type Fixture, fixturesOf } from './kit/fixtures.ts';
import { runAll } from './kit/openWorkspace.ts';
import { root } from './kit/virtualFiles.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

type AnyNamed = NamedListener<never, never, unknown>;

function isNamed(listener: unknown): listener is AnyNamed {
  return typeof listener === 'object';
}

/** The same listeners, each for all nodes of its kind. */
function unnamed<L extends object>(listeners: L): L {
  const all = Object.entries(listeners).map(([kind, listener]) => [
    kind,
    isNamed(listener) ? listener.listen : listener,
  ]);
  return Object.fromEntries(all) as L;
}

function hasNames(listeners: object | undefined): boolean {
  return Object.values(listeners ?? {}).some(isNamed);
}

function askedOfFacet(facet: Facet<unknown>): Facet<unknown> {
  const { collect, collectInTests } = facet as unknown as FacetDefinition<unknown, unknown>;
  return {
    ...facet,
    ...(collect && { collect: unnamed(collect) }),
    ...(collectInTests && { collectInTests: unnamed(collectInTests) }),
  } as Facet<unknown>;
}

function askedAboutAll(rule: RegisteredRule): RegisteredRule {
  return {
    ...rule,
    ...(rule.node && { node: { on: unnamed(rule.node.on) } }),
    ...(rule.function && { function: { ...rule.function, collect: unnamed(rule.function.collect) } }),
    ...(rule.file && { file: { ...rule.file, collect: unnamed(rule.file.collect) } }),
    ...(rule.project && { project: { ...rule.project, facets: rule.project.facets.map(askedOfFacet) } }),
  };
}

function choosesByName(rule: RegisteredRule): boolean {
  const facets = (rule.project?.facets ?? []) as unknown as readonly FacetDefinition<unknown, unknown>[];
  return [
    rule.node?.on,
    rule.function?.collect,
    rule.file?.collect,
    ...facets.flatMap(({ collect, collectInTests }) => [collect, collectInTests]),
  ].some(hasNames);
}

async function findingsOf(rule: RegisteredRule, fixture: Fixture): Promise<readonly string[]> {
  const files = Object.fromEntries(fixture.files);
  const host = createMemoryHost(files);
  const settings = {
    rules: { [rule.id]: fixture.options === undefined ? 'on' : { enabled: true, options: fixture.options } },
  };
  const configuration = createConfiguration({ root, host, rules: [rule], settings });
  const workspace = createWorkspace({ root, rules: [rule], host, configuration, today: () => '2026-06-01' });
  workspace.refresh(Object.keys(files));
  const found = await runAll(workspace, ['syntax', 'project']);
  workspace.dispose();
  return [...found].flatMap(([path, list]) =>
    list.map(({ messageId, start, end }) => `${path.slice(root.length)} ${messageId} ${start}-${end}`),
  );
}

for (const rule of rules.filter(choosesByName)) {
  test(`${rule.id} is asked about all nodes it has to say something of`, async () => {
    for (const fixture of fixturesOf(join(repository, 'rules', rule.id))) {
      assert.deepEqual(await findingsOf(rule, fixture), await findingsOf(askedAboutAll(rule), fixture), fixture.name);
    }
  });
}
