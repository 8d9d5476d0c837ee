import { ts, unwrap } from '#api';
import { isNullish } from '../../_shared/calls.ts';
import { type Keeper, keeperOf, sameKeeper } from '../../_shared/lifecycle/keeping.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { Collection } from './collections.ts';
import { mentionsOf } from './mentions.ts';

/** Members that look or add; any other may take away. */
const HARMLESS =
  /^(?:get|has|set|add|push|unshift|forEach|map|filter|find|findLast|findIndex|some|every|includes|indexOf|keys|values|entries|size|length|reduce|join|slice|concat|at|flatMap|toString|hasOwnProperty)$/;

/** Calls that look at what they are given. */
const LOOKS =
  /^(?:Object\.(?:keys|values|entries|hasOwn)|Array\.(?:from|isArray)|JSON\.stringify|console\.\w+)$|\.(?:json|send)$/;

/**
 * Whether anything in the scope takes from a collection, compares how large it is, gives it a new value, or hands it to
 * code that may.
 */
export function isBounded({ declaration, scope }: Collection, keeper: Keeper, source: SourceView): boolean {
  const { name } = declaration;
  for (const node of mentionsOf(name.getText(), scope)) {
    if (node === name) continue;
    if (ts.isExportSpecifier(node.parent)) return true;
    const use = useOf(node);
    if (use === undefined) continue;
    const used = keeperOf(use, source.lookup);
    // Another variable of that name; a member of something unknown may be the field of another object, or this one.
    if (used === undefined ? ts.isPropertyAccessExpression(use) : sameKeeper(used, keeper) && mayShrink(use))
      return true;
  }
  return false;
}

/** The expression that a name is read by; `undefined` for keys, declarations and types. */
function useOf(node: ts.Identifier | ts.PrivateIdentifier): ts.Expression | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent;
  if (ts.isPrivateIdentifier(node)) return undefined;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return undefined;
  if (ts.isTypeNode(parent) || ts.isTypeElement(parent) || ts.isClassElement(parent) || ts.isParameter(parent)) {
    return undefined;
  }
  return ts.isBindingElement(parent) || (ts.isVariableDeclaration(parent) && parent.name === node) ? undefined : node;
}

function mayShrink(use: ts.Expression): boolean {
  let at: ts.Node = use;
  while (unwrap(at.parent) !== at.parent) at = at.parent;
  const { parent } = at;
  if (ts.isPropertyAccessExpression(parent)) {
    const member = parent.name.text;
    if (!HARMLESS.test(member)) return true;
    return (member === 'size' || member === 'length') && isComparedOrSet(parent);
  }
  if (ts.isElementAccessExpression(parent)) return parent.expression !== at ? false : isTakenAway(parent);
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    return parent.expression === at || !LOOKS.test(parent.expression.getText());
  }
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return kind !== ts.SyntaxKind.InKeyword && !(kind === ts.SyntaxKind.AmpersandAmpersandToken && parent.left === at);
  }
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return false;
  if (ts.isSpreadElement(parent)) return false;
  return !(ts.isTypeOfExpression(parent) || ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent));
}

/** `if (seen.size > MAX)`, `log.length = 0`, `while (log.length)`. */
function isComparedOrSet(read: ts.PropertyAccessExpression): boolean {
  let at: ts.Node = read;
  for (;;) {
    const { parent } = at;
    if (ts.isBinaryExpression(parent)) {
      if (!isArithmetic(parent.operatorToken.kind)) return true;
    } else if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isConditionalExpression(parent)) {
      return isCondition(parent, at);
    } else if (unwrap(parent) === parent && !ts.isPrefixUnaryExpression(parent)) return false;
    at = parent;
  }
}

function isCondition(parent: ts.IfStatement | ts.WhileStatement | ts.ConditionalExpression, at: ts.Node): boolean {
  return ts.isConditionalExpression(parent) ? parent.condition === at : parent.expression === at;
}

function isArithmetic(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.MinusToken;
}

/** `delete byId[id]`, `byId[id] = undefined`. */
function isTakenAway(element: ts.ElementAccessExpression): boolean {
  let at: ts.Node = element;
  while (unwrap(at.parent) !== at.parent) at = at.parent;
  const { parent } = at;
  if (ts.isDeleteExpression(parent)) return true;
  if (!ts.isBinaryExpression(parent) || parent.left !== at) return false;
  return isNullish(unwrap(parent.right));
}
