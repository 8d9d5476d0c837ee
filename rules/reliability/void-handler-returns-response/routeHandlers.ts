import { type FunctionNode, ts } from '#api';
import { parameterType } from '../../_shared/contextualType.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerFunctions } from '../../_shared/web/handlerFunctions.ts';
import { REGISTERS, routerFramework } from '../../_shared/web/routers.ts';
import { refusesAnyResult } from './declaredReturn.ts';

/** `x.get(…)` and the like with more than one argument, or one that is no plain text: it may register a route. */
export function mayBeRoute(call: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(call.expression) || !REGISTERS.has(call.expression.name.text)) return false;
  return call.arguments.some((argument) => !ts.isStringLiteralLike(argument));
}

/** The functions of this file that calls pass to a route of Express, behind wrappers only where these refuse results. */
export function routeHandlers(calls: Iterable<ts.CallExpression>, source: SourceView): ReadonlySet<FunctionNode> {
  const handlers = new Set<FunctionNode>();
  const follows = (wrapper: ts.CallExpression, argument: ts.Expression) => isTakenAsHandler(wrapper, argument, source);
  for (const call of calls) {
    if (!ts.isPropertyAccessExpression(call.expression)) continue;
    if (routerFramework(call.expression.expression, source) !== 'express') continue;
    for (const argument of call.arguments) {
      for (const fn of handlerFunctions(argument, source, follows)) if (takesResponse(fn)) handlers.add(fn);
    }
  }
  return handlers;
}

/** `(req, res, …)`, or `(err, req, res, next)`: callbacks of other things put their error first. */
function takesResponse(fn: FunctionNode): boolean {
  const names = fn.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
  return names.length === 4 || (names.length >= 2 && !/^_?e(?:rr(?:or)?)?$/i.test(names[0] ?? ''));
}

/** Wrappers whose own types take nothing but a handler of Express. */
const STRICT_WRAPPERS = new Set(['express-async-handler']);

/** Says that a wrapper refuses functions with a result. One that another file declares may take any, as most do. */
function isTakenAsHandler(call: ts.CallExpression, argument: ts.Expression, source: SourceView): boolean {
  const wrapper = source.header.resolve(call.expression);
  if (wrapper !== undefined && STRICT_WRAPPERS.has(wrapper)) return true;
  const type = parameterType(call, argument, source);
  return type !== undefined && refusesAnyResult(type, source);
}
