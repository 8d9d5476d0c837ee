import { unwrap } from '../api/unwrap.ts';
import { ts } from '../ts.ts';

const K = ts.SyntaxKind;

/**
 * The name by which listeners of a node are chosen: of a call and `new` what is called, last part first (`send` for
 * `res.status(1).send()`), of a member in an object literal its key, of a property access the property, of a variable,
 * field or parameter what it is called, of an assignment what it is to and the operator (`innerHTML +=`), of other
 * operations the operator. `undefined` where it cannot be told from the node alone.
 */
export function nodeName(node: ts.Node): string | undefined {
  switch (node.kind) {
    case K.CallExpression:
    case K.NewExpression:
      return lastName((node as ts.CallExpression | ts.NewExpression).expression);
    case K.PropertyAssignment:
    case K.ShorthandPropertyAssignment:
      return plainName((node as ts.PropertyAssignment | ts.ShorthandPropertyAssignment).name);
    case K.VariableDeclaration:
    case K.PropertyDeclaration:
    case K.Parameter:
      return plainName((node as ts.VariableDeclaration | ts.PropertyDeclaration | ts.ParameterDeclaration).name);
    case K.BinaryExpression:
      return operationName(node as ts.BinaryExpression);
    case K.PropertyAccessExpression:
      return (node as ts.PropertyAccessExpression).name.text;
    case K.Identifier:
      return (node as ts.Identifier).text;
    default:
      return undefined;
  }
}

/** The last part of a name: `c` of `a.b.c`, `a['b'].c` and `c`. */
function lastName(expression: ts.Expression): string | undefined {
  const node = unwrap(expression);
  if (node.kind === K.Identifier) return (node as ts.Identifier).text;
  if (node.kind === K.PropertyAccessExpression) return (node as ts.PropertyAccessExpression).name.text;
  if (node.kind !== K.ElementAccessExpression) return undefined;
  const key = (node as ts.ElementAccessExpression).argumentExpression;
  return ts.isStringLiteralLike(key) ? key.text : undefined;
}

function operationName({ left, operatorToken: { kind } }: ts.BinaryExpression): string | undefined {
  const operator = ts.tokenToString(kind);
  if (kind < K.FirstAssignment || kind > K.LastAssignment) return operator;
  const target = lastName(left);
  return target === undefined ? undefined : `${target} ${operator}`;
}

function plainName(name: ts.BindingName | ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}
