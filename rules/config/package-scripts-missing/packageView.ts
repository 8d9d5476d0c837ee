import type { DataDocument, DataEntry, DataNode } from '#api';
import { entryAt, textAt } from '../../_shared/dataMembers.ts';

/** What of a package.json tells how the package is worked with. */
export interface PackageView {
  readonly root: DataNode;
  /** Where a finding about the package as a whole is shown: its name. */
  readonly name: DataEntry;
  readonly isPrivate: boolean;
  readonly hasLicence: boolean;
  readonly hasEngines: boolean;
  /** Commands by name. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly scriptEntries: readonly DataEntry[];
  /** Names of what it is shipped with. */
  readonly dependencies: ReadonlySet<string>;
  /** Those and the tools, by name. */
  readonly installed: ReadonlyMap<string, DataEntry>;
  /** The file that others load. */
  readonly main: string | undefined;
  /** All text but the lists of dependencies, where tools are set up. */
  readonly settings: string;
}

/** Reads a package.json; `undefined` for markers such as `{"type": "module"}` and for what cannot be read. */
export function packageView({ roots: [root], text, problems }: DataDocument): PackageView | undefined {
  const name = entryAt(root, 'name');
  if (root?.kind !== 'object' || name === undefined || problems.length > 0) return undefined;
  const scripts = entryAt(root, 'scripts')?.value;
  const scriptEntries = scripts?.kind === 'object' ? scripts.entries : [];
  const shipped = entriesOf(root, 'dependencies');
  const tools = entriesOf(root, 'devDependencies');
  if (scriptEntries.length + shipped.length + tools.length === 0) return undefined;
  const settings = root.entries
    .filter(({ key }) => !/dependencies$/i.test(key))
    .map(({ span }) => text.slice(span.start, span.end));
  const isPrivate = entryAt(root, 'private')?.value;
  return {
    root,
    name,
    isPrivate: isPrivate?.kind === 'scalar' && isPrivate.value !== false,
    hasLicence: entryAt(root, 'license') !== undefined || entryAt(root, 'licenses') !== undefined,
    hasEngines:
      entryAt(root, 'engines') !== undefined ||
      entryAt(root, 'volta') !== undefined ||
      entryAt(root, 'devEngines') !== undefined,
    scripts: new Map(
      scriptEntries.flatMap(({ key, value }) => {
        const command = value?.kind === 'scalar' ? value.value : undefined;
        return typeof command === 'string' ? [[key, command]] : [];
      }),
    ),
    scriptEntries,
    dependencies: new Set(shipped.map(({ key }) => key)),
    installed: new Map([...shipped, ...tools].map((entry) => [entry.key, entry])),
    main: textAt(root, 'main'),
    settings: settings.join('\n'),
  };
}

function entriesOf(root: DataNode, section: string): readonly DataEntry[] {
  const node = entryAt(root, section)?.value;
  return node?.kind === 'object' ? node.entries : [];
}
