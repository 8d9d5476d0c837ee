import { type DataNode, facet } from '#api';
import { valueAt } from '../dataMembers.ts';

/** Folders of the members of a workspace, as patterns from the folder of the file that names them. */
export type WorkspacePatterns = readonly string[];

/** `workspaces` of package.json, `packages` of pnpm-workspace.yaml and lerna.json. */
export const workspaceFacet = facet<never, WorkspacePatterns>({
  name: 'project/workspaces',
  documents: {
    languages: ['json', 'yaml'],
    fold(document, { path }) {
      if (document.language !== 'json' && document.language !== 'yaml') return undefined;
      const [root] = document.roots;
      if (/\/(?:pnpm-workspace\.ya?ml|lerna\.json)$/.test(path)) return patterns(valueAt(root, 'packages'));
      if (!path.endsWith('/package.json')) return undefined;
      const own = valueAt(root, 'workspaces');
      return patterns(own?.kind === 'object' ? valueAt(own, 'packages') : own);
    },
  },
});

function patterns(node: DataNode | undefined): WorkspacePatterns | undefined {
  if (node?.kind !== 'array') return undefined;
  return node.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
}
