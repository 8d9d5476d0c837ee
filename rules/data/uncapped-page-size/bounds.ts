import { type FunctionNode, ts, unwrap } from '#api';
import { calledName, constant } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';

/** Functions that look at a value, or keep it within bounds; which, nobody can tell from here. */
const LOOKS = /valid|check|clamp|cap(?:ped)?$|sanit|safe|schema|bound|assert|includes|indexOf|^has$|^min$|^parse$/i;

/**
 * Whether the handler around a place compares a number with anything but zero and one, hands it to something that checks,
 * or has its requests validated as a whole.
 */
export function isBounded(place: ts.Node, names: ReadonlySet<string>, source: SourceView): boolean {
  const handler = handlerAround(place, source);
  if (handler?.body === undefined) return true;
  return looksAt(handler.body, names) || isRegisteredWithSchema(handler);
}

/** The handler that a place belongs to, or the outermost function. */
function handlerAround(place: ts.Node, source: SourceView): FunctionNode | undefined {
  let outer: FunctionNode | undefined;
  for (let up = enclosingFunction(place); up !== undefined; up = enclosingFunction(up)) {
    outer = up;
    if (handlerOf(up, source) !== undefined) break;
  }
  return outer;
}

function looksAt(root: ts.Node, names: ReadonlySet<string>): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isBinaryExpression(node) && isComparison(node.operatorToken.kind)) {
      if (compares(node.left, node.right, names) || compares(node.right, node.left, names)) return true;
    } else if (ts.isCallExpression(node)) {
      const name = calledName(node) ?? '';
      // `validationResult(req)` speaks of the whole request.
      if (/valid/i.test(name) || /schema|valid/i.test(node.expression.getText())) return true;
      if (LOOKS.test(name) && node.arguments.some((argument) => mentions(argument, names))) return true;
    } else if (ts.isElementAccessExpression(node) && mentions(node.argumentExpression, names)) {
      return true;
    } else if (ts.isSwitchStatement(node) && mentions(node.expression, names)) {
      return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(root);
}

function compares(value: ts.Expression, bound: ts.Expression, names: ReadonlySet<string>): boolean {
  if (!mentions(value, names)) return false;
  const known = constant(bound)?.value;
  return typeof known !== 'number' || known > 1;
}

function isComparison(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.LessThanToken ||
    kind === ts.SyntaxKind.LessThanEqualsToken ||
    kind === ts.SyntaxKind.GreaterThanToken ||
    kind === ts.SyntaxKind.GreaterThanEqualsToken
  );
}

function mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node)) return names.has(node.text);
  if (ts.isPropertyAccessExpression(node)) {
    // `req.query.page` says nothing of `req.query.limit`.
    const isOther = ts.isIdentifier(node.expression) || ts.isPropertyAccessExpression(node.expression);
    return names.has(node.getText()) || (!isOther && mentions(node.expression, names));
  }
  return ts.forEachChild(node, (child) => mentions(child, names) || undefined) === true;
}

/** `router.get('/', validate(listSchema), handler)`, `app.get('/', { schema }, handler)`. */
function isRegisteredWithSchema(handler: FunctionNode): boolean {
  let at: ts.Node = handler;
  while (at.parent !== undefined && !ts.isStatement(at.parent)) {
    const { parent } = at;
    if (ts.isCallExpression(parent)) {
      const others = parent.arguments.filter((argument) => argument !== at);
      if (others.some((other) => /schema|valid|celebrate|check|\b(?:query|body)\(/i.test(textOf(other)))) return true;
    }
    at = parent;
  }
  return false;
}

/** A path says nothing of schemas. */
function textOf(argument: ts.Expression): string {
  return ts.isStringLiteralLike(unwrap(argument)) ? '' : argument.getText();
}
