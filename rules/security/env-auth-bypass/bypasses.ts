import { ts, unwrap } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isAccessStep, isLimiterName, isStandInName, namesBypass, namesSomebody } from './accessNames.ts';
import { type Branch, checks, closes, exits, grantOf, isStep, makesUpIdentity, refuses } from './branches.ts';
import { has, set, wordsOf } from './names.ts';
import { asksForStage, following, isInAccessStep, isInLookup, isOutOfProduction, nameOf } from './surroundings.ts';
import { type Switch, switchesIn } from './switches.ts';
import type { SwitchKind } from './switchNames.ts';

/** What may hold a condition on the environment. */
export type Holder = ts.IfStatement | ts.ConditionalExpression | ts.BinaryExpression | ts.PropertyAssignment;

/** A switch that lets code past a check of access, and the condition it is part of. */
export interface Bypass extends Switch {
  readonly holder: Holder;
}

/** A holder whose condition a switch decides. */
interface Decided {
  readonly holder: Holder;
  readonly switches: readonly Switch[];
}

export function isLogical(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const operator = node.operatorToken.kind;
  return operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.AmpersandAmpersandToken;
}

/** All bypasses of a file. */
export function* bypasses(holders: readonly Holder[], source: SourceView): Generator<Bypass> {
  const decided = holders
    .map((holder) => ({ holder, switches: switchesOf(holder, source) }))
    .filter(({ switches }) => switches.length > 0);
  const refused = refusedInProduction(decided, source);
  for (const { holder, switches } of decided) {
    for (const one of switches) {
      if (refused.has(one.name)) continue;
      const isStaged = one.kind === 'bypass' && isOutOfProduction(holder, source);
      const found: Switch = isStaged ? { ...one, kind: 'stage' } : one;
      if (opensAccess(holder, found, source)) yield { ...found, holder };
    }
  }
}

function switchesOf(holder: Holder, source: SourceView): readonly Switch[] {
  if (ts.isIfStatement(holder)) return unrestricted(holder.expression, source);
  if (ts.isConditionalExpression(holder)) return unrestricted(holder.condition, source);
  if (ts.isPropertyAssignment(holder)) return switchesIn(skipCondition(holder) ?? holder.initializer, source);
  return isPartOfCondition(holder) ? [] : unrestricted(holder, source);
}

/** A chain of one operator is judged as a whole, and a condition with what it decides. */
function isPartOfCondition(node: ts.BinaryExpression): boolean {
  let at: ts.Node = node;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  if (ts.isBinaryExpression(at.parent) && at.parent.operatorToken.kind === node.operatorToken.kind) return true;
  while (ts.isParenthesizedExpression(at.parent) || ts.isPrefixUnaryExpression(at.parent) || isLogical(at.parent)) {
    at = at.parent;
  }
  const { parent } = at;
  return ts.isIfStatement(parent) || (ts.isConditionalExpression(parent) && parent.condition === at);
}

/** Switches without those that work only beside a secret: what still checks something is no bypass. */
function unrestricted(condition: ts.Expression, source: SourceView): readonly Switch[] {
  return switchesIn(condition, source).filter(({ node, outcome }) => !outcome || !hasSecretBeside(node, condition));
}

function hasSecretBeside(node: ts.Node, condition: ts.Node): boolean {
  for (let at = node; at !== condition; at = at.parent) {
    const { parent } = at;
    if (!isLogical(parent) || parent.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) continue;
    if (comparesSecret(parent.left === at ? parent.right : parent.left)) return true;
  }
  return false;
}

const SECRETS = set('secret key token password apikey signature hash hmac digest');

function comparesSecret(expression: ts.Node): boolean {
  const node = unwrap(expression);
  if (ts.isCallExpression(node)) return checks([node], 'stage');
  if (isLogical(node)) return comparesSecret(node.left) || comparesSecret(node.right);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) return false;
  return (
    [node.left, node.right].every((side) => !ts.isLiteralExpression(side)) && has(wordsOf(node.getText()), SECRETS)
  );
}

/** Names of flags that the file refuses to start or go on with in production. */
function refusedInProduction(decided: readonly Decided[], source: SourceView): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { holder } of decided) {
    if (!ts.isIfStatement(holder)) continue;
    const bypassing = switchesIn(holder.expression, source).filter(({ kind, outcome }) => kind === 'bypass' && outcome);
    if (bypassing.length === 0 || !closes([holder.thenStatement])) continue;
    const inProduction = asksForStage(holder.expression, false, source) || isInProduction(holder, source);
    if (inProduction) for (const { name } of bypassing) names.add(name);
  }
  return names;
}

function isInProduction(node: ts.Node, source: SourceView): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (!ts.isIfStatement(parent) || at === parent.expression) continue;
    if (asksForStage(parent.expression, at !== parent.thenStatement, source)) return true;
  }
  return false;
}

function opensAccess(holder: Holder, one: Switch, source: SourceView): boolean {
  if (ts.isIfStatement(holder)) return opensByIf(holder, one, source);
  if (ts.isConditionalExpression(holder)) {
    const [taken, avoided] = one.outcome ? [holder.whenTrue, holder.whenFalse] : [holder.whenFalse, holder.whenTrue];
    return opensByChoice(taken, avoided, one.kind);
  }
  if (ts.isPropertyAssignment(holder))
    return one.kind === 'bypass' && one.outcome && skipCondition(holder) !== undefined;
  return opensByLogic(holder, one, source);
}

function opensByIf(holder: ts.IfStatement, one: Switch, source: SourceView): boolean {
  const { thenStatement, elseStatement } = holder;
  if (!one.outcome && elseStatement === undefined) return skipsCheck(holder, one, source);
  const taken: Branch = one.outcome ? [thenStatement] : [elseStatement ?? thenStatement];
  if (refuses(taken) || closes(taken) || checks(taken, one.kind)) return false;
  const isMadeUp = makesUpIdentity(taken);
  if (one.kind === 'bypass' && isMadeUp) return true;
  const avoided = one.outcome ? avoidedBy(holder, isMadeUp) : [thenStatement];
  const isStepHere = isInAccessStep(holder, source);
  const isChecked = checks(avoided, one.kind);
  if (!isChecked && !refuses(avoided) && !(isStepHere && closes(avoided))) return false;
  switch (grantOf(taken)) {
    case 'opens':
      return true;
    case 'leaves':
      return one.kind === 'bypass' ? !isInLookup(holder) || returnsValue(taken) : isStepHere;
    case 'none':
      return isChecked && elseStatement !== undefined;
  }
}

/** What the branch that is taken keeps from running, or from finding nobody. */
function avoidedBy(holder: ts.IfStatement, isMadeUp: boolean): Branch {
  if (holder.elseStatement !== undefined) return [holder.elseStatement];
  return isMadeUp || exits([holder.thenStatement]) ? following(holder) : [];
}

function returnsValue(branch: Branch): boolean {
  const returns = (node: ts.Node): boolean => {
    if (!ts.isReturnStatement(node)) return ts.forEachChild(node, (child) => returns(child) || undefined) ?? false;
    const value = node.expression;
    return value !== undefined && value.kind !== ts.SyntaxKind.NullKeyword && value.getText() !== 'undefined';
  };
  return branch.some(returns);
}

/** `if (!flag) app.use(auth)`, `if (!token && !flag) throw …`: thrown, the switch leaves the check out. */
function skipsCheck({ expression, thenStatement }: ts.IfStatement, one: Switch, source: SourceView): boolean {
  const skipped = [thenStatement];
  if (checks(skipped, one.kind)) return true;
  // A condition on the switch alone refuses to work without it, which checks nobody.
  const asksMore = [...conditionsIn(thenStatement), ...(unwrap(expression) === one.node ? [] : [expression])];
  if (!asksMore.some((condition) => one.kind === 'bypass' || asksForSomebody(condition))) return false;
  return refuses(skipped) || (isInAccessStep(thenStatement, source) && closes(skipped));
}

function conditionsIn(node: ts.Node): readonly ts.Expression[] {
  const own = ts.isIfStatement(node) ? [node.expression] : [];
  const inner: ts.Expression[] = [];
  ts.forEachChild(node, (child) => void inner.push(...conditionsIn(child)));
  return [...own, ...inner];
}

/** Says that a condition is about who somebody is, not about the transport or the size of what is sent. */
function asksForSomebody(condition: ts.Node): boolean {
  if (ts.isIdentifier(condition) || ts.isStringLiteralLike(condition)) return namesSomebody(condition.text);
  return ts.forEachChild(condition, (child) => asksForSomebody(child) || undefined) ?? false;
}

/** `flag ? noop : requireAuth`, `flag ? devUser : await verify(token)` */
function opensByChoice(taken: ts.Expression, avoided: ts.Expression, kind: SwitchKind): boolean {
  if (!checks([avoided], kind) && !refuses([avoided])) return false;
  if (refuses([taken]) || closes([taken]) || checks([taken], kind)) return false;
  return kind === 'bypass' || isOpen(taken);
}

/** Something that lets everybody through when it stands where a check should. */
function isOpen(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isOpen);
  if (ts.isObjectLiteralExpression(node) || node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.NullKeyword) return true;
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    return ts.isBlock(node.body)
      ? node.body.statements.length === 0 || grantOf([node.body]) === 'opens'
      : handsOnOrYes(node.body);
  }
  return ts.isIdentifier(node) && (node.text === 'undefined' || isStandInName(node.text));
}

function handsOnOrYes(body: ts.Expression): boolean {
  return body.kind === ts.SyntaxKind.TrueKeyword || grantOf([body]) === 'opens';
}

/** `flag || app.use(auth)`, `!flag && requireAuth`, `return flag || isOwner(user)` */
function opensByLogic(holder: ts.BinaryExpression, one: Switch, source: SourceView): boolean {
  const operands = operandsOf(holder);
  const others = operands.filter((operand) => !contains(operand, one.node));
  const last = operands.at(-1);
  if (holder.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) {
    // As a value this is the stricter for the switch, unless it is a guard that is left out, or a call that is not made.
    if (one.outcome || last === undefined || !others.includes(last)) return false;
    return isStepValue(last, one.kind) || (ts.isExpressionStatement(holder.parent) && checks([last], one.kind));
  }
  if (!one.outcome) return false;
  if (others.some((other) => isCheck(other, one.kind))) return true;
  if (one.kind === 'bypass' && others.some((other) => !isNegation(other) && asksForSomebody(other))) return true;
  return decidesAccess(holder) && others.some((other) => switchesIn(other, source).length === 0);
}

/** Says yes to those it knows; behind `!` it says no to the others, which is a question of another kind. */
function isCheck(expression: ts.Expression, kind: SwitchKind): boolean {
  return !isNegation(expression) && (checks([expression], kind) || isStepValue(expression, kind));
}

function isNegation(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  return ts.isPrefixUnaryExpression(node);
}

function isStepValue(expression: ts.Expression, kind: SwitchKind): boolean {
  const node = unwrap(expression);
  const name = ts.isIdentifier(node) ? node : ts.isPropertyAccessExpression(node) ? node.name : undefined;
  return name !== undefined && isStep(name.text, kind);
}

/** Operands of the same operator, parentheses dropped. */
export function operandsOf(node: ts.BinaryExpression): readonly ts.Expression[] {
  return [node.left, node.right].flatMap((side) => {
    const inner = unwrap(side);
    const isSame = ts.isBinaryExpression(inner) && inner.operatorToken.kind === node.operatorToken.kind;
    return isSame ? operandsOf(inner) : [side];
  });
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

/** The value is what a function named for a decision returns, or is kept under such a name. */
function decidesAccess(node: ts.Expression): boolean {
  let at: ts.Node = node;
  while (ts.isParenthesizedExpression(at.parent) || isLogical(at.parent)) at = at.parent;
  const { parent } = at;
  const decider = ts.isReturnStatement(parent) || ts.isArrowFunction(parent) ? enclosingFunction(at) : parent;
  const name = decider === undefined || ts.isExpressionStatement(decider) ? undefined : nameOf(decider);
  return name !== undefined && (isAccessStep(name) || /^can[A-Z]/.test(name)) && !namesBypass(name);
}

/** The condition of `skip: () => …` among the options of a limiter. */
export function skipCondition(property: ts.PropertyAssignment): ts.Expression | undefined {
  if (!ts.isIdentifier(property.name) || property.name.text !== 'skip') return undefined;
  const call = property.parent.parent;
  if (!ts.isCallExpression(call) || !isLimiterName(call.expression.getText())) return undefined;
  const value = unwrap(property.initializer);
  if (!ts.isArrowFunction(value)) return value as ts.Expression;
  if (!ts.isBlock(value.body)) return value.body;
  const [only, ...more] = value.body.statements;
  return only !== undefined && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}
