import { type FunctionNode, ts, unwrap } from '#api';
import { calledName, constant, propertyKey } from '../../_shared/calls.ts';

/** Methods that give an answer its status. */
const SETS_STATUS = /^(?:status|code|sendStatus|writeHead|setStatus)$/;

/** What others call the answers that say that something is wrong. */
const FAILURE_NAME = /unavailable|internal|error|gateway|failed|unhealthy/i;

/** Whether anything in a handler may answer with another status than 2xx, as far as can be seen; doubt counts as yes. */
export function mayFail(fn: FunctionNode): boolean {
  const parameters = new Set(fn.parameters.map(({ name }) => name.getText()));
  const fails = (node: ts.Node): boolean => {
    if (ts.isThrowStatement(node)) return true;
    if (ts.isNumericLiteral(node)) return /^[45]\d\d$/.test(node.text);
    if (
      ts.isPropertyAccessExpression(node) &&
      FAILURE_NAME.test(node.name.text) &&
      /status|code|exception/i.test(node.expression.getText())
    )
      return true;
    if (ts.isBinaryExpression(node) && /\.status(?:Code)?$/.test(node.left.getText())) return !isSuccess(node.right);
    if (
      ts.isPropertyAssignment(node) &&
      propertyKey(node.name) === 'status' &&
      ts.isConditionalExpression(node.initializer)
    )
      return false;
    return ts.isCallExpression(node) && failsByCall(node, parameters);
  };
  const visit = (node: ts.Node): boolean =>
    fails(node) || ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  return fn.body !== undefined && visit(fn.body);
}

function failsByCall(call: ts.CallExpression, parameters: ReadonlySet<string>): boolean {
  const name = calledName(call) ?? '';
  const [first, second] = call.arguments;
  if (SETS_STATUS.test(name)) return first !== undefined && !isSuccess(first);
  if (name === 'json' && second !== undefined) return !isSuccess(second);
  if (name === 'exit' || name === 'next') return true;
  // Whoever is given the response may answer as they like.
  return call.arguments.some((argument) => ts.isIdentifier(argument) && parameters.has(argument.text));
}

function isSuccess(node: ts.Node): boolean {
  const value = constant(node)?.value;
  if (typeof value === 'number') return value < 400;
  return /\bOK\b/.test(node.getText()) && !ts.isConditionalExpression(unwrap(node));
}

/** What tells whether a connection stands. */
const STATE = /^(?:readyState|isConnected|isOpen|isReady|connected)$/;

/** Whether a handler asks for something and keeps a failure to itself: in a `catch`, or by looking at a state. */
export function swallowsFailure(fn: FunctionNode): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isTryStatement(node) && node.catchClause !== undefined && awaits(node.tryBlock)) return true;
    if (ts.isPropertyAccessExpression(node) && STATE.test(node.name.text)) return true;
    const isCaught = ts.isCallExpression(node) && calledName(node) === 'catch' && ts.isAwaitExpression(node.parent);
    return isCaught || ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return fn.body !== undefined && visit(fn.body);
}

function awaits(node: ts.Node): boolean {
  return ts.isAwaitExpression(node) || ts.forEachChild(node, (child) => awaits(child) || undefined) === true;
}

const DEPENDENCY =
  /^(?:db|database|mongo(?:db)?|postgres(?:ql)?|mysql|redis|cache|queue|broker|kafka|rabbitmq)(?:_?(?:status|state|connection))?$/i;
const WELL = /^(?:ok|up|connected|healthy|ready|available|online|alive|running|true)$/i;

/** A member of the answer that says that a dependency is well, whatever it is: `database: 'connected'`. */
export function claimIn(fn: FunctionNode): ts.PropertyAssignment | undefined {
  const visit = (node: ts.Node): ts.PropertyAssignment | undefined => {
    if (ts.isPropertyAssignment(node) && DEPENDENCY.test(propertyKey(node.name) ?? '')) {
      const value = constant(node.initializer)?.value;
      if (value === true || (typeof value === 'string' && WELL.test(value))) return node;
    }
    return ts.forEachChild(node, visit);
  };
  return fn.body && visit(fn.body);
}

/** Names that say nothing about anything outside the process. */
const WITHIN =
  /^(?:Date|process|JSON|Math|String|Number|os|undefined|pkg|packageJson|version|config|env|appName|serviceName|start(?:ed)?(?:At|Time)?|[A-Z][A-Z0-9_]*)$/;

/** Whether a handler answers what it could answer with nothing else in the world running. */
export function asksNothing(fn: FunctionNode): boolean {
  if (fn.body === undefined) return false;
  const own = new Set(fn.parameters.map(({ name }) => name.getText()));
  const visit = (node: ts.Node): boolean => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) own.add(node.name.text);
    if (ts.isAwaitExpression(node) || ts.isIfStatement(node) || ts.isConditionalExpression(node)) return false;
    if (ts.isIdentifier(node) && !isKey(node) && !own.has(node.text) && !WITHIN.test(node.text)) return false;
    return ts.forEachChild(node, (child) => !visit(child) || undefined) !== true;
  };
  return visit(fn.body);
}

function isKey(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}
