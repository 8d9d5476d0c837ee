import { type FunctionNode, ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { enclosingFunction, isFunctionWithBody, withWrappers } from '../../_shared/enclosing.ts';
import { isComparison, isFallback, isLogical } from '../../_shared/operators.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** A read of what only one kind of result has. */
export interface Read {
  readonly node: ts.Expression;
  readonly member: 'value' | 'reason';
}

/** Any question that tells fulfilled from rejected results. */
const ASKS =
  /\.status\b(?!\s*\()|\[\s*['"`]status['"`]\s*\]|[{,]\s*status\s*[,:}]|['"`](?:fulfilled|rejected)['"`]|is_?(?:Fulfilled|Rejected)\b|['"`](?:value|reason)['"`]\s+in\b/;

/** Methods that hand each result of a list to their callback's first parameter. */
const EACH = /^(?:map|flatMap|forEach|some|every|find|findIndex)$/;

/**
 * Reads of `value` and `reason` of what `Promise.allSettled` gives, in a function that never asks for the status: through
 * names, destructuring, callbacks of lists and `for … of`. What is filtered or handed on is not followed.
 */
export function blindReads(call: ts.CallExpression, source: SourceView): readonly Read[] {
  const fn = enclosingFunction(call);
  const scope = fn ?? call.getSourceFile();
  if (fn === undefined) source.relyOn(scope);
  if (ASKS.test(scope.getText())) return [];
  const found: Read[] = [];
  followList(withWrappers(awaited(call)), { found, source, scope });
  return found;
}

interface Search {
  readonly found: Read[];
  readonly source: SourceView;
  readonly scope: ts.Node;
}

/** An expression that is the list of results. */
function followList(list: ts.Node, search: Search): void {
  const { parent } = list;
  if (ts.isVariableDeclaration(parent) && parent.initializer === list) {
    if (ts.isIdentifier(parent.name)) {
      for (const mention of mentionsOf(parent.name, search)) followList(withWrappers(mention), search);
    } else if (ts.isArrayBindingPattern(parent.name)) {
      for (const element of parent.name.elements) {
        if (ts.isBindingElement(element) && !element.dotDotDotToken) followBinding(element.name, search);
      }
    }
    return;
  }
  if (ts.isElementAccessExpression(parent) && parent.expression === list) {
    followResult(withWrappers(parent), search);
    return;
  }
  if (ts.isForOfStatement(parent) && parent.expression === list && ts.isVariableDeclarationList(parent.initializer)) {
    const [declaration] = parent.initializer.declarations;
    if (declaration !== undefined) followBinding(declaration.name, search);
    return;
  }
  const member = memberAccess(parent);
  const call = parent.parent;
  if (member?.receiver !== list || call === undefined || !ts.isCallExpression(call) || call.expression !== parent)
    return;
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  if (callback === undefined || !isFunctionWithBody(callback)) return;
  const [parameter] = (callback as FunctionNode).parameters;
  if (parameter === undefined) return;
  if (EACH.test(member.name)) followBinding(parameter.name, search);
  // `Promise.allSettled(…).then((results) => …)`
  else if (member.name === 'then' && isSettling(list) && ts.isIdentifier(parameter.name)) {
    for (const mention of mentionsOf(parameter.name, search)) followList(withWrappers(mention), search);
  }
}

/** A name, or a pattern, that stands for one result. */
function followBinding(name: ts.BindingName, search: Search): void {
  if (ts.isIdentifier(name)) {
    for (const mention of mentionsOf(name, search)) followResult(withWrappers(mention), search);
  }
}

/** An expression that is one result. */
function followResult(result: ts.Node, { found }: Search): void {
  const member = memberAccess(result.parent);
  if (member?.receiver !== result || (member.name !== 'value' && member.name !== 'reason')) return;
  if (isExpected(withWrappers(result.parent))) return;
  found.push({ node: result.parent as ts.Expression, member: member.name });
}

/** Whether code sees to it that there is nothing: `r.value ?? []`, `if (r.value)`, `r.value?.name`. */
function isExpected(read: ts.Node): boolean {
  const { parent } = read;
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.kind;
    return isFallback(operator) || isLogical(operator) || isComparison(operator);
  }
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
    return parent.questionDotToken !== undefined;
  }
  return (
    ts.isIfStatement(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition === read)
  );
}

function mentionsOf(name: ts.Identifier, { source, scope }: Search): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && source.lookup(node) === name.parent) {
      found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}

function awaited(call: ts.Node): ts.Node {
  const outer = withWrappers(call);
  return ts.isAwaitExpression(outer.parent) ? outer.parent : call;
}

function isSettling(list: ts.Node): boolean {
  return !ts.isAwaitExpression(unwrap(list));
}
