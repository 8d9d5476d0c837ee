import { ts, unwrap } from '#api';

/** A call of `sort` or `toSorted` that leaves the order to the engine. */
export interface DefaultSort {
  readonly call: ts.CallExpression;
  readonly receiver: ts.Expression;
  readonly method: string;
  /** The method's name in the source. */
  readonly name: ts.Node;
}

const METHODS = new Set(['sort', 'toSorted']);

export function defaultSort(call: ts.CallExpression): DefaultSort | undefined {
  const [given, ...more] = call.arguments;
  // `sort(undefined)` is `sort()`.
  if (more.length > 0 || (given !== undefined && !(ts.isIdentifier(given) && given.text === 'undefined'))) {
    return undefined;
  }
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee) && METHODS.has(callee.name.text)) {
    return { call, receiver: callee.expression, method: callee.name.text, name: callee.name };
  }
  if (ts.isElementAccessExpression(callee)) {
    const key = callee.argumentExpression;
    if (ts.isStringLiteralLike(key) && METHODS.has(key.text)) {
      return { call, receiver: callee.expression, method: key.text, name: key };
    }
  }
  return undefined;
}
