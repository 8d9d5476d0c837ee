import type { ts } from '../ts.ts';

/**
 * The few undocumented parts of the compiler that a host which supplies its own trees has to know. Everything of that
 * kind is named here, so that a new compiler version is checked in one place.
 */
interface HiddenFileFields {
  /** Set by the binder when a JavaScript file assigns to `exports` or `module.exports`. */
  readonly commonJsModuleIndicator?: ts.Node | true;
  /** `declare module 'x'` and `declare global` inside a module; set when a program takes the file in. */
  readonly moduleAugmentations?: readonly ts.Node[];
}

/** Names of the file are visible in files that do not import it. Known for files of a program with a checker. */
export function addsToGlobalScope(file: ts.SourceFile, isModule: boolean): boolean {
  const { commonJsModuleIndicator, moduleAugmentations } = file as HiddenFileFields;
  if (moduleAugmentations !== undefined && moduleAugmentations.length > 0) return true;
  return !isModule && commonJsModuleIndicator === undefined;
}

/** A compiler host that maps the outputs of referenced projects back to their sources, as editors do. */
export interface SourceMappingHost extends ts.CompilerHost {
  useSourceOfProjectReferenceRedirect(): boolean;
}
