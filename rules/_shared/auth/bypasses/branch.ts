import { ts, unwrap } from '#api';
import { isNullish } from '../../calls.ts';
import { isFunctionWithBody } from '../../enclosing.ts';

/** A piece of code that runs, or does not, because of a switch. */
export type Branch = readonly ts.Node[];

/** Finds a node in a branch that passes the test; what functions inside do counts as well unless `own` is asked for. */
export function some(branch: Branch, test: (node: ts.Node) => boolean, own = false): boolean {
  const visit = (node: ts.Node): boolean => {
    if (own && isFunctionWithBody(node)) return false;
    return test(node) || (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  };
  return branch.some(visit);
}

/** The last name of what is called: `verify` of `jwt.verify(…)`. */
export function calleeName(call: ts.CallExpression | ts.NewExpression): string {
  const callee = unwrap(call.expression);
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
}

/** Callbacks by which middleware hands on. */
export function isHandOnName(name: string): boolean {
  return /^(?:next|done|cb|callback|proceed|_next)$/.test(name);
}

/** `next()`, `done(null, user)`; whether it hands on an error is another question. */
export function isHandOn(call: ts.CallExpression): boolean {
  return isHandOnName(calleeName(call));
}

/** `next(error)` */
export function handsOnError(call: ts.CallExpression): boolean {
  const [first] = call.arguments;
  return (
    ts.isIdentifier(call.expression) && first !== undefined && !isNullish(first) && !ts.isObjectLiteralExpression(first)
  );
}

/** What middleware and guards are handed to. */
const REGISTERS = /^(?:use\w*|all|get|post|put|patch|delete|route|addHook|register|middleware|\w*[Pp]rocedure)$/;

/** `app.use(…)`, `router.get(…)` and their like, by name. */
export function isRegistration(call: ts.CallExpression): boolean {
  return REGISTERS.test(calleeName(call));
}

/** Says that nothing behind a branch in the same block is reached. */
export function exits(branch: Branch): boolean {
  const last = branch.at(-1);
  if (last === undefined) return false;
  if (ts.isBlock(last)) return exits(last.statements);
  return ts.isReturnStatement(last) || ts.isThrowStatement(last) || ts.isContinueStatement(last);
}
