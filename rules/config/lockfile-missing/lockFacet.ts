import { type Anchor, type DataObject, facet } from '#api';
import { entryAt, textAt } from '../../_shared/dataMembers.ts';
import { packageFacts } from '../../_shared/project/packageFacts.ts';

/** What a package.json says about how the package is installed. */
export interface Installation {
  /** Its `packageManager`, or its name: where a finding is shown. */
  readonly at: Anchor;
  /** It needs packages that a registry has; those of a workspace are locked elsewhere. */
  readonly hasDependencies: boolean;
  /** The versions of what it needs are said by the workspace around it. */
  readonly isMember: boolean;
  readonly hasWorkspaces: boolean;
  /** Others install it, with versions of their own. */
  readonly isLibrary: boolean;
}

/** Every package.json: what it installs, and whether it is a member of something larger. */
export const lockFacet = facet<never, Installation>({
  name: 'config/lock-files',
  documents: {
    languages: ['json'],
    fold(document, ctx) {
      if (!ctx.path.endsWith('/package.json') || document.language !== 'json' || !('roots' in document))
        return undefined;
      const [root] = document.roots;
      const place = entryAt(root, 'packageManager') ?? entryAt(root, 'name') ?? entryAt(root, 'dependencies');
      if (root?.kind !== 'object' || place === undefined || document.problems.length > 0) return undefined;
      const ranges = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) => rangesOf(root, key));
      return {
        at: ctx.at(place.span),
        hasDependencies: ranges.some((range) => !/^(?:workspace|catalog|file|link|portal):/.test(range)),
        isMember: ranges.some((range) => /^(?:workspace|catalog):/.test(range)),
        hasWorkspaces: entryAt(root, 'workspaces') !== undefined,
        isLibrary: isLibrary(root),
      };
    },
  },
});

function rangesOf(root: DataObject, key: string): readonly string[] {
  const section = entryAt(root, key)?.value;
  if (section?.kind !== 'object') return [];
  return section.entries.flatMap(({ value }) => (value?.kind === 'scalar' ? [String(value.value)] : []));
}

/** `npm init` writes a `main` into every package; that of a service names no more than a file. */
function isLibrary(root: DataObject): boolean {
  const { isPrivate, isStarted, isDesktop, isPublished, hasServer } = packageFacts(root);
  if (isPrivate || isDesktop) return false;
  const exported = ['exports', 'types', 'typings', 'module', 'files', 'bin', 'publishConfig', 'peerDependencies'];
  if (exported.some((key) => entryAt(root, key) !== undefined)) return true;
  if (textAt(root, 'scripts', 'prepublishOnly') !== undefined) return true;
  return isPublished && !isStarted && !hasServer && textAt(root, 'main') !== undefined;
}
