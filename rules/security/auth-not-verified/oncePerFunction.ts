import type { FunctionNode } from '#api';
import type { SourceView } from '../../_shared/sourceView.ts';

/**
 * Reads a function once for all facts in it, as long as one check of a file lasts: the check's context is the key, so that
 * nothing outlives it (cache: readings of functions).
 */
export function oncePerFunction<S extends SourceView, T>(
  read: (fn: FunctionNode, source: S) => T,
): (fn: FunctionNode, source: S) => T {
  const known = new WeakMap<S, Map<FunctionNode, { readonly value: T }>>();
  return (fn, source) => {
    const byFunction = known.get(source) ?? new Map<FunctionNode, { readonly value: T }>();
    known.set(source, byFunction);
    const kept = byFunction.get(fn) ?? { value: read(fn, source) };
    byFunction.set(fn, kept);
    return kept.value;
  };
}
