import { type FactStretch, oncePerScope, type ts } from '#api';
import { isWithin } from '../../_shared/enclosing.ts';
import { type Check, checkOf, keptIn, ownerOf, textOf } from './checks.ts';
import type { Fact } from './envFact.ts';

/** What the checks of a function, and of those in it, ask for. */
interface Demands {
  /** As in {@link Check.denied}. */
  readonly denied: ReadonlySet<string>;
  /** Variables of the environment without which the program stops. */
  readonly variables: ReadonlySet<string>;
}

/** What has to be there for the functions of a scope to go on. */
export const demandsOf = oncePerScope<Fact, Demands>((facts, inner) => {
  const denied = new Set<string>();
  const variables = new Set<string>();
  for (const fact of facts) {
    const check = fact.kind === 'check' ? checkOf(fact.node) : undefined;
    for (const text of check?.denied ?? []) {
      denied.add(text);
      const name = check?.stops === 'program' ? /^(?:process|Bun)\.env\.(\w+)$/.exec(text)?.[1] : undefined;
      if (name !== undefined) variables.add(name);
    }
  }
  for (const demands of inner) {
    for (const text of demands.denied) denied.add(text);
    for (const name of demands.variables) variables.add(name);
  }
  return { denied, variables };
});

/** The checks that deny a text, in source order; functions without any are passed over as a whole. */
function checksOf(scope: FactStretch<Fact>, text: string): readonly Check[] {
  const found: Check[] = [];
  const look = (part: FactStretch<Fact>): void => {
    if (!demandsOf(part).denied.has(text)) return;
    const isLong = part.stretches.length > 0;
    for (const fact of isLong ? [] : part.facts) {
      const check = fact.kind === 'check' ? checkOf(fact.node) : undefined;
      if (check?.denied.includes(text)) found.push(check);
    }
    for (const inner of isLong ? part.stretches : part.scopes) look(inner);
  };
  look(scope);
  return found.sort((a, b) => a.node.pos - b.node.pos);
}

/**
 * Finds the check that a read is subject to: in whose condition it stands, that stands before it, or that follows. None
 * where there is no scope to look in.
 */
export function guardsIn(scope: FactStretch<Fact> | undefined): (read: ts.Node) => Check | undefined {
  if (scope === undefined) return () => undefined;
  return (read) => {
    // The same variable once more, after a guard at the top of the function or of the file, or in its condition.
    const again = checksOf(scope, textOf(read)).find(
      ({ node }) => isWithin(read, node) || (node.end <= read.pos && isWithin(read, ownerOf(node))),
    );
    const place = again === undefined ? keptIn(read) : undefined;
    if (place === undefined) return again;
    const owner = ownerOf(read);
    return checksOf(scope, place).find(({ node }) => node.pos >= read.end && isWithin(node, owner));
  };
}
