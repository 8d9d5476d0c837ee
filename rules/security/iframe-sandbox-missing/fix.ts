import { type Finding, type FixContext, type TextEdit, ts } from '#api';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import { indentAt, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';

const ATTRIBUTE = ' sandbox="allow-scripts"';

/** Adds a sandbox in which scripts run and nothing else is allowed. */
export function addSandbox(ctx: FixContext<unknown>, finding: Finding): readonly TextEdit[] | undefined {
  if (/\.html?$/i.test(ctx.path)) return [ctx.insert(finding.end, ATTRIBUTE)];
  const node = ctx.node(isPlace);
  if (node === undefined) {
    // The tag inside a string: the quotes of the attribute must not end it.
    const isDouble = ctx.text.charAt(literalAround(ctx.file, finding.start).getStart()) === '"';
    return [ctx.insert(finding.end, isDouble ? ATTRIBUTE.replaceAll('"', "'") : ATTRIBUTE)];
  }
  if (ts.isJsxAttribute(node)) return [ctx.insert(node.end, ATTRIBUTE)];
  const quote = quoteMark(ctx.text);
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
    return [ctx.insert(node.end, `, sandbox: ${quote}allow-scripts${quote}`)];
  }
  if (ts.isBinaryExpression(node) || ts.isCallExpression(node)) {
    const frame = ts.isCallExpression(node) ? memberCall(node)?.receiver : memberAccess(node.left)?.receiver;
    const statement = node.parent;
    if (frame === undefined || !ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
    const start = statement.getStart();
    const after = `${lineEnd(ctx.text)}${indentAt(ctx.text, start)}`;
    return [
      ctx.insert(
        start,
        `${frame.getText()}.setAttribute(${quote}sandbox${quote}, ${quote}allow-scripts${quote})${statementEnd(ctx.file)}${after}`,
      ),
    ];
  }
  return undefined;
}

/** The innermost node around an offset. */
function literalAround(file: ts.Node, offset: number): ts.Node {
  let node = file;
  for (let inner: ts.Node | undefined = node; inner !== undefined; ) {
    node = inner;
    inner = ts.forEachChild(node, (child) => (child.pos <= offset && offset < child.end ? child : undefined));
  }
  return node;
}

type Place =
  | ts.JsxAttribute
  | ts.PropertyAssignment
  | ts.ShorthandPropertyAssignment
  | ts.BinaryExpression
  | ts.CallExpression;

function isPlace(node: ts.Node): node is Place {
  return (
    ts.isJsxAttribute(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isBinaryExpression(node) ||
    ts.isCallExpression(node)
  );
}
