import { ts } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { boundNames, mentionsAny } from '../../_shared/mentions.ts';
import type { Loop } from './loops.ts';

/** Names in a round, by where their values come from. */
export interface RoundNames {
  /** The element, and every local that is made of it. */
  readonly keyed: ReadonlySet<string>;
  /** What one round leaves for the next: a query with it has to wait for the one before. */
  readonly carried: ReadonlySet<string>;
}

/** Goes through a round once, in source order. */
export function roundNames({ names, body }: Loop): RoundNames {
  const keyed = new Set(names);
  const declared = new Set<string>();
  const assigned = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) {
      boundNames(node.name, declared);
      const { initializer } = node;
      const isValue = initializer !== undefined && !isFunctionWithBody(initializer);
      if (isValue && mentionsAny(initializer, keyed)) boundNames(node.name, keyed);
    } else if (isAssignment(node) && ts.isIdentifier(node.left)) {
      assigned.add(node.left.text);
      if (declared.has(node.left.text) && mentionsAny(node.right, keyed)) keyed.add(node.left.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return { keyed, carried: new Set([...assigned].filter((name) => !declared.has(name))) };
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
