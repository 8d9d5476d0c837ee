import type { Anchor, FileValue } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { type CompilerCall, projectPaths } from '../../_shared/project/compilerCalls.ts';
import { type Chain, Chains, holdsIn, optionIn } from '../../_shared/project/tsconfigChains.ts';
import type { Compiling } from '../../_shared/project/tsconfigFacet.ts';
import type { BuildChecks } from './buildChecks.ts';

/** Published bases of which it is known that they let the compiler write. */
const WRITES = /^(?:@tsconfig\/(?:node|recommended|strictest)|@sindresorhus\/tsconfig|gts\/)/;

/**
 * `noEmitOnError: false` of tsconfig files, and of bases under any name, that holds for a project which a script compiles to
 * JavaScript: no project that only says so in a base which all others overrule, and none that writes nothing.
 */
export function emittingOnError(
  tsconfigs: readonly FileValue<Compiling>[],
  values: readonly FileValue<BuildChecks>[],
): readonly { readonly path: string; readonly at: Anchor }[] {
  if (!tsconfigs.some(({ value }) => value.tsconfig?.options['noEmitOnError']?.on === false)) return [];
  const chains = new Chains(tsconfigs);
  const compiled = compiledProjects(values, chains);
  const written = [...compiled].map((path) => chains.of(path)).filter(mayWrite);
  return [...chains.all].flatMap(([path, { options }]) => {
    const off = options['noEmitOnError'];
    const holds = off?.on === false && written.some((project) => holdsIn(project, path, 'noEmitOnError'));
    return holds ? [{ path, at: off.at }] : [];
  });
}

/** Projects that scripts hand to the compiler, with those that they build on. */
function compiledProjects(values: readonly FileValue<BuildChecks>[], chains: Chains): ReadonlySet<string> {
  const compiled = new Set<string>();
  const add = (path: string, call: CompilerCall): void => {
    if (compiled.has(path)) return;
    compiled.add(path);
    if (call.followsReferences) for (const other of chains.referencesOf(path)) add(other, call);
  };
  for (const { path, value } of values) {
    for (const call of value.package?.compiles ?? []) {
      for (const project of call.projects) {
        const found = projectPaths(folderOf(path), call, project).find((candidate) => chains.all.has(candidate));
        if (found !== undefined) add(found, call);
      }
    }
  }
  return compiled;
}

/** Nothing in the chain, or in a base that cannot be seen, keeps the compiler from writing JavaScript. */
function mayWrite(chain: Chain): boolean {
  if (optionIn(chain, 'noEmit') === true || optionIn(chain, 'emitDeclarationOnly') === true) return false;
  return optionIn(chain, 'noEmit') === false || chain.foreign.every(({ base }) => WRITES.test(base));
}
