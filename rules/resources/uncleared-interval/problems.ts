import { ts, unwrap } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { type Keeper, keeperOf, keeperText, keptIn, sameKeeper } from '../../_shared/lifecycle/keeping.ts';
import { isShared, mentionsOf, useOf } from '../../_shared/lifecycle/mentions.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { Fact } from './facts.ts';
import { lastsAsLongAsItsProgram } from './lifetime.ts';

/** What is wrong with an interval, by message. */
export type Problem = 'dropped' | 'uncleared' | 'restarted' | 'collected';

export interface OpenInterval {
  readonly call: ts.CallExpression;
  readonly problem: Problem;
  /** What holds the handle, as it is named in code; empty when nothing does. */
  readonly name: string;
}

type Cleared = Extract<Fact, { kind: 'cleared' }>;

/** Intervals of a file that nothing ends. Cost: its timers, and the scope of those that no call clears. */
export function openIntervals(facts: readonly Fact[], source: SourceView): readonly OpenInterval[] {
  const cleared = facts.filter((fact) => fact.kind === 'cleared');
  const exits = facts.some((fact) => fact.kind === 'exit');
  return facts.flatMap((fact) => {
    if (fact.kind !== 'set' || endsItself(fact.call) || isUsing(fact.call)) return [];
    const open = judge(fact.call, cleared, source);
    return open === undefined || lastsAsLongAsItsProgram(fact.call, exits, source) ? [] : [open];
  });
}

function judge(call: ts.CallExpression, cleared: readonly Cleared[], source: SourceView): OpenInterval | undefined {
  const kept = keptIn(call, source.lookup);
  if (kept.how === 'handedOn') return undefined;
  if (kept.how === 'dropped') return { call, problem: 'dropped', name: '' };
  const name = keeperText(kept.in);
  if (!isLocal(kept.in) && (kept.in.kind === 'property' || isShared(kept.in))) return undefined;
  if (kept.how === 'collected') return isWalked(kept.in, source) ? undefined : { call, problem: 'collected', name };
  const ends = cleared.filter(({ handle }) => names(handle, kept.in, source));
  if (ends.length === 0) {
    return escapes(kept.in, source) ? undefined : { call, problem: 'uncleared', name };
  }
  const outlives = kept.in.kind === 'field' || enclosingFunction(kept.in.declaration) !== enclosingFunction(call);
  const onlyRestarts = outlives && ends.every((end) => isRestart(end.call, call));
  return onlyRestarts ? { call, problem: 'restarted', name } : undefined;
}

/** Whether something else gets the handle, or the object that has it. */
function escapes(keeper: Keeper, { lookup }: SourceView): boolean {
  const isHandedOn = (mention: ts.Node): boolean => useOf(mention) === 'handedOn';
  if (mentionsOf(keeper, lookup).some(isHandedOn)) return true;
  if (keeper.kind !== 'property') return false;
  const [name = ''] = keeper.name.split('.');
  return mentionsOf({ kind: 'variable', declaration: keeper.declaration, name }, lookup).some(isHandedOn);
}

/**
 * A variable of a function, which nobody outside of it can name, or a property of a ref that the function makes. Other
 * objects may be known elsewhere.
 */
function isLocal(keeper: Keeper): boolean {
  if (keeper.kind === 'field' || !ts.isVariableDeclaration(keeper.declaration)) return false;
  if (enclosingFunction(keeper.declaration) === undefined) return false;
  const { initializer } = keeper.declaration;
  if (keeper.kind === 'variable') return true;
  return initializer !== undefined && ts.isCallExpression(initializer) && /Ref$/.test(initializer.expression.getText());
}

/**
 * Whether an expression names what is kept: itself, a copy of it, or a member of the same name of something else, which may
 * be the same object.
 */
function names(handle: ts.Expression, keeper: Keeper, { lookup }: SourceView): boolean {
  const node = unwrap(handle);
  const named = keeperOf(node, lookup);
  if (sameKeeper(named, keeper)) return true;
  const last = keeper.name.slice(keeper.name.lastIndexOf('.') + 1);
  if (keeper.kind !== 'variable' && ts.isPropertyAccessExpression(node) && node.name.text === last) {
    // All refs have a `current`, and two classes may have a field of one name.
    return last !== 'current' && (named?.kind !== 'field' || keeper.kind !== 'field');
  }
  if (named?.kind !== 'variable') return false;
  const { declaration } = named;
  if (ts.isBindingElement(declaration)) return (declaration.propertyName ?? declaration.name).getText() === last;
  const isCopy = ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined;
  return isCopy && sameKeeper(keeperOf(declaration.initializer, lookup), keeper);
}

/** `clearInterval(this.timer)` that every way to `this.timer = setInterval(…)` passes: the last one is never cleared. */
function isRestart(end: ts.CallExpression, start: ts.CallExpression): boolean {
  const scope = enclosingFunction(start);
  if (scope === undefined || enclosingFunction(end) !== scope || end.pos > start.pos) return false;
  const to = statementIn(start);
  let from = statementIn(end);
  // `if (this.timer) clearInterval(this.timer)`
  while (from.parent !== to.parent) {
    const up: ts.Node = from.parent;
    if (!ts.isIfStatement(up) && !(ts.isBlock(up) && ts.isIfStatement(up.parent))) return false;
    from = up as ts.Statement;
  }
  if (!ts.isBlock(to.parent)) return false;
  const { statements } = to.parent;
  const between = statements.slice(statements.indexOf(from), statements.indexOf(to));
  return between.every((statement) => !mayLeave(statement));
}

function statementIn(node: ts.Node): ts.Statement {
  let up = node;
  while (!ts.isStatement(up)) up = up.parent;
  return up;
}

function mayLeave(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) return true;
  return ts.forEachChild(node, mayLeave) === true;
}

const ONLY_ADDS = /^(?:push|add|set|unshift|length|size|has)$/;

/** Whether anything is done with a collection but adding to it. */
function isWalked(collection: Keeper, { lookup }: SourceView): boolean {
  return mentionsOf(collection, lookup).some((mention) => {
    const { parent } = mention;
    if (ts.isPropertyAccessExpression(parent)) return !ONLY_ADDS.test(parent.name.text);
    if (!ts.isElementAccessExpression(parent)) return useOf(mention) !== 'written';
    const { parent: user } = parent;
    return !(ts.isBinaryExpression(user) && user.left === parent);
  });
}

/** `using timer = setInterval(…)`: Node's timers end with the block. */
function isUsing({ parent }: ts.CallExpression): boolean {
  return ts.isVariableDeclaration(parent) && (parent.parent.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;
}

/** The callback ends its own interval (`clearInterval(this)`), or the process. */
function endsItself(call: ts.CallExpression): boolean {
  const callback = call.arguments[0];
  if (callback === undefined) return true;
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText();
      if (/(?:^|\.)clear(?:Interval|Timeout)$/.test(callee))
        return node.arguments[0]?.kind === ts.SyntaxKind.ThisKeyword;
      if (callee === 'process.exit') return true;
    }
    return ts.forEachChild(node, visit) === true;
  };
  return visit(callback);
}
