import { type FileHeader, type FunctionNode, ts } from '#api';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import type { Role } from '../../_shared/web/frameworks.ts';
import { roleByName } from '../../_shared/web/parameterNames.ts';

/** Where the types of a handler's parameters come from. */
export interface HandlerTypes {
  readonly module: string;
  /** The package that has the types, where the module has none itself. */
  readonly typesPackage?: string;
  readonly names: Readonly<Partial<Record<Role, string>>>;
}

const EXPRESS: HandlerTypes = {
  module: 'express',
  typesPackage: '@types/express',
  names: { request: 'Request', response: 'Response', next: 'NextFunction' },
};
const FASTIFY: HandlerTypes = { module: 'fastify', names: { request: 'FastifyRequest', response: 'FastifyReply' } };
const NEXT: HandlerTypes = { module: 'next', names: { request: 'NextApiRequest', response: 'NextApiResponse' } };
const HTTP: HandlerTypes = { module: 'http', names: { request: 'IncomingMessage', response: 'ServerResponse' } };

const MODULES = new Set(['express', 'express-serve-static-core', '@nestjs/common', 'http', 'https']);
/** Files that are named after what handlers are for. */
const PLACE =
  /(?:^|[/._-])(?:controllers?|middlewares?|routes?|routers?|handlers?|api|express)(?=[/._-])|(?:[cC]ontroller|[mM]iddleware|[hH]andlers?|[rR]outer?s?)\.[cm]?tsx?$/;

/** The types that handlers of a file take, by what the file and its package show; `undefined` when it cannot be told. */
export function handlerTypes(fn: FunctionNode, header: FileHeader): HandlerTypes | undefined {
  if (/\/pages\/api\//.test(header.localPath)) return header.dependency('next') === undefined ? undefined : NEXT;
  const takesReply = fn.parameters.some(({ name }) => ts.isIdentifier(name) && /^_*reply$/i.test(name.text));
  if (takesReply) return header.dependency('fastify') === undefined ? undefined : FASTIFY;
  // Without the framework in sight, other servers have such parameters as well.
  const isPlace =
    [...header.imports.values()].some(({ module }) => MODULES.has(module)) || PLACE.test(header.localPath);
  if (!isPlace) return undefined;
  const usesExpress = ['express', '@nestjs/platform-express'].some((name) => header.dependency(name) !== undefined);
  if (usesExpress) return EXPRESS;
  return header.modules.has('http') || header.modules.has('https') ? HTTP : undefined;
}

/** A parameter without a type, and what it is to the handler. */
export interface Untyped {
  readonly parameter: ts.ParameterDeclaration;
  readonly role: Role;
}

/** Parameters of a handler that nothing gives a type; empty for functions that are no handlers by their parameters. */
export function untypedParameters(fn: FunctionNode): readonly Untyped[] {
  const { parameters } = fn;
  if (fn.body === undefined || parameters.length < 2 || parameters.length > 4) return [];
  return parameters.flatMap((parameter, index) => {
    const isTyped = parameter.type !== undefined || parameter.initializer !== undefined;
    if (isTyped || ts.getDecorators(parameter) !== undefined) return [];
    const role = roleByName(fn, index);
    return role === undefined || role === 'error' ? [] : [{ parameter, role }];
  });
}

/**
 * Functions that an expression without a declared type holds: itself, members of an object, and what they return in turn.
 * Arguments of calls are left out, because the function called may give them types.
 */
export function functionsIn(expression: ts.Expression): readonly FunctionNode[] {
  let node = expression;
  while (ts.isParenthesizedExpression(node)) node = node.expression;
  if (isFunctionValue(node)) return withReturned(node);
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => {
    if (ts.isMethodDeclaration(property)) return withReturned(property);
    return ts.isPropertyAssignment(property) ? functionsIn(property.initializer) : [];
  });
}

/** A function, and those it makes and returns without saying which type they have. */
export function withReturned(fn: FunctionNode): readonly FunctionNode[] {
  if (fn.type !== undefined || fn.body === undefined) return [fn];
  const returned = ts.isBlock(fn.body)
    ? fn.body.statements.flatMap((one) => (ts.isReturnStatement(one) && one.expression ? [one.expression] : []))
    : [fn.body];
  return [fn, ...returned.flatMap(functionsIn)];
}
