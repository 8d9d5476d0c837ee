import { ts, unwrap } from '#api';
import { memberCall, option, propertyKey } from '../../_shared/calls.ts';
import { isEnvironment } from '../../_shared/env/environment.ts';
import { variableRead } from '../../_shared/env/variableRead.ts';
import { isBuildTimeVariable } from '../../_shared/env/variables.ts';
import { isFallback } from '../../_shared/operators.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { Mentions } from './guarded.ts';
import { isSecretValue, ownerOf } from './values.ts';

/** What may name a variable of the environment and a value to take without it. */
export type FallbackNode =
  | ts.BinaryExpression
  | ts.BindingElement
  | ts.PropertyAssignment
  | ts.ConditionalExpression
  | ts.CallExpression;

export interface Fallback {
  readonly value: ts.StringLiteralLike;
  readonly variable: string;
  readonly mentions: Mentions;
}

/** Cheap for all that cannot be one. */
export function fallbackFact(node: FallbackNode): boolean {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return isFallback(kind) && textOf(node.right) !== undefined && mayNameSecret(node.left);
  }
  if (ts.isConditionalExpression(node)) {
    return textOf(node.whenFalse) !== undefined && mayNameSecret(node.whenTrue) && asksForIt(node);
  }
  if (ts.isCallExpression(node)) return defaultAsked(node) !== undefined;
  if (ts.isBindingElement(node)) return node.initializer !== undefined && textOf(node.initializer) !== undefined;
  return ts.isCallExpression(node.initializer) && ownerOf(schemaVariable(node) ?? '') !== undefined;
}

/** The secret that a program takes from its own code when a variable of the environment is missing. */
export function fallbackOf(node: FallbackNode, source: SourceView): Fallback | undefined {
  const [variable, value] = variableAndValue(node, source);
  if (variable === undefined || value === undefined || isBuildTimeVariable(variable)) return undefined;
  const owner = ownerOf(variable);
  if (owner === undefined || !isSecretValue(value.text, owner)) return undefined;
  return { value, variable, mentions: { direct: [variable, ...quoted(value.text)], kept: keptAs(node) } };
}

function variableAndValue(
  node: FallbackNode,
  source: SourceView,
): readonly [string | undefined, ts.StringLiteralLike | undefined] {
  if (ts.isBinaryExpression(node)) return [chosenVariable(node.left, source), textOf(node.right)];
  if (ts.isConditionalExpression(node)) return [variableRead(node.whenTrue, source), textOf(node.whenFalse)];
  if (ts.isCallExpression(node)) return defaultAsked(node) ?? [undefined, undefined];
  if (ts.isPropertyAssignment(node)) return [schemaVariable(node), defaultIn(node.initializer)];
  return [boundVariable(node, source), node.initializer && textOf(node.initializer)];
}

/** `process.env.JWT_SECRET ? process.env.JWT_SECRET : 'x'` */
function asksForIt({ condition, whenTrue }: ts.ConditionalExpression): boolean {
  return unwrap(condition).getText() === unwrap(whenTrue).getText();
}

/** `config.get('JWT_SECRET', 'x')` of a configuration service. */
function defaultAsked(call: ts.CallExpression): readonly [string, ts.StringLiteralLike] | undefined {
  const [key, given, ...more] = call.arguments;
  if (key === undefined || given === undefined || more.length > 0 || !ts.isStringLiteralLike(key)) return undefined;
  const value = textOf(given);
  const member = value === undefined ? undefined : memberCall(call);
  if (value === undefined || member?.name !== 'get' || ownerOf(key.text) === undefined) return undefined;
  return /config|env|settings/i.test(unwrap(member.receiver).getText()) ? [key.text, value] : undefined;
}

/** By what is written alone, whether a read may be one of a secret; a bare name may stand for anything. */
function mayNameSecret(read: ts.Node): boolean {
  const node = unwrap(read);
  if (ts.isPropertyAccessExpression(node)) return ownerOf(node.name.text) !== undefined;
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return ts.isStringLiteralLike(key) && ownerOf(key.text) !== undefined;
  }
  if (ts.isBinaryExpression(node)) return mayNameSecret(node.left);
  if (!ts.isCallExpression(node)) return ts.isIdentifier(node);
  const [first] = node.arguments;
  const isAsked = first !== undefined && ts.isStringLiteralLike(first) && ownerOf(first.text) !== undefined;
  const member = memberCall(node);
  return isAsked || (member !== undefined && mayNameSecret(member.receiver));
}

function textOf(node: ts.Node): ts.StringLiteralLike | undefined {
  const value = unwrap(node);
  return ts.isStringLiteralLike(value) && value.text !== '' ? value : undefined;
}

/** `process.env.A || process.env.B || 'x'` falls back for both; the first tells what it is. */
function chosenVariable(left: ts.Expression, source: SourceView): string | undefined {
  const node = unwrap(left);
  if (ts.isBinaryExpression(node)) return chosenVariable(node.left, source);
  return variableRead(node, source);
}

/** `const { JWT_SECRET = 'x' } = process.env` */
function boundVariable({ parent, propertyName, name }: ts.BindingElement, { header }: SourceView): string | undefined {
  const holder = parent.parent;
  const key = propertyName ?? name;
  const reads =
    ts.isVariableDeclaration(holder) && holder.initializer !== undefined && isEnvironment(holder.initializer, header);
  return reads && ts.isIdentifier(key) ? key.text : undefined;
}

/** `JWT_SECRET: z.string().default('x')`, `JWT_SECRET: str({ default: 'x' })`: written in capitals, as variables are. */
function schemaVariable({ name }: ts.PropertyAssignment): string | undefined {
  const key = propertyKey(name);
  return key !== undefined && /^[A-Z][A-Z0-9_]+$/.test(key) ? key : undefined;
}

function defaultIn(expression: ts.Expression): ts.StringLiteralLike | undefined {
  for (let at = unwrap(expression); ts.isCallExpression(at); ) {
    const member = memberCall(at);
    const [first] = at.arguments;
    if (member?.name === 'default' && first !== undefined) return textOf(first);
    if (member === undefined) {
      const given = option(first, 'default');
      return given.kind === 'given' ? textOf(given.value) : undefined;
    }
    at = unwrap(member.receiver);
  }
  return undefined;
}

function quoted(text: string): readonly string[] {
  return [`'${text}'`, `"${text}"`];
}

/** The variable or property that takes the value. */
function keptAs(node: FallbackNode): readonly string[] {
  let at: ts.Node = node;
  while (unwrap(at.parent) !== at.parent || ts.isBinaryExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return [parent.name.text];
  return ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name) ? [`.${parent.name.text}`] : [];
}
