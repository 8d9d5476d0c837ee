import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { boundNames, mentionsAny } from '../../_shared/mentions.ts';
import { preparesData } from '../../_shared/places.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { Loop } from './loops.ts';

/** Lists that were cut into pieces to be asked for piece by piece. */
const PIECES = /chunk|batch|slice|partition|bucket/i;
/** Functions that run once, when something is set up or brought over. */
const SETS_UP = /seed|migrat|backfill|fixture|bootstrap|onModuleInit|onApplicationBootstrap|populateD/i;
const WAITS = /\b(?:sleep|delay|setTimeout|wait|throttle|retry|attempts?)\b/i;

/** Whether a loop is meant to ask for one element after the other, or goes through a list that does not grow. */
export function isDeliberate(loop: Loop, source: SourceView): boolean {
  const { localPath } = source.header;
  if (preparesData(localPath)) return true;
  const names = [...loop.names].join(' ');
  if (PIECES.test(names) || PIECES.test(loop.list.getText())) return true;
  if (isFixed(loop.list, source) || WAITS.test(loop.body.getText())) return true;
  for (let up = loop.node.parent; up !== undefined; up = up.parent) {
    if (ts.isFunctionLike(up) && SETS_UP.test(nameOf(up))) return true;
  }
  return stopsAtFirst(loop);
}

/** A list that stands in the source, or an enumeration: its length is known. */
function isFixed(list: ts.Expression, source: SourceView): boolean {
  const node = unwrap(list);
  if (ts.isArrayLiteralExpression(node)) return !node.elements.some(ts.isSpreadElement);
  if (ts.isObjectLiteralExpression(node)) return true;
  if (ts.isCallExpression(node)) {
    const name = node.expression.getText();
    const [of] = node.arguments;
    if (/^Object\.(?:keys|values|entries)$/.test(name)) {
      // An enumeration is called like a type.
      return of !== undefined && (isFixed(of, source) || /^[A-Z]\w*$/.test(of.getText()));
    }
    return /^Array\.from$/.test(name) && of !== undefined && ts.isObjectLiteralExpression(unwrap(of));
  }
  if (!ts.isIdentifier(node)) return false;
  if (/^[A-Z][A-Z0-9_]+$/.test(node.text)) return true;
  const value = initialValue(node, source);
  const isList = value !== undefined && (ts.isArrayLiteralExpression(value) || ts.isAsExpression(value));
  // An empty list is there to be filled.
  return isList && isFixed(value, source) && !/^\[\s*\]/.test(value.getText());
}

/** `if (found) return found`, `if (isFree) break`: tries one after the other, and rarely all of them. */
function stopsAtFirst({ body, names }: Loop): boolean {
  const answers = awaitedNames(body);
  const given = new Set([...names, ...answers]);
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isIfStatement(node) && mentionsAny(node.expression, answers)) {
      const last = ts.isBlock(node.thenStatement) ? node.thenStatement.statements.at(-1) : node.thenStatement;
      if (last !== undefined && ts.isBreakStatement(last)) return true;
      const returned = last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
      const value = returned && unwrap(returned);
      const isAnswer = value !== undefined && !ts.isCallExpression(value) && !ts.isNewExpression(value);
      if (isAnswer && (mentionsAny(value, given) || isTrue(value))) return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(body);
}

/** Names that hold what was awaited in a round. */
function awaitedNames(body: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
    if (ts.isVariableDeclaration(node) && value !== undefined && ts.isAwaitExpression(unwrap(value))) {
      boundNames(node.name, names);
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return names;
}

function isTrue(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.TrueKeyword;
}

function nameOf(fn: ts.SignatureDeclaration): string {
  if (fn.name !== undefined) return fn.name.getText();
  const { parent } = fn;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  return ts.isCallExpression(parent) ? (calledName(parent) ?? '') : '';
}
