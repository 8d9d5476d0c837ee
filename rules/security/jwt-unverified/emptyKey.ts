import { type FileHeader, ts, unwrap } from '#api';
import { jwtFunction } from '../../_shared/auth/jwtCalls.ts';
import { constant } from '../../_shared/calls.ts';

/** The key of a verification that is no key: `''`, `null`, `undefined`. */
export function emptyKey(call: ts.CallExpression, header: FileHeader): ts.Expression | undefined {
  if (jwtFunction(call, header)?.does !== 'verify') return undefined;
  const key = call.arguments[1];
  if (key === undefined || !isConstantLike(unwrap(key))) return undefined;
  const value = constant(key);
  return value !== undefined && !value.value ? key : undefined;
}

function isConstantLike(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  );
}
