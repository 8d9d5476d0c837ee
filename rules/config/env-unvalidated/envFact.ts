import { oncePerScope, type ts } from '#api';
import type { Candidate } from './checks.ts';
import type { Validation } from './validation.ts';

/** What one statement may say about the environment. */
export type Fact =
  | { readonly kind: 'read'; readonly node: ts.Node; readonly name: string }
  | { readonly kind: 'computed'; readonly node: ts.Node }
  | CheckFact
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'validation'; readonly call: ts.CallExpression | ts.NewExpression; readonly of: Validation }
  | { readonly kind: 'browser' | 'handed' };

/** Any `if` may be a check of a variable, in any file. */
interface CheckFact {
  readonly kind: 'check';
  readonly node: Candidate;
}

type OtherFact = Exclude<Fact, CheckFact>;

const NONE: readonly OtherFact[] = [];

/** All but the checks; most files have none. In no particular order. */
export const factsBesideChecks = oncePerScope<Fact, readonly OtherFact[]>((facts, inner) => {
  const own = facts.filter((fact) => fact.kind !== 'check');
  const found = own.length === 0 ? inner.filter(({ length }) => length > 0) : [own, ...inner];
  return found.length === 0 ? NONE : found.flat();
});

/** Where a fact stands; 0 for those of which it does not matter. */
export function placeOf(fact: OtherFact): number {
  return 'node' in fact ? fact.node.pos : 'call' in fact ? fact.call.pos : 0;
}
