import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisteredRule } from '#engine/api/rule.ts';
import type { Artefact } from './artefact.ts';
import { categories } from './categories.ts';

const switches = ['off', 'on', 'P0', 'P1', 'P2', 'P3'];

function setting(description: string): object {
  return { markdownDescription: description, anyOf: [{ enum: switches }, { type: 'object' }] };
}

/**
 * `package.json`: the rules and categories that the setting `airworthy.rules` completes. Only the `properties` of that
 * setting are generated, everything else stays as it is; no artefact while the setting is not there.
 */
export function contributes(root: string, rules: readonly RegisteredRule[]): readonly Artefact[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const settings = manifest.contributes?.configuration?.properties?.['airworthy.rules'];
  if (settings === undefined) return [];
  settings.properties = Object.fromEntries([
    ...rules.map((rule) => [rule.id, setting(rule.meta.summary)]),
    ...Object.entries(categories).map(([category, about]) => [category, setting(about)]),
  ]);
  return [{ path: 'package.json', text: `${JSON.stringify(manifest, undefined, 2)}\n` }];
}
