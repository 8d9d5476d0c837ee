import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';

/** What of an error goes out: its stack, its message, or all of it. */
export type DetailKind = 'stack' | 'message' | 'whole';

/** A name that holds whatever was thrown or rejected. */
export interface ErrorValue {
  readonly declaration: ts.Declaration;
  /** Declared to be of a class whose messages may be meant for clients. */
  readonly isOwnClass: boolean;
}

const ERROR_NAME = /^_?(?:e|ex|er|err|error|exception|cause)$|[a-z](?:Err|Error)$/;

/** Types that say no more than that something failed, or failures of databases and clients, which name their parts. */
const GENERAL_TYPE =
  /^(?:any|unknown|object|Error|TypeError|ErrnoException|AxiosError|SyntaxError|Mongo\w*|QueryFailedError|TypeORMError|Prisma\w*|Sequelize\w*|DatabaseError|QueryError|PostgresError)$/;

/** How many names are followed to the one that was caught. */
const MAX_DEPTH = 4;

/** Reads an expression as an error that was caught, handed to a handler of errors, or given to a callback. */
export function errorValue(expression: ts.Node, source: SourceView, depth = 0): ErrorValue | undefined {
  const node = unwrap(expression);
  if (!ts.isIdentifier(node) || depth > MAX_DEPTH) return undefined;
  const declaration = source.lookup(node);
  if (declaration === undefined) return undefined;
  if (ts.isParameter(declaration)) {
    const isOwnClass = isOwnType(declaration.type) || isCastToOwn(expression);
    return isErrorParameter(declaration, source) ? { declaration, isOwnClass } : undefined;
  }
  if (!ts.isVariableDeclaration(declaration)) return undefined;
  if (ts.isCatchClause(declaration.parent)) return { declaration, isOwnClass: isCastToOwn(expression) };
  const { initializer, type } = declaration;
  const origin = initializer && errorValue(initializer, source, depth + 1);
  return origin && { ...origin, isOwnClass: origin.isOwnClass || isOwnType(type) || isCastToOwn(expression) };
}

/** The name of the error that the code around a place deals with. */
export function errorAround(place: ts.Node, source: SourceView): string | undefined {
  for (let at = place; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    const caught = ts.isCatchClause(parent) ? parent.variableDeclaration?.name : undefined;
    if (caught !== undefined) return ts.isIdentifier(caught) ? caught.text : undefined;
    const parameter = isFunctionWithBody(parent)
      ? parent.parameters.find((one) => isErrorParameter(one, source))
      : undefined;
    if (parameter !== undefined) return parameter.name.getText();
  }
  return undefined;
}

function isErrorParameter(parameter: ts.ParameterDeclaration, source: SourceView): boolean {
  if (!ts.isIdentifier(parameter.name)) return false;
  const fn = parameter.parent;
  const isFirst = fn.parameters[0] === parameter;
  if (isFirst && isCallbackOfFailure(fn, parameter.name.text)) return true;
  return webRole(parameter, source)?.role === 'error' && ERROR_NAME.test(parameter.name.text);
}

/** `promise.catch((reason) => …)`, `then(ok, (reason) => …)`, `query(sql, (err, rows) => …)`, and filters of NestJS. */
function isCallbackOfFailure(fn: ts.Node, name: string): boolean {
  if (ts.isMethodDeclaration(fn)) return fn.name.getText() === 'catch' && ERROR_NAME.test(name);
  if (!isFunctionWithBody(fn) || !ts.isCallExpression(fn.parent)) return false;
  const called = calledName(fn.parent);
  if (called === 'catch' || (called === 'then' && fn.parent.arguments[1] === fn)) return true;
  return ERROR_NAME.test(name);
}

function isOwnType(type: ts.TypeNode | undefined): boolean {
  if (type === undefined) return false;
  if (ts.isUnionTypeNode(type)) return !type.types.some((one) => !isOwnType(one));
  if (!ts.isTypeReferenceNode(type)) return false;
  const name = ts.isIdentifier(type.typeName) ? type.typeName.text : type.typeName.right.text;
  return !GENERAL_TYPE.test(name);
}

/** `(error as HttpError)`. */
function isCastToOwn(expression: ts.Node): boolean {
  if (ts.isAsExpression(expression)) return isOwnType(expression.type);
  return ts.isParenthesizedExpression(expression) && isCastToOwn(expression.expression);
}
