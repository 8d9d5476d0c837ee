import { type Artefact, banner } from './artefact.ts';
import type { RuleFolder } from './ruleFolders.ts';

/** `rules/docs.generated.ts`: the READMEs, for hover and `explain`. A module of its own so that it can be loaded late. */
export function ruleDocs(folders: readonly RuleFolder[]): Artefact {
  const entries = folders.map((folder) => `  ${JSON.stringify(folder.id)}: ${JSON.stringify(folder.readme)},`);
  const lines = [
    banner,
    '',
    "/** Each rule's README as Markdown, by id. */",
    entries.length > 0
      ? ['export const ruleDocs: Readonly<Record<string, string>> = {', ...entries, '};'].join('\n')
      : 'export const ruleDocs: Readonly<Record<string, string>> = {};',
    '',
  ];
  return { path: 'rules/docs.generated.ts', text: lines.join('\n') };
}
