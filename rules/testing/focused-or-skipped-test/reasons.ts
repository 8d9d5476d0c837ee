import { ts } from '#api';

/** Comments that speak to a tool. */
const FOR_TOOLS = /^(?:eslint|biome|prettier|ts|tslint|istanbul|c8|v8|oxlint)-|^@ts-|^[-=*\s]*$/;

/** Whether a comment at the statement around a test, or at the head of its body, says why it does not run. */
export function hasReason(text: string, call: ts.CallExpression, body: ts.Node): boolean {
  let statement: ts.Node = call;
  while (!ts.isStatement(statement) && statement.parent !== undefined) statement = statement.parent;
  const first = ts.isBlock(body) ? body.getStart() + 1 : body.getFullStart();
  return [
    ...(ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? []),
    ...(ts.getTrailingCommentRanges(text, statement.end) ?? []),
    ...(ts.getLeadingCommentRanges(text, first) ?? []),
    ...(ts.getTrailingCommentRanges(text, first) ?? []),
    ...call.arguments.flatMap((argument) => ts.getLeadingCommentRanges(text, argument.getFullStart()) ?? []),
  ].some(({ pos, end }) => saysSomething(text.slice(pos, end)));
}

function saysSomething(comment: string): boolean {
  const words = comment.replace(/^\/[/*]+|\*+\/$/g, '').trim();
  return (
    !FOR_TOOLS.test(words) &&
    /[\p{L}\d]+[^\p{L}\d\n]+[\p{L}\d]+|#\d+|https?:|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{3}/u.test(
      words,
    )
  );
}

/** Whether the test is only declared under some condition. */
export function isConditional(call: ts.Node): boolean {
  for (let node = call; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent) || ts.isCaseClause(parent)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === node) return true;
  }
  return false;
}
