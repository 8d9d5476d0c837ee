import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';

/** Words of a refusal for want of room. */
const REFUSES = /too[ _]?many|limit|exceed|maximum|\bmax\b|quota|capacity|overload|\bbusy\b|\bfull\b|at most|throttl/i;
/** What answers, or says with which status. */
const ANSWERS: ReadonlySet<string> = new Set([
  'json',
  'send',
  'end',
  'text',
  'sendStatus',
  'status',
  'code',
  'writeHead',
  'throw',
  'close',
]);
const STATUS = /\b(?:429|503)\b/;

/** Whether a branch refuses what it was asked: it throws, rejects or answers, and says that there is too much. */
export function refuses(branch: ts.Statement): boolean {
  const statements = ts.isBlock(branch) ? branch.statements : [branch];
  if (statements.length > 6) return false;
  return statements.some((statement) => {
    if (ts.isThrowStatement(statement)) return says(statement.expression);
    const expression =
      ts.isReturnStatement(statement) || ts.isExpressionStatement(statement) ? statement.expression : undefined;
    if (expression === undefined) return false;
    if (ts.isNewExpression(unwrap(expression))) return STATUS.test(expression.getText());
    const call = unwrap(ts.isAwaitExpression(expression) ? expression.expression : expression);
    return ts.isCallExpression(call) && isRefusal(call);
  });
}

/** `reject(new Error('too many'))`, `Promise.reject(…)`, `callback(new Error(…))`, `next(…)`, `res.status(429).json(…)`. */
function isRefusal(call: ts.CallExpression): boolean {
  const name = calledName(call);
  if (name === 'reject' || name === 'next' || name === 'callback' || name === 'cb') {
    const [first] = call.arguments;
    return first !== undefined && ts.isNewExpression(unwrap(first)) && says(first);
  }
  return name !== undefined && ANSWERS.has(name) && (STATUS.test(call.getText()) || (name === 'close' && says(call)));
}

function says(node: ts.Node): boolean {
  return REFUSES.test(node.getText());
}
