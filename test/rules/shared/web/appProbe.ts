import assert from 'node:assert/strict';
import { z } from 'zod';
import { type RegisteredRule, register, rule } from '#api';
import type { WebApp } from '#rules/_shared/web/project/model.ts';
import { webFacet } from '#rules/_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '#rules/_shared/web/project/webModel.ts';
import { findingLines, root, workspaceOver } from '../../../engine/workspaceKit.ts';

/** Of a rule that says in one message what the web model knows of an application. */
export const probeMeta = {
  priority: 'P2',
  since: 'next',
  summary: 'A probe.',
  topics: [],
  appliesTo: 'everywhere',
  messages: { app: '{text}' },
} as const;

/** A rule that tells of each application what `tell` makes of it. */
export function appProbe(name: string, tell: (app: WebApp) => string): RegisteredRule {
  const definition = rule({
    meta: probeMeta,
    options: z.strictObject({}),
    project: {
      facets: WEB_FACETS,
      check(ctx) {
        for (const { apps } of webServices(ctx)) {
          for (const app of apps) ctx.report({ ...app.place, facet: webFacet }, 'app', { text: tell(app) });
        }
      },
    },
  });
  return register('security', name, definition);
}

/** What a probe tells of the applications over these files, paths from the workspace's folder on, with these packages. */
export async function toldBy(
  probe: RegisteredRule,
  files: Readonly<Record<string, string>>,
  dependencies: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text]));
  texts.set(`${root}/package.json`, `${JSON.stringify({ name: 'fleet', private: true, dependencies })}\n`);
  const workspace = workspaceOver(texts, [probe]);
  workspace.refresh([...texts.keys()]);
  const lines: string[] = [];
  for (const path of texts.keys()) lines.push(...(await findingLines(workspace, path)));
  assert.deepEqual(workspace.failures(), []);
  workspace.dispose();
  return lines.map((line) => line.replace(/^\S+ \d+-\d+ /, ''));
}
