import { ts } from '#api';
import { type Holder, isLogical } from './bypasses.ts';

/** All places of a file where a switch may decide something, for fixes, which have no facts at hand. */
export function holdersOf(file: ts.SourceFile): readonly Holder[] {
  const holders: Holder[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node) || isLogical(node)) holders.push(node);
    else if (ts.isPropertyAssignment(node) && isSkip(node)) holders.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return holders;
}

/** By syntax alone, `skip: …`. */
export function isSkip(node: ts.PropertyAssignment): boolean {
  return ts.isIdentifier(node.name) && node.name.text === 'skip';
}
