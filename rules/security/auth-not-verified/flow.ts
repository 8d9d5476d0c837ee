import { type FunctionNode, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { logCall } from '../../_shared/loggers.ts';
import { namesOf } from '../../_shared/namesOf.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type ClientSaid, clientSaid } from './credentials.ts';
import { type Hearing, readsIn } from './hearing.ts';
import { oncePerFunction } from './oncePerFunction.ts';

/** Methods that take a text apart or look at its form. */
const FORM_METHODS =
  /^(?:split|replace|slice|substring|substr|trim|toLowerCase|toUpperCase|toString|at|pop|shift|startsWith|match|test|indexOf|includes)$/;

/** A place where a text that the client sent ends up, outside of operators and text methods. */
export interface Use {
  readonly said: ClientSaid;
  /** Where the text is read, from the request or from a local. */
  readonly read: ts.Expression;
  /** The outermost expression that is made of the text. */
  readonly node: ts.Expression;
  /**
   * `presence`: a condition that only asks whether it is there, and of which form; `answer`: the same, returned; `kept`:
   * anything else.
   */
  readonly as: 'presence' | 'answer' | 'log' | 'kept';
}

/**
 * Follows what the client sent through one function: reads, locals, and every place they end up in. Goes from read to
 * mention by their places, since a function may be as long as its author likes and this is asked after each key.
 */
export const usesOf = oncePerFunction((fn: FunctionNode, source: Hearing): readonly Use[] => {
  const { body } = fn;
  if (body === undefined) return [];
  const held = new Map<ts.Declaration, ClientSaid>();
  const uses: Use[] = [];
  const waiting: ts.Node[] = readsIn(body, source).toSorted(inSource);
  let behind = body.pos;
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    // A part of what was followed already.
    if (node.pos < behind) continue;
    const said = clientSaid(node, source) ?? heldBy(node, held, source);
    if (said === undefined) continue;
    behind = node.end;
    const names = follow(node as ts.Expression, said, held, uses, source);
    if (names.length === 0) continue;
    for (const name of names) {
      for (const mention of namesOf(name.text, body)) if (mention.pos >= behind) waiting.push(mention);
    }
    waiting.sort(inSource);
  }
  return uses;
});

/** By where they begin; of those that begin together the widest comes first. */
function inSource(a: ts.Node, b: ts.Node): number {
  return a.pos - b.pos || b.end - a.end;
}

function heldBy(
  node: ts.Node,
  held: ReadonlyMap<ts.Declaration, ClientSaid>,
  source: SourceView,
): ClientSaid | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const { parent } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const isName = ts.isPropertyAssignment(parent) && parent.name === node;
  if (isMember || isName) return undefined;
  const declaration = source.lookup(node);
  if (declaration === undefined || declaration === parent) return undefined;
  return held.get(declaration);
}

/** Climbs from a read to what it becomes; answers the names of locals that hold it from there on. */
function follow(
  from: ts.Expression,
  first: ClientSaid,
  held: Map<ts.Declaration, ClientSaid>,
  uses: Use[],
  source: SourceView,
): readonly ts.Identifier[] {
  let node = from;
  let said = first;
  for (;;) {
    const { parent } = node;
    if (ts.isVariableDeclaration(parent) && parent.initializer === node) {
      return hold(parent.name, said, held);
    }
    if (isCondition(node)) {
      uses.push({ said, read: from, node, as: 'presence' });
      return [];
    }
    const next = through(node, parent);
    if (next === undefined) {
      uses.push({ said, read: from, node, as: endOf(node, source) });
      return [];
    }
    if (ts.isCallExpression(next) && calledName(next) === 'parse') said = { ...said, parsed: true };
    node = next;
  }
}

function endOf(node: ts.Expression, source: SourceView): Use['as'] {
  const { parent } = node;
  if (ts.isCallExpression(parent) && logCall(parent, source.header, source) !== undefined) return 'log';
  const isTest = ts.isPrefixUnaryExpression(node) || ts.isBinaryExpression(node) || ts.isCallExpression(node);
  return ts.isReturnStatement(parent) && isTest ? 'answer' : 'kept';
}

function hold(name: ts.BindingName, said: ClientSaid, held: Map<ts.Declaration, ClientSaid>): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) {
    held.set(name.parent as ts.VariableDeclaration | ts.BindingElement, said);
    return [name];
  }
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : hold(element.name, said, held)));
}

/** What stands in `if (…)` and before `?`. */
function isCondition(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

/** The expression around, as long as it is still about the text alone: its form, its parts, whether it is there. */
function through(node: ts.Expression, parent: ts.Node): ts.Expression | undefined {
  if (
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isTypeOfExpression(parent) ||
    (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken)
  ) {
    return parent;
  }
  if (ts.isPropertyAccessExpression(parent)) return parent;
  if (ts.isElementAccessExpression(parent)) return parent.expression === node ? parent : undefined;
  if (ts.isConditionalExpression(parent)) return parent;
  if (ts.isBinaryExpression(parent)) return throughOperator(node, parent);
  if (!ts.isCallExpression(parent)) return undefined;
  if (parent.expression === node) return FORM_METHODS.test(calledName(parent) ?? '') ? callAbout(parent) : undefined;
  const name = calledName(parent) ?? '';
  const callee = unwrap(parent.expression);
  // /^Bearer /.test(header), Boolean(header), String(header), Array.isArray(header)
  const isForm =
    (ts.isIdentifier(callee) && /^(?:Boolean|String)$/.test(name)) ||
    /^(?:Array\.isArray|JSON\.parse|Buffer\.from|atob|decodeURIComponent)$/.test(callee.getText()) ||
    (ts.isPropertyAccessExpression(callee) && ts.isRegularExpressionLiteral(callee.expression) && name === 'test');
  return isForm ? parent : undefined;
}

/** Text methods with constants about schemes alone: `header.startsWith('Bearer ')` says nothing about who sent it. */
function callAbout(call: ts.CallExpression): ts.Expression | undefined {
  const compares = /^(?:startsWith|includes|indexOf|match)$/.test(calledName(call) ?? '');
  const isForm = call.arguments.every((argument) => {
    const node = unwrap(argument);
    return compares ? isScheme(node) : ts.isLiteralExpression(node) || ts.isPrefixUnaryExpression(node);
  });
  return isForm ? call : undefined;
}

function throughOperator(node: ts.Expression, parent: ts.BinaryExpression): ts.Expression | undefined {
  const operator = parent.operatorToken.getText();
  if (/^(?:&&|\|\||\?\?)$/.test(operator)) return parent;
  if (!/^(?:[!=]==?|[<>]=?)$/.test(operator)) return undefined;
  const other = unwrap(parent.left === node ? parent.right : parent.left);
  return isNothing(other) || isScheme(other) || ts.isNumericLiteral(other) || isTypeName(parent) ? parent : undefined;
}

function isTypeName({ left, right }: ts.BinaryExpression): boolean {
  return ts.isTypeOfExpression(unwrap(left)) || ts.isTypeOfExpression(unwrap(right));
}

function isNothing(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined') ||
    (ts.isStringLiteralLike(node) && node.text === '')
  );
}

/** `'Bearer '`, `/^Bearer /i`; any other text may be what is asked for. */
function isScheme(node: ts.Node): boolean {
  if (ts.isRegularExpressionLiteral(node)) return /bearer|basic|token|\\s/i.test(node.text);
  return ts.isStringLiteralLike(node) && /^(?:bearer|basic|token|jwt|apikey|null|undefined|\.| )*\s*$/i.test(node.text);
}
