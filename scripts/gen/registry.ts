import { type Artefact, banner } from './artefact.ts';
import type { RuleFolder } from './ruleFolders.ts';

function identifier(folder: RuleFolder): string {
  return folder.id.replace(/[-/]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `rules/index.generated.ts`: every rule by static import, because bundles have no folders to walk. */
export function registry(folders: readonly RuleFolder[]): Artefact {
  const imports = folders.map((folder) => `import ${identifier(folder)} from './${folder.id}/rule.ts';`);
  const entries = folders.map((folder) => `  register('${folder.category}', '${folder.name}', ${identifier(folder)}),`);
  const names = folders.length > 0 ? '{ type RegisteredRule, register }' : 'type { RegisteredRule }';
  const lines = [
    banner,
    `import ${names} from '#api';`,
    ...imports,
    '',
    '/** All rules, sorted by id. */',
    ...(entries.length > 0
      ? ['export const rules: readonly RegisteredRule[] = [', ...entries, '];']
      : ['export const rules: readonly RegisteredRule[] = [];']),
    '',
  ];
  return { path: 'rules/index.generated.ts', text: lines.join('\n') };
}
