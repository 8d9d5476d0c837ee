import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RegisteredRule, type Rule, register } from '#engine/api/rule.ts';
import type { RuleFolder } from './ruleFolders.ts';

/** A rule together with the folder it came from. */
export interface LoadedRule {
  readonly folder: RuleFolder;
  readonly rule: RegisteredRule;
}

/** Imports the rule of each folder; what is generated about a rule comes from the rule itself. */
export async function loadRules(root: string, folders: readonly RuleFolder[]): Promise<readonly LoadedRule[]> {
  const loaded: LoadedRule[] = [];
  for (const folder of folders) {
    const module: { default?: Rule } = await import(pathToFileURL(join(root, folder.path, 'rule.ts')).href);
    if (module.default === undefined) throw new Error(`${folder.path}/rule.ts: it has to export its rule by default.`);
    loaded.push({ folder, rule: register(folder.category, folder.name, module.default) });
  }
  return loaded;
}
