import { ts, unwrap } from '#api';
import { isNullish } from '../../calls.ts';
import { isFunctionWithBody } from '../../enclosing.ts';
import { namesStage, stageMeant } from '../../env/stages.ts';
import { variableRead } from '../../env/variableRead.ts';
import { initialValue } from '../../initialValue.ts';
import type { SourceView } from '../../sourceView.ts';
import { isLogical, operandsOf } from './holders.ts';
import { memberValue } from './memberValue.ts';
import { type SwitchKind, stageFlag, switchKind } from './switchNames.ts';

/** A test of the environment as a part of a condition. */
export interface Switch {
  readonly kind: SwitchKind;
  /** The variable of the environment, or the name under which the code knows it. */
  readonly name: string;
  /** The test as it stands in the condition. */
  readonly node: ts.Expression;
  /** What the whole condition comes to when the switch is thrown; other parts of it may still have to agree. */
  readonly outcome: boolean;
  /** Where the environment is read, when that is elsewhere. */
  readonly origin?: ts.Node;
  /** Where the switch is one of several operands, when the node is a name for all of them. */
  readonly part?: { readonly one: Switch; readonly holder: ts.BinaryExpression };
}

const MAX_DEPTH = 6;
const TRUE = /^(?:true|1|yes|y|on|enabled)$/i;
const FALSE = /^(?:false|0|no|n|off|disabled|)$/i;

/**
 * The switches that decide a condition: those that make it true, or false, when thrown. A part that leaves the decision to
 * others, like `!flag` beside an `||`, is none.
 */
export function switchesIn(condition: ts.Node, source: SourceView, depth = 0): readonly Switch[] {
  if (depth > MAX_DEPTH) return [];
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return switchesIn(node.operand, source, depth + 1).map((one) => negated(one, node));
  }
  if (isLogical(node)) {
    const inside = operandsOf(node).flatMap((operand) => switchesIn(operand, source, depth + 1));
    return node.operatorToken.kind === ts.SyntaxKind.BarBarToken
      ? inside.filter(({ outcome }) => outcome)
      : together(inside);
  }
  const one = singleSwitch(node as ts.Expression, source, depth);
  return one === undefined ? [] : [one];
}

/** A single test keeps its negation as its node, so that it can be taken out whole. */
function negated(one: Switch, node: ts.PrefixUnaryExpression): Switch {
  const isWhole = unwrap(node.operand) === one.node;
  return { ...one, outcome: !one.outcome, node: isWhole ? node : one.node };
}

/** `stage && bypass`: the bypass works in that stage alone, and is one thing. */
function together(switches: readonly Switch[]): readonly Switch[] {
  const isStage = (one: Switch) => one.kind === 'stage' && one.outcome;
  if (!switches.some(isStage)) return switches;
  const bypasses = switches.filter(({ kind }) => kind === 'bypass');
  return bypasses.length === 0 ? switches : bypasses.map((one) => ({ ...one, kind: 'stage' as const }));
}

function singleSwitch(node: ts.Expression, source: SourceView, depth: number): Switch | undefined {
  if (ts.isBinaryExpression(node)) return comparison(node, source);
  const direct = bareRead(node, source);
  if (direct !== undefined) return { ...direct, node };
  if (ts.isIdentifier(node)) return alias(node, initialValue(node, source), source, depth);
  if (ts.isPropertyAccessExpression(node)) return alias(node, memberValue(node, source), source, depth);
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.arguments.length === 0 ? unwrap(node.expression) : undefined;
  if (callee !== undefined && ts.isIdentifier(callee)) {
    return alias(node, initialValue(callee, source), source, depth);
  }
  const isMember = callee !== undefined && ts.isPropertyAccessExpression(callee);
  const method = isMember ? memberValue(callee, source) : undefined;
  return method === undefined ? wrapped(node, source) : alias(node, method, source, depth);
}

function bareRead(node: ts.Expression, source: SourceView): Omit<Switch, 'node'> | undefined {
  const name = variableRead(node, source);
  if (name === undefined) return undefined;
  if (name === 'PROD') return { kind: 'stage', name, outcome: false };
  const kind = switchKind(name);
  return kind === undefined || namesStage(name) ? undefined : { kind, name, outcome: true };
}

/** `Boolean(flag)`, `isTruthy(flag)`, `['1', 'true'].includes(flag)`, `/true/.test(flag)`. */
function wrapped(call: ts.CallExpression, source: SourceView): Switch | undefined {
  const [argument] = call.arguments;
  const inner = argument === undefined ? undefined : bareRead(argument, source);
  return inner === undefined ? undefined : { ...inner, node: call };
}

/** `flag === 'true'`, `NODE_ENV !== 'production'`, `flag !== undefined`, `Number(flag) > 0`. */
function comparison(node: ts.BinaryExpression, source: SourceView): Switch | undefined {
  const equal = equality(node.operatorToken.kind);
  if (equal === undefined) return isAboveZero(node) ? numericFlag(node, source) : undefined;
  const [read, other] = literalText(node.right) === undefined ? [node.right, node.left] : [node.left, node.right];
  const text = literalText(other);
  const target = unwrap(read);
  const name =
    variableRead(target, source) ??
    (ts.isCallExpression(target) && target.arguments[0] ? variableRead(target.arguments[0], source) : undefined) ??
    stageSetting(target);
  if (text === undefined || name === undefined) return undefined;
  if (namesStage(name)) {
    const meant = stageMeant(text);
    return meant === undefined
      ? undefined
      : { kind: 'stage', name, node, outcome: (meant === 'development') === equal };
  }
  const kind = switchKind(name);
  if (kind === undefined) return undefined;
  if (FALSE.test(text)) return { kind, name, node, outcome: !equal };
  return TRUE.test(text) || kind === 'bypass' ? { kind, name, node, outcome: equal } : undefined;
}

/** `flag > 0`, `flag >= 1` */
function isAboveZero({ operatorToken, right }: ts.BinaryExpression): boolean {
  const bound = literalText(right);
  return operatorToken.kind === ts.SyntaxKind.GreaterThanToken
    ? bound === '0'
    : operatorToken.kind === ts.SyntaxKind.GreaterThanEqualsToken && bound === '1';
}

function numericFlag(node: ts.BinaryExpression, source: SourceView): Switch | undefined {
  const target = unwrap(node.left);
  const [argument] = ts.isCallExpression(target) ? target.arguments : [];
  const read = bareRead(target as ts.Expression, source) ?? (argument && bareRead(argument, source));
  return read === undefined ? undefined : { ...read, node };
}

function equality(operator: ts.SyntaxKind): boolean | undefined {
  switch (operator) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return true;
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return false;
    default:
      return undefined;
  }
}

/** A literal as the text the environment would hold; nothing at all counts as the empty text. */
function literalText(expression: ts.Node): string | undefined {
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 'true';
  if (node.kind === ts.SyntaxKind.FalseKeyword) return 'false';
  return isNullish(node) ? '' : undefined;
}

/** `config.env`, `this.config.nodeEnv`: compared with a stage's name there is little else they could be. */
function stageSetting(node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node) || !namesStage(node.name.text)) return undefined;
  return /(?:config|settings|env)$/i.test(node.expression.getText()) ? node.name.text : undefined;
}

/** A name for a condition on the environment stands for that condition. */
function alias(node: ts.Expression, value: ts.Node | undefined, source: SourceView, depth: number): Switch | undefined {
  if (value === undefined || ts.isImportSpecifier(value) || ts.isImportClause(value)) return named(node, source);
  if (ts.isBindingElement(value) || ts.isParameter(value)) return undefined;
  const result = resultOf(value);
  const behind = switchesIn(result, source, depth + 1);
  const strongest = behind.find(({ kind }) => kind === 'bypass') ?? behind[0];
  if (strongest === undefined) return undefined;
  const part = strongest.part ?? partOf(result, strongest, source);
  return {
    ...strongest,
    node,
    origin: strongest.origin ?? strongest.node,
    ...(part === undefined ? {} : { part }),
  };
}

/** `const open = flag || isOwner(user)`: the name is for more than the switch, which could be taken out. */
function partOf(value: ts.Node, one: Switch, source: SourceView): Switch['part'] {
  const holder = unwrap(value);
  if (!isLogical(holder) || !operandsOf(holder).includes(one.node)) return undefined;
  const needed = one.outcome ? ts.SyntaxKind.BarBarToken : ts.SyntaxKind.AmpersandAmpersandToken;
  if (holder.operatorToken.kind !== needed) return undefined;
  const isMore = operandsOf(holder).some((operand) => switchesIn(operand, source).length === 0);
  return isMore ? { one, holder } : undefined;
}

/** Somebody else's `isDev` or `isProduction`, and `config.bypassAuth` where another file makes the settings. */
function named(node: ts.Expression, { header }: SourceView): Switch | undefined {
  const target = ts.isCallExpression(node) ? node.expression : node;
  const name = ts.isIdentifier(target) ? target.text : ts.isPropertyAccessExpression(target) ? target.name.text : '';
  const isSetting = ts.isPropertyAccessExpression(target) && header.imports.has(settingsOf(target));
  if (isSetting && switchKind(name) === 'bypass') return { kind: 'bypass', name, node, outcome: true };
  const stage = stageFlag(name);
  return stage === undefined ? undefined : { kind: 'stage', name, node, outcome: stage === 'development' };
}

/** `config` of `config.auth.bypass`; empty when what stands first is not named for settings. */
function settingsOf(access: ts.PropertyAccessExpression): string {
  let at = unwrap(access.expression);
  while (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return ts.isIdentifier(at) && /(?:config|settings|env)$/i.test(at.text) ? at.text : '';
}

/** What a function gives back that does nothing else; an unknown function passes through. */
function resultOf(value: ts.Node): ts.Node {
  if (!isFunctionWithBody(value) || value.body === undefined) return value;
  if (!ts.isBlock(value.body)) return value.body;
  const [only, ...more] = value.body.statements;
  return only !== undefined && more.length === 0 && ts.isReturnStatement(only) ? (only.expression ?? value) : value;
}
