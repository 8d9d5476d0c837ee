import { type FunctionNode, ts, unwrap } from '#api';
import { classAround } from '../classAround.ts';
import { isFunctionWithBody } from '../enclosing.ts';
import { functionName } from '../functionName.ts';
import type { SourceView } from '../sourceView.ts';
import type { Beside } from './checked.ts';
import { isChecked } from './checked.ts';
import { type RequestData, requestData } from './requestData.ts';

/**
 * What a client sent that handlers of the same file hand to a function as this parameter: `ping(req.body.host)` for the
 * `host` of `function ping(host)`. Nothing where the caller looked at it first.
 */
export function givenByCallers(name: ts.Node, source: SourceView, beside: Beside = {}): RequestData | undefined {
  const node = unwrap(name);
  const parameter = ts.isIdentifier(node) ? source.lookup(node) : undefined;
  if (parameter === undefined || !ts.isParameter(parameter) || !isFunctionWithBody(parameter.parent)) return undefined;
  const fn = parameter.parent;
  const index = fn.parameters.indexOf(parameter);
  for (const call of callsOf(fn, source)) {
    const given = call.arguments[index];
    if (given === undefined || call.arguments.slice(0, index).some(ts.isSpreadElement)) continue;
    const data = requestData(given, source);
    if (data !== undefined && !isChecked(given, source, { ...beside, use: call })) return data;
  }
  return undefined;
}

/** Calls of a named function of the file by its name, and of a method through `this`. */
function callsOf(fn: FunctionNode, source: SourceView): readonly ts.CallExpression[] {
  const name = functionName(fn);
  const isMethod = ts.isMethodDeclaration(fn) || ts.isPropertyDeclaration(fn.parent);
  const isNamed = ts.isFunctionDeclaration(fn) || ts.isVariableDeclaration(fn.parent);
  if (name === '' || !(isMethod || isNamed)) return [];
  const scope = isMethod ? classAround(fn, source) : fn.getSourceFile();
  if (scope === undefined) return [];
  source.relyOn(scope);
  const declaration = ts.isFunctionDeclaration(fn) ? fn : fn.parent;
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const isCall = isMethod
        ? ts.isPropertyAccessExpression(callee) &&
          callee.expression.kind === ts.SyntaxKind.ThisKeyword &&
          callee.name.text === name
        : ts.isIdentifier(callee) && callee.text === name && source.lookup(callee) === declaration;
      if (isCall) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}
