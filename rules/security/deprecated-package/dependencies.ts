import type { DataDocument, DataEntry } from '#api';
import { entryAt } from '../../_shared/dataMembers.ts';
import { type DeprecatedPackage, deprecatedPackages, typeStubs } from './deprecatedPackages.ts';
import { isAtLeast } from './versions.ts';

/** A dependency in a package.json that the table speaks about. */
export type Found =
  | {
      readonly kind: 'package';
      readonly entry: DataEntry;
      readonly shipped: boolean;
      readonly notice: DeprecatedPackage;
    }
  | { readonly kind: 'stub'; readonly entry: DataEntry; readonly library: string };

const SHIPPED = ['dependencies', 'optionalDependencies'];

/** Finds them in source order. What others have to bring (`peerDependencies`) is not this package's choice. */
export function deprecatedIn({ roots: [root] }: DataDocument): readonly Found[] {
  const sections = [...SHIPPED, 'devDependencies'].map((name) => {
    const section = entryAt(root, name)?.value;
    return { shipped: SHIPPED.includes(name), entries: section?.kind === 'object' ? section.entries : [] };
  });
  const ranges = new Map(sections.flatMap(({ entries }) => entries.map((entry) => [entry.key, rangeOf(entry)])));
  return sections
    .flatMap(({ shipped, entries }) => entries.flatMap((entry) => judged(entry, shipped, ranges) ?? []))
    .sort((a, b) => a.entry.span.start - b.entry.span.start);
}

function judged(entry: DataEntry, shipped: boolean, ranges: ReadonlyMap<string, string>): Found | undefined {
  const range = rangeOf(entry);
  // Code of the workspace, of a folder or of a repository goes by any name.
  if (/^(?:workspace|file|link|portal|git|github|https?|npm|patch|catalog)\b|\//.test(range)) return undefined;
  const stub = typeStubs.get(entry.key);
  if (stub !== undefined) {
    const isTyped = isAtLeast(ranges.get(stub.library) ?? '', stub.from) === true;
    return isTyped ? { kind: 'stub', entry, library: stub.library } : undefined;
  }
  const notice = deprecatedPackages.get(entry.key);
  if (notice === undefined) return undefined;
  if (notice.below !== undefined && isAtLeast(range, notice.below) !== false) return undefined;
  if (notice.with !== undefined && isAtLeast(ranges.get(notice.with) ?? '', notice.from ?? '0') !== true)
    return undefined;
  return { kind: 'package', entry, shipped, notice };
}

function rangeOf({ value }: DataEntry): string {
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
}
