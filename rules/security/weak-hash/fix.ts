import { type FixContext, type TextEdit, ts } from '#api';
import { LEAST_ROUNDS } from './rounds.ts';

/** Raises the rounds to the least that is safe, in the call or where a constant of the file holds them. */
export function raiseRounds(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const place = ctx.node(isPlace);
  if (place === undefined) return undefined;
  if (ts.isNumericLiteral(place)) return [ctx.replace(place, String(LEAST_ROUNDS))];
  const declaration = ctx.lookup(place);
  const value =
    declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value !== undefined && ts.isNumericLiteral(value) ? [ctx.replace(value, String(LEAST_ROUNDS))] : undefined;
}

function isPlace(node: ts.Node): node is ts.NumericLiteral | ts.Identifier {
  return ts.isNumericLiteral(node) || ts.isIdentifier(node);
}
