import { ts, unwrap } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { calledName, constant, option } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import type { Lookup } from '../../_shared/sourceView.ts';

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
  if (isFunctionValue(node) || ts.isMethodDeclaration(node)) return neverRefuses(node);
  return false;
}

/** `(origin, done) => done(null, true)`, `(origin) => origin`: yes is all it says, on every way. */
function neverRefuses(fn: ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration): boolean {
  const [origin, done] = fn.parameters;
  if (fn.body === undefined || origin === undefined || !ts.isIdentifier(origin.name)) return false;
  const name = origin.name.text;
  const isYes = (node: ts.Node): boolean => {
    const value = constant(node)?.value;
    const inner = unwrap(node);
    return value === true || value === '*' || (ts.isIdentifier(inner) && inner.text === name);
  };
  if (done !== undefined) return ts.isIdentifier(done.name) && alwaysCalls(fn.body, done.name.text, isYes);
  if (!ts.isBlock(fn.body)) return isYes(fn.body);
  const [only, ...more] = fn.body.statements;
  return more.length === 0 && only !== undefined && ts.isReturnStatement(only) && isYes(only.expression ?? only);
}

/** Whether a function ends by handing yes to its callback, and never hands it anything else, nor the callback to others. */
function alwaysCalls(body: ts.ConciseBody, done: string, isYes: (node: ts.Node) => boolean): boolean {
  const saysYes = (node: ts.Node | undefined): boolean => {
    const call = node && unwrap(node);
    if (call === undefined || !ts.isCallExpression(call) || calledName(call) !== done) return false;
    const [error, verdict] = call.arguments;
    return error !== undefined && verdict !== undefined && isNothing(error) && isYes(verdict);
  };
  const ends = (node: ts.Statement | undefined): boolean => {
    if (node === undefined) return false;
    if (ts.isBlock(node)) return ends(node.statements.at(-1));
    if (ts.isIfStatement(node)) return ends(node.thenStatement) && ends(node.elseStatement);
    return (ts.isExpressionStatement(node) || ts.isReturnStatement(node)) && saysYes(node.expression);
  };
  const refuses = (node: ts.Node): boolean => {
    if (ts.isThrowStatement(node) || (ts.isReturnStatement(node) && !saysYes(node.expression))) return true;
    if (ts.isIdentifier(node) && node.text === done) return !saysYes(node.parent);
    return ts.forEachChild(node, refuses) === true;
  };
  return (ts.isBlock(body) ? ends(body) : saysYes(body)) && !refuses(body);
}

function isNothing(node: ts.Node): boolean {
  const given = constant(node);
  return given !== undefined && (given.value === null || given.value === undefined);
}
