import type { Artefact } from './artefact.ts';
import { configSchemaFile } from './configSchema.ts';
import { contributes } from './contributes.ts';
import { loadRules } from './loadRules.ts';
import { peerTools } from './peers.ts';
import { precisionPage } from './precisionPage.ts';
import { registry } from './registry.ts';
import { ruleDocs } from './ruleDocs.ts';
import { ruleFolders } from './ruleFolders.ts';
import { rulePage } from './rulePages.ts';
import { rulesIndex } from './rulesIndex.ts';

/** Everything that follows from the rule folders of a repository. Reads, never writes. */
export async function generate(root: string): Promise<readonly Artefact[]> {
  const folders = ruleFolders(root);
  const loaded = await loadRules(root, folders);
  const rules = loaded.map(({ rule }) => rule);
  return [
    registry(folders),
    ruleDocs(folders),
    rulesIndex(loaded),
    precisionPage(loaded, peerTools(root)),
    ...loaded.map(rulePage),
    configSchemaFile(rules),
    ...contributes(root, rules),
  ];
}
