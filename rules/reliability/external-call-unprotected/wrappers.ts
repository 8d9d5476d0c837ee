import { type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';

/** Names by which people call what tries again or gives up early. */
export const PROTECTS = /retr(?:y|ies)|breaker|circuit|resilien|backoff/i;
/** Those for something else than a service. */
const OTHER = /database|prisma|mongo|(?:^|[a-z_])db|Db|transaction|lock|queue|job|file|assert|test|import|lazy/i;
/** Functions and methods of libraries that run what they are given. */
const RUNS = /retr(?:y|ies)|breaker|circuit|resilien|backoff|^(?:execute|fire|attempt)$/i;
/** What such functions are built on. */
const LIBRARIES = /^(?:opossum|cockatiel|p-retry|async-retry|promise-retry|exponential-backoff|@lifeomic\/attempt)$/;

/** A function that runs what it is given with protection. */
export interface Wrapper {
  readonly name: string;
  /** It can be called with the function alone. */
  readonly takesOne: boolean;
  /** The one call that it makes itself, `Gemini generateContent`; left out where it runs what it is given. */
  readonly only?: string;
}

/** Whether a name may be that of a wrapper. */
export function mayProtect(name: string): boolean {
  return PROTECTS.test(name) && !OTHER.test(name);
}

/** Reads a function as a wrapper: it tries what its first parameter gives in a loop or again, or hands it to a library for that. */
export function wrapperOf(name: string, fn: FunctionNode, modules: ReadonlySet<string>): Wrapper | undefined {
  const [first, ...others] = fn.parameters;
  if (fn.body === undefined || first === undefined || !ts.isIdentifier(first.name)) return undefined;
  const given = first.name.text;
  let isRun = false;
  let isTriedAgain = [...modules].some((module) => LIBRARIES.test(module));
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      isRun ||= node.expression.getText() === given || (isGiven(node, given) && RUNS.test(calledName(node) ?? ''));
      isTriedAgain ||= calledName(node) === name || (isGiven(node, given) && RUNS.test(calledName(node) ?? ''));
    } else if (ts.isNewExpression(node)) isRun ||= isGiven(node, given) && RUNS.test(calledName(node) ?? '');
    else if (ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) isTriedAgain = true;
    ts.forEachChild(node, visit);
  };
  visit(fn.body);
  const isOptional = ({ questionToken, initializer, dotDotDotToken }: ts.ParameterDeclaration): boolean =>
    questionToken !== undefined || initializer !== undefined || dotDotDotToken !== undefined;
  return isRun && isTriedAgain ? { name, takesOne: others.every(isOptional) } : undefined;
}

function isGiven({ arguments: given }: ts.CallExpression | ts.NewExpression, name: string): boolean {
  return given?.some((argument) => ts.isIdentifier(argument) && argument.text === name) === true;
}

/** Whether a call is run by something that protects it, as far as its file shows. */
export function isProtected(call: ts.CallExpression, text: string): boolean {
  for (let node: ts.Node = call; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    const isLoop = ts.isForStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent);
    if (isLoop || !ts.isFunctionLike(node)) {
      if (isLoop && /\bcatch\b/.test(parent.getText())) return true;
      continue;
    }
    // Given to something: a retry, a limiter, a queue. Whoever takes it may run it again.
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && !isOrdinary(parent)) return true;
    const holder = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent : node;
    const name = 'name' in holder && holder.name !== undefined ? (holder.name as ts.Node).getText() : '';
    if (PROTECTS.test(name)) return true;
    if (/^\w+$/.test(name) && new RegExp(`[(,]\\s*(?:this\\.)?${name}\\s*(?:[,)]|\\.bind\\b)`).test(text)) return true;
  }
  return false;
}

/** Functions that run what they are given once for each thing, or for each request. */
function isOrdinary(call: ts.CallExpression | ts.NewExpression): boolean {
  return /^(?:map|forEach|flatMap|filter|then|get|post|put|patch|delete|all|use|on|once|handle|handler|asyncHandler|catchAsync|async|Promise)$/.test(
    calledName(call) ?? '',
  );
}
