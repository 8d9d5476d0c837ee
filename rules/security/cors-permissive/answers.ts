import { type FileHeader, ts, unwrap } from '#api';
import { calledName, memberCall, propertyKey } from '../../_shared/calls.ts';

/** Names that people give to what a server answers with, and to contexts that hold it. */
const ANSWER = /^_*(?:res|resp|response|reply|rep|ctx|context|c|event)$|(?:Res|Response|Reply|Ctx|Context)$/;

/** Names that say that the program itself asks somebody. */
const ASKING = /^_*(?:xhr|req|request|superagent|supertest|axios|config|agent|fetch)$|(?:Req|Request|Config)$/;

/** Whether a header is set on an answer: by the names that lead to it, `res.status(200)`, `this.response.headers`. */
export function isAnswering(call: ts.CallExpression): boolean {
  const names: string[] = [];
  for (let node: ts.Node | undefined = memberCall(call)?.receiver; node !== undefined; ) {
    const at: ts.Node = unwrap(node);
    if (ts.isIdentifier(at)) names.push(at.text);
    if (ts.isPropertyAccessExpression(at)) names.push(at.name.text);
    const isStep = ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at) || ts.isCallExpression(at);
    node = isStep ? at.expression : undefined;
  }
  return names.some((name) => ANSWER.test(name)) && !names.some((name) => ASKING.test(name));
}

const RESPONSES = /^(?:global#Response|next\/server#NextResponse)(?:\.json)?$/;

/**
 * Whether an object holds the headers of an answer: handed to `res.set`, `res.writeHead` or `new Response`, or part of what a
 * function of a cloud answers with.
 */
export function isAnswerHeaders(object: ts.Node, header: FileHeader): boolean {
  const { parent } = object;
  if (ts.isCallExpression(parent)) {
    return /^(?:set|header|headers|writeHead)$/.test(calledName(parent) ?? '') && isAnswering(parent);
  }
  if (!ts.isPropertyAssignment(parent) || propertyKey(parent.name) !== 'headers') return false;
  const holder = parent.parent;
  const user = holder.parent;
  if (ts.isNewExpression(user) || ts.isCallExpression(user))
    return RESPONSES.test(header.resolve(user.expression) ?? '');
  return holder.properties.some((member) => member.name !== undefined && propertyKey(member.name) === 'statusCode');
}
