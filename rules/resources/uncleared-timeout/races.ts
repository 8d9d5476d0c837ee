import { type FunctionNode, ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { keptIn } from '../../_shared/lifecycle/keeping.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { returnedBy } from '../../_shared/web/handlerFunctions.ts';

/** A promise that takes part in a race, and the timeout that settles it. */
export interface Racing {
  readonly runner: ts.Expression;
  readonly timeout: ts.CallExpression;
}

/**
 * Timeouts that a `Promise.race` starts to lose against, and whose handle nobody keeps: in promises written in place, held
 * by a constant, or made by a function of this file.
 */
export function racingTimeouts(race: ts.CallExpression, source: SourceView): readonly Racing[] {
  const runners = race.arguments[0] && unwrap(race.arguments[0]);
  if (runners === undefined || !ts.isArrayLiteralExpression(runners) || runners.elements.length < 2) return [];
  return runners.elements.flatMap((runner) => {
    const promise = promiseBehind(unwrap(runner), source);
    const executor = promise?.arguments?.[0] && unwrap(promise.arguments[0]);
    if (promise === undefined || executor === undefined || !isFunctionWithBody(executor)) return [];
    const timeout = onlyTimeout(executor, source);
    return timeout === undefined ? [] : [{ runner, timeout }];
  });
}

function promiseBehind(node: ts.Node, source: SourceView, depth = 0): ts.NewExpression | undefined {
  if (depth > 3) return undefined;
  if (ts.isNewExpression(node)) {
    return source.header.resolve(node.expression) === 'global#Promise' ? node : undefined;
  }
  if (ts.isIdentifier(node)) {
    const value = initialValue(node, source);
    return value && ts.isExpression(value) ? promiseBehind(unwrap(value), source, depth + 1) : undefined;
  }
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const maker = initialValue(node.expression, source);
  const made = maker !== undefined && isFunctionWithBody(maker) ? returnedBy(maker) : [];
  return made.length === 1 && made[0] ? promiseBehind(unwrap(made[0]), source, depth + 1) : undefined;
}

/** The dropped timeout by which a promise settles, when nothing else in it could. */
function onlyTimeout({ body }: FunctionNode, source: SourceView): ts.CallExpression | undefined {
  if (body === undefined) return undefined;
  if (!ts.isBlock(body)) return timeoutIn(unwrap(body), source);
  const [statement, ...rest] = body.statements;
  if (statement === undefined || rest.length > 0 || !ts.isExpressionStatement(statement)) return undefined;
  return timeoutIn(unwrap(statement.expression), source);
}

function timeoutIn(node: ts.Node, source: SourceView): ts.CallExpression | undefined {
  if (
    !ts.isCallExpression(node) ||
    !/^(?:global|timers)#setTimeout$/.test(source.header.resolve(node.expression) ?? '')
  ) {
    return undefined;
  }
  const isBody = ts.isArrowFunction(node.parent);
  return isBody || keptIn(node, source.lookup).how === 'dropped' ? node : undefined;
}
