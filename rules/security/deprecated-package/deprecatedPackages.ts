import packageTable from './deprecatedPackages.json' with { type: 'json' };
import stubTable from './typeStubs.json' with { type: 'json' };

/** A package that nobody should take any more. */
export interface DeprecatedPackage {
  readonly name: string;
  /** Where it is said. */
  readonly notice: string;
  /** `deprecated` by its own notice when left out. */
  readonly kind?: string;
  /** What to take instead, in words: a package, or what the platform has. */
  readonly successor?: string;
  /** Versions of the successor; set where that has the same commands, so that package.json alone names it. Imports would have to follow. */
  readonly range?: string;
  /** Only versions before this one. */
  readonly below?: string;
  /** For `incompatible`: the package it does not go with, from the version on. */
  readonly with?: string;
  readonly from?: string;
}

const packages: readonly DeprecatedPackage[] = packageTable.packages;

/** Notices by package name. */
export const deprecatedPackages: ReadonlyMap<string, DeprecatedPackage> = new Map(
  packages.map((each) => [each.name, each]),
);

/** Libraries by the name of their `@types` package, with the version that brought types of its own. */
export const typeStubs: ReadonlyMap<string, { readonly library: string; readonly from: string }> = new Map(
  stubTable.stubs.map((stub) => [`@types/${stub.library}`, stub]),
);
