import { type FactScope, type FactStretch, type FileHeader, oncePerScope, ts, unwrap } from '#api';
import { type Holder, isLogical } from '../../_shared/auth/bypasses/holders.ts';
import { isSkip } from '../../_shared/auth/bypasses/limiterSkip.ts';
import { assignedField } from '../../_shared/auth/bypasses/memberValue.ts';
import { stageFlag, switchKind } from '../../_shared/auth/bypasses/switchNames.ts';
import { byName } from '../../_shared/byName.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { namesStage } from '../../_shared/env/stages.ts';

/**
 * What statements tell before anybody looks a name up: conditions, and names with what they stand for. Most conditions of
 * a file can be ruled out by these names alone, so that only the few that remain are judged after each key.
 */
export type Mention =
  | { readonly kind: 'condition'; readonly holder: Holder; readonly names: Names }
  | { readonly kind: 'value'; readonly name: string; readonly names: Names };

/** Names that an expression mentions; `true` when one of them alone makes it worth a look. */
type Names = ReadonlySet<string> | true;

const ENVIRONMENT = /env|config|setting|^(?:process|Bun|Deno|meta)$/i;

/** Names of the whole condition by each of its parts, which are holders too: `a && b` in `a && b && c`. */
const wholes = new WeakMap<ts.Node, Names>();

/** A condition and the names in it; for a part of one those of the whole, which were looked for just before. */
export function condition(holder: Holder): Mention {
  const expression = conditionOf(holder);
  const names = wholes.get(expression) ?? namesIn(expression);
  share(expression, names);
  return { kind: 'condition', holder, names };
}

/** Chains may be thousands of parts long: each part would be read again with all that is in it. */
function share(expression: ts.Node, names: Names): void {
  const node = unwrap(expression);
  if (wholes.has(node)) return;
  if (isLogical(node)) {
    wholes.set(node, names);
    share(node.left, names);
    share(node.right, names);
  } else if (ts.isPrefixUnaryExpression(node)) share(node.operand, names);
}

/** `const skip = …`, `function skip() { return … }`: what the name stands for, when that can be a condition. */
export function value(name: ts.Node | undefined, initializer: ts.Node | undefined): Mention | undefined {
  if (name === undefined || !ts.isMemberName(name) || initializer === undefined) return undefined;
  const names = namesIn(initializer);
  return names !== true && names.size === 0 ? undefined : { kind: 'value', name: name.text, names };
}

/** `this.skip = …` in a constructor. */
function assigned(node: ts.BinaryExpression): Mention | undefined {
  const field = assignedField(node);
  if (field === undefined) return undefined;
  const names = namesIn(field.value);
  return names !== true && names.size === 0 ? undefined : { kind: 'value', name: field.name, names };
}

/** `const { a, b: c } = …`: every name stands for the whole. */
export function values(declaration: ts.VariableDeclaration): Mention | readonly Mention[] | undefined {
  if (!ts.isObjectBindingPattern(declaration.name)) return value(declaration.name, declaration.initializer);
  return declaration.name.elements.flatMap((element) => value(element.name, declaration.initializer) ?? []);
}

/** The holders whose condition may depend on the environment, in source order. */
export function candidates(scope: FactScope<Mention>, header: FileHeader): readonly Holder[] {
  const leading = new Set<string>();
  for (const [local, { name, module }] of header.imports) {
    if (isWorthALook(name) || ENVIRONMENT.test(module)) leading.add(local);
  }
  // Nothing in the file has to do with the environment.
  if (leading.size === 0 && !isAnyCertain(scope)) return [];
  // Names stand for names: again for those that were added, until nothing is.
  const rest = { certain: false };
  for (let fresh = namesLedTo(scope, leading, leading, { certain: true }); fresh.size > 0; ) {
    for (const name of fresh) leading.add(name);
    fresh = namesLedTo(scope, fresh, leading, rest);
  }
  const holders = [...dependent(scope, leading, { certain: true })].flatMap((mention) =>
    mention.kind === 'condition' ? [mention.holder] : [],
  );
  return holders.sort((a, b) => a.pos - b.pos || b.end - a.end);
}

/** Whether a mention of a function, or of those in it, is worth a look whatever names lead to the environment. */
const isAnyCertain = oncePerScope<Mention, boolean>(
  (facts, inner) => facts.some(({ names }) => names === true) || inner.includes(true),
);

/** What the mentions of a function, and of those in it, come to. */
interface Summary {
  /** One of them is worth a look whatever names lead to the environment. */
  readonly certain: boolean;
  /** Names that the others mention. */
  readonly names: ReadonlySet<string>;
}

const summaryOf = oncePerScope<Mention, Summary>((facts, inner) => {
  let certain = inner.some((one) => one.certain);
  const names = new Set<string>();
  for (const mention of facts) {
    if (mention.names === true) certain = true;
    else for (const name of mention.names) names.add(name);
  }
  for (const one of inner) for (const name of one.names) names.add(name);
  return { certain, names };
});

/** Whether mentions that need no name to lead to the environment are wanted as well. */
interface Wanted {
  readonly certain: boolean;
}

/** Names that stand for something that depends on `from`, without those that are `known`. */
function namesLedTo(
  scope: FactScope<Mention>,
  from: ReadonlySet<string>,
  known: ReadonlySet<string>,
  wanted: Wanted,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const mention of dependent(scope, from, wanted)) {
    if (mention.kind === 'value' && !known.has(mention.name)) found.add(mention.name);
  }
  return found;
}

/** Mentions that may depend on the environment; functions without any are passed over as a whole. */
function* dependent(scope: FactStretch<Mention>, leading: ReadonlySet<string>, wanted: Wanted): Generator<Mention> {
  const isLong = scope.stretches.length > 0;
  for (const mention of isLong ? [] : scope.facts) {
    if (mention.names === true ? wanted.certain : shareOne(mention.names, leading)) yield mention;
  }
  for (const inner of isLong ? scope.stretches : scope.scopes) {
    const { certain, names } = summaryOf(inner);
    if ((certain && wanted.certain) || shareOne(names, leading)) yield* dependent(inner, leading, wanted);
  }
}

/** Whether two sets have a name in common; goes through the smaller one. */
function shareOne(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  for (const name of few) if (many.has(name)) return true;
  return false;
}

function conditionOf(holder: Holder): ts.Node {
  if (ts.isIfStatement(holder)) return holder.expression;
  if (ts.isConditionalExpression(holder)) return holder.condition;
  return ts.isPropertyAssignment(holder) ? holder.initializer : holder;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Names by which a value may lead to the environment; `true` when the expression says so itself. */
function namesIn(expression: ts.Node): Names {
  if (saysSo(expression) === true) return true;
  let names: Set<string> | undefined;
  const add = (name: string): void => {
    names ??= new Set();
    names.add(name);
  };
  roots(expression, add);
  return names ?? NOTHING;
}

function saysSo(node: ts.Node): true | undefined {
  if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) return isWorthALook(node.text) || undefined;
  if (ts.isMetaProperty(node)) return true;
  return isLongFunction(node) || isData(node) ? undefined : ts.forEachChild(node, saysSo);
}

/** A table of texts, numbers or records: it answers nothing, and may be long. */
function isData(node: ts.Node): boolean {
  if (!ts.isArrayLiteralExpression(node)) return false;
  const [first] = node.elements;
  return first !== undefined && (ts.isLiteralExpression(first) || ts.isObjectLiteralExpression(first));
}

/** The names at the start of what decides an expression: `flags` of `!flags.open && ready()`, and `ready`. */
function roots(expression: ts.Node, add: (name: string) => void): void {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) add(node.text);
  else if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword)
    add(node.name.text);
  else if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) roots(node.expression, add);
  else if (ts.isPrefixUnaryExpression(node)) roots(node.operand, add);
  else if (ts.isBinaryExpression(node)) {
    if (!isDecision(node.operatorToken.kind)) return;
    roots(node.left, add);
    roots(node.right, add);
  } else if (ts.isConditionalExpression(node)) {
    for (const part of [node.condition, node.whenTrue, node.whenFalse]) roots(part, add);
  } else if (ts.isCallExpression(node)) {
    roots(node.expression, add);
    const [first] = node.arguments;
    if (first !== undefined) roots(first, add);
  } else if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) roots(property.initializer, add);
      else if (ts.isShorthandPropertyAssignment(property)) add(property.name.text);
    }
  } else if (ts.isFunctionLike(node)) {
    const result = resultOf(node);
    if (result !== undefined) roots(result, add);
  }
}

/** Comparing, combining and filling in; what is computed otherwise is no answer to a question about the environment. */
function isDecision(operator: ts.SyntaxKind): boolean {
  switch (operator) {
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.InKeyword:
      return true;
    default:
      return false;
  }
}

/** What a function gives back that does nothing else. */
function resultOf(fn: ts.SignatureDeclaration): ts.Node | undefined {
  if (!isFunctionWithBody(fn)) return undefined;
  if (fn.body === undefined || !ts.isBlock(fn.body)) return fn.body;
  const [only, ...more] = fn.body.statements;
  return only !== undefined && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** A function that is no condition; the conditions in it are told by themselves. */
function isLongFunction(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && resultOf(node) === undefined;
}

const isWorthALook = byName(
  (name) =>
    ENVIRONMENT.test(name) || namesStage(name) || stageFlag(name) !== undefined || switchKind(name) !== undefined,
);

/** Collectors for a file check: one fact for every condition and every name that may stand for one. */
export const mentions = {
  IfStatement: condition,
  ConditionalExpression: condition,
  BinaryExpression: {
    named: /^(?:&&|\|\|)$| =$/,
    listen: (node: ts.BinaryExpression) => (isLogical(node) ? condition(node) : assigned(node)),
  },
  VariableDeclaration: values,
  PropertyDeclaration: (node: ts.PropertyDeclaration) => value(node.name, node.initializer),
  GetAccessor: (node: ts.GetAccessorDeclaration) => value(node.name, node),
  MethodDeclaration: (node: ts.MethodDeclaration) => value(node.name, node),
  FunctionDeclaration: (node: ts.FunctionDeclaration) => value(node.name, node),
  PropertyAssignment: {
    named: /^skip$/,
    listen: (node: ts.PropertyAssignment) => (isSkip(node) ? condition(node) : undefined),
  },
};
