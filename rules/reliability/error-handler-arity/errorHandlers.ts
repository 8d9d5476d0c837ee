import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { typeReference } from '../../_shared/typeReference.ts';
import { handlerFunctions } from '../../_shared/web/handlerFunctions.ts';
import { roleByName } from '../../_shared/web/parameterNames.ts';
import { isRouterName, routerFramework } from '../../_shared/web/routers.ts';

/** A call of `use`, or a variable that has the type of error handlers. */
export type Fact = ts.CallExpression | ts.VariableDeclaration;

/** An error handler with three parameters, and the name of the first. */
export interface ShortHandler {
  readonly fn: FunctionNode;
  readonly error: string;
}

/** `app.use(…)` with anything that may be a function of this file. */
export function useFact(node: ts.CallExpression, { header }: { readonly header: FileHeader }): Fact | undefined {
  const callee = node.expression;
  const isUse = ts.isPropertyAccessExpression(callee) && callee.name.text === 'use';
  return isUse && node.arguments.some((argument) => mayBeOwn(argument, header)) ? node : undefined;
}

/** Of calls, those that bind a function, and those of functions of this file, which may make one. */
function mayBeOwn(argument: ts.Expression, { imports, topLevel }: FileHeader): boolean {
  if (!ts.isCallExpression(argument)) return true;
  const callee = argument.expression;
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text === 'bind';
  return ts.isIdentifier(callee) && topLevel.has(callee.text) && !imports.has(callee.text);
}

/** `const handler: ErrorRequestHandler = (err, req, res) => …`. */
export function typedFact(node: ts.VariableDeclaration): Fact | undefined {
  if (node.type === undefined || node.initializer === undefined || !ts.isTypeReferenceNode(node.type)) return undefined;
  return isFunctionWithBody(unwrap(node.initializer)) ? node : undefined;
}

/** The error handlers of a file that Express will not know as such. */
export function* shortErrorHandlers(facts: Iterable<Fact>, source: SourceView): Generator<ShortHandler> {
  const seen = new Set<FunctionNode>();
  for (const fact of facts) {
    for (const fn of ts.isCallExpression(fact) ? usedFunctions(fact, source) : typedFunctions(fact, source)) {
      const error = shortHandler(fn);
      if (error === undefined || seen.has(fn)) continue;
      seen.add(fn);
      yield { fn, error };
    }
  }
}

function usedFunctions(call: ts.CallExpression, source: SourceView): readonly FunctionNode[] {
  if (!ts.isPropertyAccessExpression(call.expression)) return [];
  const router = unwrap(call.expression.expression);
  const framework = routerFramework(router, source);
  const name = ts.isIdentifier(router) ? router.text : ts.isPropertyAccessExpression(router) ? router.name.text : '';
  if (framework === undefined ? !isRouterName(name) : framework !== 'express') return [];
  // What a wrapper hands to Express has parameters of its own.
  return call.arguments.flatMap((argument) => handlerFunctions(argument, source, () => false));
}

function typedFunctions({ type, initializer }: ts.VariableDeclaration, source: SourceView): readonly FunctionNode[] {
  const reference = type && typeReference(type, source.header);
  const isHandler = reference?.name === 'ErrorRequestHandler' && reference.module?.startsWith('express') === true;
  const fn = initializer && unwrap(initializer);
  return isHandler && fn !== undefined && isFunctionWithBody(fn) ? [fn] : [];
}

/** The first parameter of a function that takes an error, a request and a response, and nothing else. */
function shortHandler(fn: FunctionNode): string | undefined {
  const [first] = fn.parameters;
  // Express counts the parameters before the first with a default, and none that take the rest.
  const isPlain = fn.parameters.every((parameter) => !parameter.dotDotDotToken && !parameter.initializer);
  if (fn.parameters.length !== 3 || first === undefined || !isPlain || !ts.isIdentifier(first.name)) return undefined;
  return roleByName(fn, 0) === 'error' ? first.name.text : undefined;
}
