import { ts, unwrap } from '#api';
import { calledName, memberAccess, propertyKey } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type DetailKind, type ErrorValue, errorValue } from './errorValues.ts';
import { isMeantForClients, isReplaced, replacesForClients } from './publicMessages.ts';

export interface Detail {
  readonly kind: DetailKind;
  /** Where the answer names it: the read itself, or the local that holds it. */
  readonly place: ts.Node;
}

const MEMBERS: ReadonlyMap<string, DetailKind> = new Map([
  ['stack', 'stack'],
  ['message', 'message'],
  ['sql', 'message'],
  ['sqlMessage', 'message'],
]);

/** Functions that write out what they are given. */
const WRITERS: ReadonlySet<string> = new Set(['String', 'stringify', 'inspect', 'format', 'serializeError']);

/** Methods of texts that leave what was said in them. */
const TEXT_METHODS = /^(?:trim\w*|replace\w*|slice|substring|split|toString|toLowerCase|concat|join)$/;

/** How far locals are followed. */
const MAX_DEPTH = 4;

/** What a value that is sent to a client tells of an error, for everything that is not decided by a stage or a class. */
export function detailsIn(value: ts.Node, source: SourceView): readonly Detail[] {
  const found: Detail[] = [];
  const seen = new Set<ts.Node>();
  /** @param as the local of the answer that the node is the value of */
  const visit = (expression: ts.Node, as: ts.Node | undefined, depth: number): void => {
    const node = unwrap(expression);
    const inner = (at: ts.Node) => visit(at, as, depth);
    const add = (kind: DetailKind, error: ErrorValue) => {
      const places = as === undefined ? [node] : [node, as];
      if (isReplaced(error) || places.some((place) => isMeantForClients(kind, place, error))) return;
      found.push({ kind, place: as ?? node });
    };
    if (ts.isObjectLiteralExpression(node)) {
      for (const property of node.properties) {
        if (ts.isPropertyAssignment(property)) inner(property.initializer);
        else if (ts.isShorthandPropertyAssignment(property)) inner(property.name);
        else if (ts.isSpreadAssignment(property)) inner(property.expression);
      }
    } else if (ts.isArrayLiteralExpression(node)) {
      node.elements.forEach(inner);
    } else if (ts.isTemplateExpression(node)) {
      for (const span of node.templateSpans) inner(span.expression);
    } else if (ts.isConditionalExpression(node)) {
      inner(node.whenTrue);
      inner(node.whenFalse);
    } else if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.getText();
      if (/^(?:\+|\|\||\?\?)$/.test(operator)) inner(node.left);
      if (/^(?:\+|\|\||\?\?|&&)$/.test(operator)) inner(node.right);
    } else if (ts.isCallExpression(node)) {
      const callee = memberAccess(unwrap(node.expression));
      if (WRITERS.has(calledName(node) ?? '')) node.arguments.slice(0, 1).forEach(inner);
      else if (callee !== undefined && TEXT_METHODS.test(callee.name)) inner(callee.receiver);
    } else if (ts.isIdentifier(node)) {
      const error = errorValue(expression, source);
      if (error !== undefined) add('whole', error);
      else if (depth < MAX_DEPTH && !seen.has(node)) followLocal(node, as ?? node, depth);
      seen.add(node);
    } else {
      const member = memberAccess(node);
      const kind = member && MEMBERS.get(member.name);
      const error = kind && errorValue(member.receiver, source);
      if (kind !== undefined && error !== undefined) add(kind, error);
    }
  };
  const followLocal = (name: ts.Identifier, as: ts.Node, depth: number): void => {
    const declaration = source.lookup(name);
    if (declaration === undefined || replacesForClients(name, declaration)) return;
    if (ts.isVariableDeclaration(declaration)) {
      if (declaration.initializer !== undefined) visit(declaration.initializer, as, depth + 1);
      return;
    }
    // `const { message } = error`.
    if (!ts.isBindingElement(declaration) || !ts.isVariableDeclaration(declaration.parent.parent)) return;
    const { initializer } = declaration.parent.parent;
    const key = declaration.propertyName ?? declaration.name;
    const kind = ts.isIdentifier(key) ? MEMBERS.get(propertyKey(key) ?? '') : undefined;
    const error = kind && initializer && errorValue(initializer, source);
    if (kind !== undefined && error && !isMeantForClients(kind, as, error)) found.push({ kind, place: as });
  };
  visit(value, undefined, 0);
  return found;
}
