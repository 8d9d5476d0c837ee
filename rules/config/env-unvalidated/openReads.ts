import { isAddressVariable, isBuildTimeVariable, isPlatformVariable } from '../../_shared/env/variables.ts';
import type { EnvFacts, EnvRead } from './envFacet.ts';
import type { PackageEnv } from './packages.ts';

/** A read that nothing checks. */
export interface OpenRead {
  readonly path: string;
  readonly read: EnvRead;
}

/** Files that validate the environment of a package. */
export type Validators = readonly {
  readonly path: string;
  readonly facts: EnvFacts;
  /** How people call it: its path in the package, or the name of the package it comes from. */
  readonly label: string;
  /** The package of the workspace that it comes from, when that is another one. */
  readonly home?: string;
}[];

/**
 * Modules that validate what a package reads: its own, those that `declared` names (`module#export`), else those of a
 * package of the workspace that it depends on.
 */
export function validatorsFor(
  home: PackageEnv,
  packages: readonly PackageEnv[],
  declared: ReadonlySet<string>,
): Validators {
  const isDeclared = (path: string): boolean =>
    [...declared].some((reference) => reference.split('#')[0] === path.replace(/\.[cm]?[jt]sx?$/, ''));
  const own = home.files
    .filter(({ path, facts }) => facts.validator !== undefined || isDeclared(path))
    .map((file) => ({ ...file, label: file.path.slice(home.folder.length + 1) }));
  if (own.length > 0) return own;
  return packages.flatMap(({ facts, files }) => {
    const name = facts?.name;
    if (name === undefined || home.facts?.dependencies.includes(name) !== true) return [];
    return files
      .filter((file) => file.facts.validator !== undefined)
      .map((file) => ({ ...file, label: name, home: name }));
  });
}

/** Variables that the modules know. Schemas often live beside the module that uses them. */
export function knownTo(validators: Validators, home: PackageEnv): ReadonlySet<string> {
  return new Set([...validators, ...home.files].flatMap(({ facts }) => facts.keys));
}

/** Reads of a package that are neither validated nor anything the platform or a bundler answers for. */
export function openReads(home: PackageEnv, validators: Validators, ignored: ReadonlySet<string>): readonly OpenRead[] {
  const known = knownTo(validators, home);
  const checked = new Set([...validators, ...home.files].flatMap(({ facts }) => facts.checked));
  const modules = new Set(validators.map(({ path }) => path));
  const isOpen = ({ name, hasFallback }: EnvRead): boolean => {
    if (ignored.has(name) || checked.has(name) || isPlatformVariable(name)) return false;
    if (known.has(name)) return true;
    return !isBuildTimeVariable(name) && !(modules.size > 0 && hasFallback && isAddressVariable(name));
  };
  const reads = home.files
    .filter(({ path }) => !modules.has(path))
    .flatMap(({ path, facts }) => facts.reads.filter(isOpen).map((read) => ({ path, read })));
  return modules.size > 0 ? reads : withReason(home, reads);
}

/**
 * The reads when they are reason enough to write a module, else none: where to listen, with a fallback, belongs into one that other
 * variables need, and where the code asks whether a variable is there, or compares it with a text, being without it is foreseen.
 */
export function withReason(home: PackageEnv, reads: readonly OpenRead[]): readonly OpenRead[] {
  const foreseen = new Set(
    reads.flatMap(({ read }) => (read.use === 'optional' && !read.hasFallback ? [read.name] : [])),
  );
  const isReason = ({ read }: OpenRead): boolean =>
    !foreseen.has(read.name) && !(read.hasFallback && isAddressVariable(read.name));
  const mayBeChecked = home.files.some(({ facts }) => facts.handsOn === true);
  return !mayBeChecked && reads.some(isReason) ? reads : [];
}

/** Packages that are there for what several programs take from the environment. */
const SHARED = /(?:^|[-/])(?:env|environment|config|configuration|settings)(?:$|[-/])/;

/**
 * The module to which what a package reads itself belongs: its own, that of the one package that has any, or that of a package called
 * for it. Of several packages that look after variables of their own, none is right for those of another.
 */
export function mainModule(validators: Validators): Validators[number] | undefined {
  const labels = new Set(validators.map(({ home, label }) => home ?? label));
  const [first] = validators;
  if (labels.size < 2 || first?.home === undefined) return first;
  return validators.find(({ home }) => home !== undefined && SHARED.test(home));
}
