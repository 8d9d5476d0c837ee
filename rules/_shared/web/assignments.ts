import { ts, unwrap } from '#api';
import { enclosingFunction } from '../enclosing.ts';
import type { SourceView } from '../sourceView.ts';
import { isSwitchedOff } from '../switchedOff.ts';

/** `name = value` and `name += value`, for a variable that a function declares. */
export interface Assignment {
  readonly value: ts.Expression;
  /** Whether the value comes behind what the variable held. */
  readonly isAdded: boolean;
}

/**
 * What is assigned to a `let` or `var` of a function after its declaration, in branches that may run; nothing for constants
 * and for the file's own.
 */
export function assignmentsTo(declaration: ts.VariableDeclaration, source: SourceView): readonly Assignment[] {
  const { name } = declaration;
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const scope = enclosingFunction(declaration)?.body;
  if (isConstant || scope === undefined || !ts.isIdentifier(name)) return [];
  const found: Assignment[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      const isAdded = kind === ts.SyntaxKind.PlusEqualsToken;
      const target = unwrap(node.left);
      const isOwn = ts.isIdentifier(target) && target.text === name.text;
      const isSet = isOwn && (isAdded || kind === ts.SyntaxKind.EqualsToken) && source.lookup(target) === declaration;
      if (isSet && !isSwitchedOff(node, source)) found.push({ value: node.right, isAdded });
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}
