import { type CollectContext, type FileHeader, ts, unwrap } from '#api';
import { directRead } from '../../_shared/env/directRead.ts';
import { isPlatformVariable } from '../../_shared/env/variables.ts';
import { isComparison, isLogical } from '../../_shared/operators.ts';
import { isSwitch } from './names.ts';

/** A text of the environment that is taken for something else. */
export interface Coercion {
  readonly kind: 'truthy' | 'compared' | 'number';
  /** What reads it: `process.env.X`, with `!` in front where that is there, or the call that makes a number of it. */
  readonly node: ts.Expression;
  readonly name: string;
}

type Context = Pick<CollectContext<unknown>, 'header'>;

const NUMBERS = new Set(['Number', 'parseInt', 'parseFloat']);

/** Reads of switches in a condition, over `&&`, `||` and `!`. */
export function inCondition(condition: ts.Expression, { header }: Context): readonly Coercion[] {
  const node = unwrap(condition) as ts.Expression;
  if (ts.isBinaryExpression(node) && isLogical(node.operatorToken.kind)) {
    return [...inCondition(node.left, { header }), ...inCondition(node.right, { header })];
  }
  // `!x` is found by itself.
  if (ts.isPrefixUnaryExpression(node)) return [];
  const found = truthy(node, header);
  return found === undefined ? [] : [found];
}

/** `!process.env.X`, and `+process.env.X`. */
export function ofPrefix(node: ts.PrefixUnaryExpression, { header }: Context): Coercion | undefined {
  if (node.operator === ts.SyntaxKind.PlusToken) {
    const name = directRead(node.operand, header);
    return name === undefined ? undefined : { kind: 'number', node, name };
  }
  return node.operator === ts.SyntaxKind.ExclamationToken ? truthy(node.operand, header) : undefined;
}

/** `process.env.X && …`, `process.env.X === true`. */
export function ofBinary(node: ts.BinaryExpression, { header }: Context): Coercion | undefined {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return truthy(node.left, header);
  if (!isComparison(operator)) return undefined;
  const [value, other] = isBoolean(node.right) ? [node.left, node.right] : [node.right, node.left];
  const name = isBoolean(other) ? directRead(value, header) : undefined;
  return name === undefined ? undefined : { kind: 'compared', node: other, name };
}

/** `Boolean(process.env.X)`, `Number(process.env.X)`. */
export function ofCall(node: ts.CallExpression, { header }: Context): Coercion | undefined {
  const callee = unwrap(node.expression);
  const called = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  const [value] = node.arguments;
  if (value === undefined || (called !== 'Boolean' && !NUMBERS.has(called))) return undefined;
  if (!/^global#(?:Number\.)?\w+$/.test(header.resolve(callee) ?? '')) return undefined;
  if (called === 'Boolean') return truthy(value, header);
  const name = directRead(value, header);
  return name === undefined ? undefined : { kind: 'number', node, name };
}

function truthy(expression: ts.Expression, header: FileHeader): Coercion | undefined {
  const node = unwrap(expression) as ts.Expression;
  // Most conditions can be told by their last name, before anything is resolved.
  if (ts.isPropertyAccessExpression(node) && !isSwitch(node.name.text)) return undefined;
  const name = directRead(node, header);
  if (name === undefined || !isSwitch(name) || isPlatformVariable(name)) return undefined;
  return { kind: 'truthy', node, name };
}

function isBoolean(node: ts.Expression): boolean {
  const { kind } = unwrap(node);
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword;
}
