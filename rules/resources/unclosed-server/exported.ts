import { ts } from '#api';
import { isFunctionValue, isWithin } from '../../_shared/enclosing.ts';
import type { Exports } from '../../_shared/moduleExports.ts';
import { isLogical } from '../../_shared/operators.ts';
import { isHandedOn } from '../../_shared/testing/bindings.ts';
import { cleanupHook } from '../../_shared/testing/hooks.ts';
import { type Handle, unknownUses } from './handles.ts';
import { type Names, type Origin, originOf, type Reference, returnOrigin } from './origins.ts';

/**
 * What can listen of what a module exports. Functions that make it have `()` behind their name; what comes from a third
 * module is a reference to that.
 */
export function offersOf(exports: Exports, names: Names): Readonly<Record<string, Origin | Reference>> {
  const offers: Record<string, Origin | Reference> = {};
  for (const [name, value] of exports) {
    const isFunction = ts.isFunctionLike(value);
    const origin = isFunction ? returnOrigin(value, names) : originOf(value, names);
    if (origin !== undefined) offers[isFunction ? `${name}()` : name] = origin;
  }
  return offers;
}

/** A function that starts a server which its caller has to close. */
export function handsOut(fn: ts.FunctionLikeDeclaration, { start, uses }: Handle): boolean {
  if (!isWithin(start.call, fn)) return false;
  // A helper that registers its own clean-up hook closes what it starts.
  if (uses?.closes.some((close) => cleanupHook(close) !== undefined) === true) return false;
  // One that keeps the server elsewhere as well (a list, an owner) may close it there.
  if (uses?.escapes === true && uses !== unknownUses) return false;
  return uses === undefined ? isHandedOn(start.call) : uses.returned || isHandedOn(start.call);
}

/** Whether loading the module opens the port: no condition and no function that nobody calls stands around the call. */
export function runsOnImport(call: ts.Node, file: ts.SourceFile): boolean {
  for (let node = call; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent) || ts.isCaseClause(parent)) return false;
    if (ts.isBinaryExpression(parent) && parent.right === node && isLogical(parent.operatorToken.kind)) return false;
    if (ts.isClassLike(parent)) return false;
    if (ts.isFunctionDeclaration(node)) return node.name !== undefined && isCalledAtTopLevel(node.name.text, file);
    const isInline = isFunctionValue(node);
    if (isInline && ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
      return isCalledAtTopLevel(parent.name.text, file);
    }
    if (isInline && !ts.isCallExpression(parent) && !ts.isParenthesizedExpression(parent)) return false;
  }
  return true;
}

/** `main();`, `void main();`, `main().catch(…);` as a statement of the module. */
function isCalledAtTopLevel(name: string, file: ts.SourceFile): boolean {
  return file.statements.some((statement) => {
    if (!ts.isExpressionStatement(statement)) return false;
    let node: ts.Node = statement.expression;
    while (
      ts.isVoidExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isPropertyAccessExpression(node) ||
      ts.isCallExpression(node)
    ) {
      node = node.expression;
    }
    return ts.isIdentifier(node) && node.text === name;
  });
}
