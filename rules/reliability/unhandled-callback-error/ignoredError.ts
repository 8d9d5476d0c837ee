import { type FileHeader, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';

/** A callback that is written in the call. */
export type Callback = ts.ArrowFunction | ts.FunctionExpression;

/** A callback whose error nobody looks at. */
export interface IgnoredError {
  readonly callback: Callback;
  readonly error: ts.Identifier;
  /** What is called with the callback. */
  readonly name: string;
}

const ERROR = /^(?:e|er|err|error)$|[a-z](?:Err|Error)$/;

/** Methods that hand over something else first, or that call back with errors alone. */
const OTHER =
  /^(?:on|once|off|addListener|addEventListener|subscribe|catch|then|finally|forEach|map|flatMap|filter|find(?:Last)?(?:Index)?|some|every|reduce\w*|sort|each|use|listen|test|it|describe|retry|mapErr\w*|match|fold)$|error/i;

/** Functions of Node.js whose callback may take the error alone. */
const NODE = /^(?:fs|child_process|dns|zlib|crypto)(?:#default)?#\w+$/;

/** Reads the call and the header alone. */
export function ignoredError(call: ts.CallExpression, header: FileHeader): IgnoredError | undefined {
  const last = call.arguments.at(-1);
  const callback = last && unwrap(last);
  if (callback === undefined || !isFunctionValue(callback)) return undefined;
  const parameters = callback.parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === 'this'));
  const [error, result] = parameters;
  if (error === undefined || !ts.isIdentifier(error.name) || !ERROR.test(error.name.text)) return undefined;
  if (error.initializer !== undefined || error.dotDotDotToken !== undefined || parameters.length > 3) return undefined;
  const name = calledName(call);
  if (name === undefined || OTHER.test(name) || isHandler(parameters)) return undefined;
  if (result === undefined && !NODE.test(header.resolve(call.expression) ?? '')) return undefined;
  if (mentions(callback.body, error.name.text) || (result !== undefined && asksForResult(callback.body, result))) {
    return undefined;
  }
  return { callback, error: error.name, name };
}

/** `(err, req, res)` and `(error, index)`: no results of a call. */
function isHandler(parameters: readonly ts.ParameterDeclaration[]): boolean {
  return parameters.some(
    ({ name }) => ts.isIdentifier(name) && /^_?(?:req|request|res|next|i|idx|index|key|attempt)$/.test(name.text),
  );
}

function mentions(within: ts.Node, name: string): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) return node.text === name || node.text === 'arguments';
    // A callback inside that has an error of its own by the same name speaks of that one.
    if (ts.isFunctionLike(node) && node.parameters.some((own) => ts.isIdentifier(own.name) && own.name.text === name)) {
      return false;
    }
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(within);
}

/** Whether the result, which is missing after an error, is asked for before it is used: `if (!rows) return`, `rows?.length`. */
function asksForResult(body: ts.Node, { name }: ts.ParameterDeclaration): boolean {
  const names = ts.isIdentifier(name) ? [name.text] : [];
  const isResult = (node: ts.Node): boolean => {
    const inner = unwrap(node);
    return ts.isIdentifier(inner) && names.includes(inner.text);
  };
  const visit = (node: ts.Node): boolean => {
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      const condition = ts.isIfStatement(node) ? node.expression : node.condition;
      if (names.some((text) => mentions(condition, text))) return true;
    }
    if (ts.isBinaryExpression(node) && isResult(node.left)) {
      const { kind } = node.operatorToken;
      if (kind >= ts.SyntaxKind.AmpersandAmpersandToken && kind <= ts.SyntaxKind.BarBarToken) return true;
      if (kind === ts.SyntaxKind.QuestionQuestionToken) return true;
    }
    if (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined && isResult(node.expression))
      return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(body);
}
