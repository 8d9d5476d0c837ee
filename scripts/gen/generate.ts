import type { Artefact } from './artefact.ts';
import { loadRules } from './loadRules.ts';
import { registry } from './registry.ts';
import { ruleDocs } from './ruleDocs.ts';
import { ruleFolders } from './ruleFolders.ts';
import { rulePage } from './rulePages.ts';
import { rulesIndex } from './rulesIndex.ts';

/** Everything that follows from the rule folders of a repository. Reads, never writes. */
export async function generate(root: string): Promise<readonly Artefact[]> {
  const folders = ruleFolders(root);
  const rules = await loadRules(root, folders);
  return [registry(folders), ruleDocs(folders), rulesIndex(rules), ...rules.map(rulePage)];
}
