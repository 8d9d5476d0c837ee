import { type FunctionNode, ts } from '#api';
import { awaitsIn, mentions, placeName, writtenPlace } from './places.ts';
import type { Write } from './writes.ts';

/** A condition on a place, and what is awaited between it and a write to that place. */
export interface Guard {
  readonly condition: ts.Expression;
  /** Whether the write happens when the condition holds; otherwise the function has been left. */
  readonly whenTrue: boolean;
  readonly awaits: readonly ts.AwaitExpression[];
}

/**
 * The condition that led to a write, when something is awaited in between and nothing else was done meanwhile to keep
 * others out; `isAbout` says what asks for the place, its name in general. Looks at statements before the write, innermost block first; `undefined` where the condition is asked anew
 * after the wait, the place is written before, or any shared place is: that may be a lock.
 */
export function guardOf(
  write: Write,
  fn: FunctionNode,
  isAbout: (asked: ts.Node) => boolean = (asked) => mentions(asked, write.place),
): Guard | undefined {
  const { place } = write;
  const awaits = [...awaitsIn(write.node)];
  let guard: Guard | undefined;
  for (let child: ts.Node = write.node; child !== fn; child = child.parent) {
    const { parent } = child;
    if (ts.isTryStatement(parent) && child !== parent.tryBlock) return undefined;
    if (ts.isFunctionLike(parent) && parent !== fn) return undefined;
    const condition = conditionOver(child, parent);
    if (condition !== undefined && guard === undefined) {
      if (isAbout(condition.expression)) {
        if (awaits.length === 0) return undefined;
        guard = { condition: condition.expression, whenTrue: condition.whenTrue, awaits: [...awaits] };
      }
      awaits.unshift(...awaitsIn(condition.expression));
    }
    for (const before of statementsBefore(child, parent)) {
      if (guard === undefined && ts.isIfStatement(before) && isAbout(before.expression)) {
        if (awaits.length === 0 || before.elseStatement !== undefined || !leaves(before.thenStatement))
          return undefined;
        guard = { condition: before.expression, whenTrue: false, awaits: [...awaits] };
        continue;
      }
      if (ts.isIfStatement(before) && before.elseStatement === undefined && leaves(before.thenStatement)) continue;
      const waits = awaitsIn(before);
      if (mayLock(before, waits.length > 0)) return undefined;
      if (guard === undefined && mentions(before, place)) return undefined;
      awaits.unshift(...waits);
    }
  }
  return guard;
}

function conditionOver(
  child: ts.Node,
  parent: ts.Node,
): { readonly expression: ts.Expression; readonly whenTrue: boolean } | undefined {
  if (ts.isIfStatement(parent) && child !== parent.expression) {
    return { expression: parent.expression, whenTrue: child === parent.thenStatement };
  }
  if (ts.isConditionalExpression(parent) && child !== parent.condition) {
    return { expression: parent.condition, whenTrue: child === parent.whenTrue };
  }
  return undefined;
}

/** Statements of a block before one of them, the nearest first. */
function statementsBefore(child: ts.Node, parent: ts.Node): readonly ts.Statement[] {
  if (!ts.isBlock(parent) && !ts.isCaseOrDefaultClause(parent)) return [];
  const index = parent.statements.indexOf(child as ts.Statement);
  return parent.statements.slice(0, Math.max(index, 0)).reverse();
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return (
    last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last))
  );
}

/** Gives a shared place a value, or calls something that says that it locks. */
function mayLock(statement: ts.Statement, waits: boolean): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node)) return false;
    const target = writtenPlace(node);
    const place = target && placeName(target);
    if (place?.includes('.') === true && !(waits && isResult(node))) return true;
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && LOCK.test(node.text)) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(statement);
}

/** `this.items = await load()`: kept after the wait, so it locks nothing. */
function isResult(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && awaitsIn(node.right).length > 0;
}

const LOCK = /lock|mutex|semaphore|acquire|exclusive/i;
