import { ts } from '#api';
import { enclosingFunction, isFunctionWithBody } from '../../enclosing.ts';
import { lastPart } from '../../filePath.ts';
import type { SourceView } from '../../sourceView.ts';
import { isAccessStep, namesBypass } from '../accessNames.ts';
import { exits } from './branch.ts';
import { switchesIn } from './switches.ts';

/** Says that code belongs to a function, variable or class that is named for deciding who may come in. */
export function isInAccessStep(node: ts.Node, source: SourceView): boolean {
  const names = namesAround(node);
  const known = names.length > 0 ? names : [lastPart(source.path).replace(/\..*$/, '')];
  return known.some((name) => isAccessStep(name) && !namesBypass(name));
}

/** Says that code belongs to a function that looks somebody up: there, nothing means nobody. */
export function isInLookup(node: ts.Node): boolean {
  const fn = enclosingFunction(node);
  const name = fn === undefined ? undefined : nameOf(fn);
  return name !== undefined && /^(?:get|fetch|load|find|read|resolve|current)(?![a-z])/.test(name);
}

/** Names of the functions and classes around a node, innermost first. */
function namesAround(node: ts.Node): readonly string[] {
  const names: string[] = [];
  for (let up: ts.Node | undefined = node; up !== undefined; up = up.parent) {
    const name = isFunctionWithBody(up) || ts.isClassLike(up) || ts.isVariableDeclaration(up) ? nameOf(up) : undefined;
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** A function's own name, or that of the variable, property or export it ends up in, wrappers in between. */
export function nameOf(node: ts.Node): string | undefined {
  const own = ts.getNameOfDeclaration(node as ts.Declaration);
  if (own !== undefined && ts.isIdentifier(own)) return own.text;
  for (let up = node.parent; up !== undefined; up = up.parent) {
    if (ts.isVariableDeclaration(up) || ts.isPropertyAssignment(up) || ts.isPropertyDeclaration(up)) {
      return ts.isIdentifier(up.name) ? up.name.text : undefined;
    }
    if (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      return ts.isPropertyAccessExpression(up.left) ? up.left.name.text : undefined;
    }
    if (!ts.isCallExpression(up) && !ts.isParenthesizedExpression(up) && !ts.isArrowFunction(up)) return undefined;
  }
  return undefined;
}

/** The statements that run after one, up to the end of its function. */
export function following(statement: ts.Statement): readonly ts.Statement[] {
  const after: ts.Statement[] = [];
  for (let at: ts.Node = statement; at.parent !== undefined && !isFunctionWithBody(at); at = at.parent) {
    const { parent } = at;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) continue;
    after.push(...parent.statements.slice(parent.statements.indexOf(at as ts.Statement) + 1));
  }
  return after;
}

/** Says that code does not run in production: an `if` around it, or one before it that leaves, sees to that. */
export function isOutOfProduction(node: ts.Node, source: SourceView): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && at !== parent.expression) {
      if (asksForStage(parent.expression, at === parent.thenStatement, source)) return true;
    }
    if (!ts.isBlock(parent)) continue;
    const before = parent.statements.slice(0, parent.statements.indexOf(at as ts.Statement));
    for (const other of before) {
      if (!ts.isIfStatement(other) || !exits([other.thenStatement])) continue;
      if (asksForStage(other.expression, false, source)) return true;
    }
  }
  return false;
}

/** True when a condition has this outcome outside of production. */
export function asksForStage(condition: ts.Expression, outcome: boolean, source: SourceView): boolean {
  return switchesIn(condition, source).some((one) => one.kind === 'stage' && one.outcome === outcome);
}
