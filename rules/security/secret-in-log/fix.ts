import { type FixContext, type TextEdit, ts } from '#api';
import { quoteMark } from '../../_shared/layout.ts';

const isValue = (node: ts.Node): node is ts.Expression => ts.isExpression(node);

/** Writes `[redacted]` in the place of the value; of a body or headers only the names of their members stay. */
export function redact(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const node = ctx.node(isValue);
  if (node === undefined) return undefined;
  const { parent } = node;
  const quote = quoteMark(ctx.text);
  if (ts.isTemplateSpan(parent)) {
    return [ctx.replace({ start: parent.getStart() - 2, end: parent.literal.getStart() + 1 }, '[redacted]')];
  }
  const redacted = `${quote}[redacted]${quote}`;
  if (ts.isShorthandPropertyAssignment(parent)) return [ctx.replace(parent, `${parent.name.text}: ${redacted}`)];
  if (ts.isSpreadAssignment(parent)) return undefined;
  return [ctx.replace(node, redacted)];
}

/** Keeps the names of what was sent. */
export function namesAlone(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const node = ctx.node(isValue);
  if (node === undefined || ts.isSpreadAssignment(node.parent) || ts.isTemplateSpan(node.parent)) return undefined;
  return [ctx.replace(node, `Object.keys(${node.getText()})`)];
}
