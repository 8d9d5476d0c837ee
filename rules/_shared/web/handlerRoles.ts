import { type FunctionNode, ts } from '#api';
import { contextualType } from '../contextualType.ts';
import { isFunctionWithBody } from '../enclosing.ts';
import type { SourceView } from '../sourceView.ts';
import { typeReference } from '../typeReference.ts';
import {
  type Framework,
  HANDLER_TYPES,
  type Order,
  PARAMETER_ORDER,
  PARAMETER_TYPES,
  type Role,
} from './frameworks.ts';
import { nestDecorator } from './nestDecorators.ts';
import { roleByName } from './parameterNames.ts';
import { importedFramework } from './routers.ts';
import { routeOf } from './routes.ts';

/** What a parameter or variable is to a handler. */
export interface WebRole {
  readonly framework: Framework;
  readonly role: Role;
}

/** A request handler or middleware, with the parameters it takes. */
export interface Handler {
  readonly framework: Framework;
  readonly fn: FunctionNode;
  readonly parameters: Readonly<Partial<Record<Role, ts.ParameterDeclaration>>>;
}

/** Reads a function as a request handler; `undefined` when no parameter of it is a request, a response or both. */
export function handlerOf(fn: FunctionNode, source: SourceView): Handler | undefined {
  const parameters: Partial<Record<Role, ts.ParameterDeclaration>> = {};
  let framework: Framework | undefined;
  for (const parameter of fn.parameters) {
    const found = webRole(parameter, source);
    if (found === undefined) continue;
    parameters[found.role] ??= parameter;
    if (found.role !== 'error' && found.role !== 'next') framework ??= found.framework;
  }
  return framework === undefined ? undefined : { framework, fn, parameters };
}

/**
 * The role of a declaration: by the type it is declared with, by a decorator of NestJS, by the type its function has to
 * have, by the route its function is registered with, and last by the names of the parameters.
 */
export function webRole(declaration: ts.Declaration, source: SourceView): WebRole | undefined {
  if (ts.isVariableDeclaration(declaration)) return roleOfVariable(declaration);
  if (!ts.isParameter(declaration) || !isFunctionWithBody(declaration.parent)) return undefined;
  const byDecorator = nestDecorator(declaration, source.header);
  if (byDecorator !== undefined) return byDecorator.role && { framework: 'nest', role: byDecorator.role };
  const { type } = declaration;
  if (type !== undefined && type.kind !== ts.SyntaxKind.AnyKeyword) return roleByType(type, declaration, source);
  return roleByPlace(declaration, source);
}

/** `const req = context.switchToHttp().getRequest()`. */
function roleOfVariable({ initializer }: ts.VariableDeclaration): WebRole | undefined {
  if (initializer === undefined || !ts.isCallExpression(initializer)) return undefined;
  const callee = initializer.expression;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  if (callee.name.text === 'getRequest') return { framework: 'nest', role: 'request' };
  return callee.name.text === 'getResponse' ? { framework: 'nest', role: 'response' } : undefined;
}

function roleByType(type: ts.TypeNode, parameter: ts.ParameterDeclaration, source: SourceView): WebRole | undefined {
  const reference = typeReference(type, source.header);
  if (reference === undefined) return ts.isTypeLiteralNode(type) ? roleByPlace(parameter, source) : undefined;
  const { module, name } = reference;
  if (module === undefined) {
    if (name === 'Request') return { framework: 'fetch', role: 'request' };
    // The file's own extension of a framework's type, and what it makes of the error.
    return /(?:Request|Response|Reply|Context|Params|Props|Error|Exception)$/.test(name)
      ? roleByPlace(parameter, source)
      : undefined;
  }
  const known = PARAMETER_TYPES[`${module}#${name}`];
  if (known !== undefined) return { framework: known[0], role: known[1] };
  const isOwn = module.startsWith('.') || module.startsWith('@/') || module.startsWith('~');
  return isOwn && /(?:Req(?:uest)?|Res(?:ponse)?|Reply|Context|Ctx|Error|Exception)$/.test(name)
    ? roleByPlace(parameter, source)
    : undefined;
}

function roleByPlace(parameter: ts.ParameterDeclaration, source: SourceView): WebRole | undefined {
  const fn = parameter.parent as FunctionNode;
  const index = fn.parameters.indexOf(parameter);
  const [framework, order = 'plain'] = orderOf(fn, source) ?? routeHandler(fn, source) ?? [];
  const named = framework === 'koa' || framework === 'hono' ? undefined : roleByName(fn, index);
  if (named !== undefined) return { framework: framework ?? frameworkByName(fn, source), role: named };
  if (framework === undefined) return undefined;
  // Express tells handlers of errors by their number of parameters.
  const kind = framework === 'express' && fn.parameters.length >= 4 ? 'withError' : order;
  const role = PARAMETER_ORDER[framework][kind][index];
  return role && { framework, role };
}

/** What the type says that a function has to have, or the route it is written in. */
function orderOf(fn: FunctionNode, source: SourceView): readonly [Framework, keyof Order] | undefined {
  const type = contextualType(fn, source);
  const reference = type && typeReference(type, source.header);
  const known = reference?.module === undefined ? undefined : HANDLER_TYPES[`${reference.module}#${reference.name}`];
  if (known !== undefined || ts.isMethodDeclaration(fn)) return known;
  let at: ts.Node = fn;
  for (let depth = 0; depth < 4; depth++) {
    const { parent } = at;
    if (ts.isCallExpression(parent) && at !== parent.expression) {
      const route = routeOf(parent, source);
      if (route !== undefined) return [route.framework, route.errors ? 'withError' : 'plain'];
      if (!isWrapper(parent)) return undefined;
    } else if (ts.isPropertyAssignment(parent)) {
      if (!ts.isIdentifier(parent.name) || !/^(?:handler|pre[A-Z]\w*|onRequest)$/.test(parent.name.text))
        return undefined;
      at = parent;
    } else if (
      !ts.isArrayLiteralExpression(parent) &&
      !ts.isParenthesizedExpression(parent) &&
      !ts.isObjectLiteralExpression(parent)
    ) {
      return undefined;
    }
    at = at.parent;
  }
  return undefined;
}

/** `asyncHandler(fn)` takes nothing else; `promise.then(fn)` and `list.map(fn)` call it with something of their own. */
function isWrapper({ arguments: args, expression }: ts.CallExpression): boolean {
  const callee = ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
  return args.length === 1 && !/^(?:then|catch|finally|map|flatMap|filter|forEach|find|some|every)$/.test(callee);
}

const ROUTE_FILE = /\/app\/(?:.*\/)?route\.[cm]?[jt]sx?$/;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** `export async function POST(request)` of a route file of Next.js. */
function routeHandler(fn: FunctionNode, { header }: SourceView): readonly [Framework, keyof Order] | undefined {
  if (!ROUTE_FILE.test(header.localPath)) return undefined;
  const owner = ts.isFunctionDeclaration(fn) ? fn : fn.parent;
  const name = ts.isFunctionDeclaration(owner) || ts.isVariableDeclaration(owner) ? owner.name : undefined;
  return name !== undefined && ts.isIdentifier(name) && METHODS.has(name.text) ? ['fetch', 'plain'] : undefined;
}

function frameworkByName(fn: FunctionNode, source: SourceView): Framework {
  const imported = importedFramework(source);
  if (imported !== undefined && imported !== 'koa' && imported !== 'hono') return imported;
  if (fn.parameters.some(({ name }) => ts.isIdentifier(name) && /^_*reply$/i.test(name.text))) return 'fastify';
  return /\/pages\/api\//.test(source.header.localPath) ? 'next' : 'express';
}
