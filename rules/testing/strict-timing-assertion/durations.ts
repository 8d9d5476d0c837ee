import { type FileHeader, ts, unwrap } from '#api';
import { constant } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Clocks that go on while a test runs, and how many milliseconds one unit of theirs is. */
const CLOCKS: ReadonlyMap<string, number> = new Map([
  ['global#Date.now', 1],
  ['global#performance.now', 1],
  ['global#window.performance.now', 1],
  ['global#globalThis.performance.now', 1],
  ['perf_hooks#performance.now', 1],
  ['perf_hooks#default.performance.now', 1],
  ['global#process.hrtime.bigint', 1e-6],
  ['process#hrtime.bigint', 1e-6],
  ['process#default.hrtime.bigint', 1e-6],
  ['global#process.uptime', 1000],
]);

/** Functions that give back about the number they are given. */
const NUMBERS = /^global#(?:Number|BigInt|Math\.(?:abs|round|floor|ceil|trunc))$/;

/** Steps through names and arithmetic. */
const MAX_DEPTH = 8;

/**
 * How many milliseconds one unit of a measured time is; `undefined` for anything but the difference of two readings of a
 * clock, an average of several runs among them.
 */
export function durationUnit(expression: ts.Node, source: SourceView, depth = 0): number | undefined {
  const node = unwrap(expression);
  if (depth > MAX_DEPTH) return undefined;
  if (ts.isIdentifier(node)) {
    const value = startOf(node, source);
    return value && durationUnit(value, source, depth + 1);
  }
  if (ts.isCallExpression(node)) {
    const [argument] = node.arguments;
    const isNumber = argument !== undefined && NUMBERS.test(source.header.resolve(node.expression) ?? '');
    return isNumber ? durationUnit(argument, source, depth + 1) : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  if (node.operatorToken.kind === ts.SyntaxKind.MinusToken) {
    const end = readingUnit(node.left, source, depth + 1);
    return end !== undefined && end === readingUnit(node.right, source, depth + 1) ? end : undefined;
  }
  const factor = unitFactor(node);
  const unit = factor === undefined ? undefined : durationUnit(node.left, source, depth + 1);
  return unit === undefined || factor === undefined ? undefined : unit * factor;
}

/** What a division or a multiplication by a thousand or a million makes of the unit; other numbers average or scale. */
function unitFactor({ operatorToken, right }: ts.BinaryExpression): number | undefined {
  const literal = unwrap(right);
  const by = ts.isBigIntLiteral(literal) ? Number(literal.text.slice(0, -1)) : constant(literal)?.value;
  if (by !== 1e3 && by !== 1e6 && by !== 1e9) return undefined;
  if (operatorToken.kind === ts.SyntaxKind.SlashToken) return by;
  return operatorToken.kind === ts.SyntaxKind.AsteriskToken ? 1 / by : undefined;
}

/** Milliseconds in one unit of a reading of a clock: of a call, of a date, or of a name that was given one. */
function readingUnit(expression: ts.Node, source: SourceView, depth: number): number | undefined {
  const node = unwrap(expression);
  if (depth > MAX_DEPTH) return undefined;
  if (ts.isIdentifier(node)) {
    const value = startOf(node, source);
    return value && readingUnit(value, source, depth + 1);
  }
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator === ts.SyntaxKind.PlusToken && isNow(node.operand, source.header) ? 1 : undefined;
  }
  if (isNow(node, source.header)) return 1;
  if (!ts.isCallExpression(node)) return undefined;
  const callee = unwrap(node.expression);
  if (ts.isPropertyAccessExpression(callee) && /^(?:getTime|valueOf)$/.test(callee.name.text)) {
    return readingUnit(callee.expression, source, depth + 1);
  }
  return node.arguments.length > 0 ? undefined : CLOCKS.get(source.header.resolve(callee) ?? '');
}

/** `new Date()`. */
function isNow(expression: ts.Node, header: FileHeader): boolean {
  const node = unwrap(expression);
  return (
    ts.isNewExpression(node) && (node.arguments ?? []).length === 0 && header.resolve(node.expression) === 'global#Date'
  );
}

/** What a variable is declared with. */
function startOf(name: ts.Identifier, source: SourceView): ts.Expression | undefined {
  const declaration = source.lookup(name);
  return declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

/** A number that stands in the source, directly or under a name that keeps it. */
export function numberOf(expression: ts.Node, source: SourceView): number | undefined {
  const node = unwrap(expression);
  const value = ts.isIdentifier(node) ? constantOf(node, source) : node;
  if (value === undefined) return undefined;
  const literal = unwrap(value);
  const number = ts.isBigIntLiteral(literal) ? Number(literal.text.slice(0, -1)) : constant(literal)?.value;
  return typeof number === 'number' ? number : undefined;
}

/** What a name stands for as long as the program runs. */
function constantOf(name: ts.Identifier, source: SourceView): ts.Expression | undefined {
  const value = startOf(name, source);
  const list = value?.parent.parent;
  const isConst = list !== undefined && ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.Const) !== 0;
  return isConst ? value : undefined;
}
