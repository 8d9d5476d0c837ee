import { ts, unwrap } from '#api';
import { type Lookup, settled } from '../../_shared/browser/constants.ts';
import { calledName, constant, option } from '../../_shared/calls.ts';

/** Whether options let every origin read: `origin` is missing, `*`, `true`, or a function that never refuses. */
export function allowsEveryOrigin(options: ts.Node | undefined, lookup: Lookup): boolean {
  const given = options === undefined ? undefined : settled(options, lookup);
  const origin = option(given, 'origin');
  if (origin.kind === 'absent') return true;
  return origin.kind === 'given' && isEveryOrigin(origin.value, lookup);
}

/** Whether options say that cookies may be sent along. */
export function sendsCredentials(options: ts.Node | undefined, lookup: Lookup): boolean {
  if (options === undefined) return false;
  const credentials = option(settled(options, lookup), 'credentials');
  return credentials.kind === 'given' && constant(credentials.value)?.value === true;
}

export function isEveryOrigin(value: ts.Node, lookup: Lookup): boolean {
  const node = settled(value, lookup);
  const literal = constant(node)?.value;
  if (literal === '*' || literal === true) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.some((element) => constant(element)?.value === '*');
  if (ts.isRegularExpressionLiteral(node)) return /^\/\^?\.[*+]\$?\/[a-z]*$/.test(node.text);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node))
    return neverRefuses(node);
  return false;
}

/** `(origin, done) => done(null, true)`, `(origin) => origin`: no condition, and yes is all it says. */
function neverRefuses(fn: ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration): boolean {
  const [origin, done] = fn.parameters;
  if (fn.body === undefined || origin === undefined || !ts.isIdentifier(origin.name)) return false;
  const name = origin.name.text;
  const isYes = (node: ts.Node): boolean => {
    const value = constant(node)?.value;
    const inner = unwrap(node);
    return value === true || value === '*' || (ts.isIdentifier(inner) && inner.text === name);
  };
  const [only, ...more] = ts.isBlock(fn.body) ? fn.body.statements : [fn.body];
  if (only === undefined || more.length > 0) return false;
  const answer = ts.isReturnStatement(only) || ts.isExpressionStatement(only) ? only.expression : only;
  if (answer === undefined) return false;
  const call = unwrap(answer);
  if (done !== undefined && ts.isCallExpression(call)) {
    const verdict = call.arguments[1];
    return calledName(call) === done.name.getText() && verdict !== undefined && isYes(verdict);
  }
  return done === undefined && !ts.isExpressionStatement(only) && isYes(answer);
}
