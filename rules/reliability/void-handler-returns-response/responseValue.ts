import { ts, unwrap } from '#api';
import { contextualType } from '../../_shared/contextualType.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { typeReference } from '../../_shared/typeReference.ts';

/** Which framework a response object belongs to; its methods do not give back the same things everywhere. */
type ResponseKind = 'express' | 'next' | 'node' | 'fastify';

/** An expression whose value is the response object. */
export interface ResponseValue {
  readonly kind: ResponseKind;
  /** The calls without their arguments, e.g. `res.status(…).json(…)`. */
  readonly calls: string;
}

const node = ['end', 'setHeader', 'setHeaders', 'appendHeader', 'writeHead'];

/** Methods that give back the response object itself. What redirects, renders or streams a file gives back nothing. */
const GIVES_ITSELF_BACK: Readonly<Record<ResponseKind, ReadonlySet<string>>> = {
  express: new Set([
    ...node,
    ...['append', 'attachment', 'clearCookie', 'contentType', 'cookie', 'format', 'header', 'json', 'jsonp', 'links'],
    ...['location', 'send', 'sendStatus', 'set', 'status', 'type', 'vary'],
  ]),
  // `json` and `send` of Next.js give back nothing.
  next: new Set([...node, 'status']),
  node: new Set(node),
  fastify: new Set(['code', 'header', 'headers', 'removeHeader', 'send', 'serializer', 'status', 'type']),
};

/** Methods that few objects but responses have. */
const TELLING = new Set(['code', 'end', 'json', 'jsonp', 'send', 'sendStatus', 'status', 'writeHead']);

const RESPONSE_TYPES: Readonly<Record<string, ResponseKind>> = {
  'express#Response': 'express',
  'express-serve-static-core#Response': 'express',
  'next#NextApiResponse': 'next',
  'http#ServerResponse': 'node',
  'https#ServerResponse': 'node',
  'http2#Http2ServerResponse': 'node',
  'fastify#FastifyReply': 'fastify',
};

interface Chain {
  readonly root: ts.Identifier;
  readonly calls: readonly ts.CallExpression[];
  readonly names: readonly string[];
}

/** Reads `root.a(…).b(…)`; `undefined` for anything else. */
function chainOf(expression: ts.Node): Chain | undefined {
  const calls: ts.CallExpression[] = [];
  const names: string[] = [];
  let at = unwrapKeepingCasts(expression);
  while (ts.isCallExpression(at)) {
    const callee = at.expression;
    if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.name)) return undefined;
    calls.unshift(at);
    names.unshift(callee.name.text);
    at = unwrap(callee.expression);
  }
  return ts.isIdentifier(at) && calls.length > 0 ? { root: at, calls, names } : undefined;
}

/** A cast of the whole value may be what makes the type allow it, so it is not looked through. */
function unwrapKeepingCasts(expression: ts.Node): ts.Node {
  let at = expression;
  while (ts.isParenthesizedExpression(at) || ts.isAwaitExpression(at) || ts.isNonNullExpression(at)) at = at.expression;
  return at;
}

/** Says that an expression looks like calls on a response object, by syntax alone: cheap enough for every `return`. */
export function mayBeResponseValue(expression: ts.Expression): boolean {
  const at = unwrapKeepingCasts(expression);
  if (ts.isConditionalExpression(at)) return mayBeResponseValue(at.whenTrue) || mayBeResponseValue(at.whenFalse);
  const chain = chainOf(at);
  const last = chain?.names.at(-1);
  return last !== undefined && Object.values(GIVES_ITSELF_BACK).some((names) => names.has(last));
}

/** The response object an expression evaluates to, in one of its branches at least; `undefined` when it cannot be told. */
export function responseValue(expression: ts.Expression, source: SourceView): ResponseValue | undefined {
  const at = unwrapKeepingCasts(expression);
  if (ts.isConditionalExpression(at)) return responseValue(at.whenTrue, source) ?? responseValue(at.whenFalse, source);
  const chain = chainOf(at);
  if (chain === undefined) return undefined;
  const { kind, certain } = kindOf(chain.root, source) ?? {};
  if (kind === undefined || !chain.names.every((name) => GIVES_ITSELF_BACK[kind].has(name))) return undefined;
  if (!certain && !isTelling(chain)) return undefined;
  return { kind, calls: `${chain.root.text}${chain.names.map((name) => `.${name}(…)`).join('')}` };
}

/** A lone `response.json()` without a value reads the body of a fetched response. */
function isTelling({ calls, names }: Chain): boolean {
  if (names.length === 1 && names[0] === 'json' && calls[0]?.arguments.length === 0) return false;
  return names.some((name) => TELLING.has(name));
}

/** What framework's response an identifier holds: by the type it is declared with, else by its name. */
function kindOf(
  root: ts.Identifier,
  source: SourceView,
): { readonly kind: ResponseKind; readonly certain: boolean } | undefined {
  const declaration = source.lookup(root);
  if (declaration === undefined) return undefined;
  const type = declaredType(declaration);
  if (type === undefined || type.kind === ts.SyntaxKind.AnyKeyword) {
    const kind = kindByName(root.text);
    if (kind === undefined || !isHandedIn(declaration)) return undefined;
    return { kind: isOfNextHandler(declaration, source) ? 'next' : kind, certain: false };
  }
  const reference = typeReference(type, source.header);
  if (reference === undefined) return undefined;
  const known = reference.module === undefined ? undefined : RESPONSE_TYPES[`${reference.module}#${reference.name}`];
  if (known !== undefined) return { kind: known, certain: true };
  if (/Reply$/.test(reference.name)) return { kind: 'fastify', certain: false };
  return /Response$/.test(reference.name) ? { kind: 'express', certain: false } : undefined;
}

function kindByName(name: string): ResponseKind | undefined {
  if (/^_?(?:res|resp|response)$/i.test(name)) return 'express';
  return /^_?reply$/i.test(name) ? 'fastify' : undefined;
}

/** A parameter of a function that is declared to be a handler of Next.js. */
function isOfNextHandler(declaration: ts.Declaration, source: SourceView): boolean {
  if (!ts.isParameter(declaration)) return false;
  const type = contextualType(declaration.parent, source);
  return type !== undefined && typeReference(type, source.header)?.module === 'next';
}

/** The type a parameter or variable is declared with, `getResponse<Response>()` of NestJS included. */
function declaredType(declaration: ts.Declaration): ts.TypeNode | undefined {
  if (ts.isParameter(declaration)) return declaration.type;
  if (!ts.isVariableDeclaration(declaration)) return undefined;
  if (declaration.type !== undefined || declaration.initializer === undefined) return declaration.type;
  return isGetResponse(declaration.initializer) ? declaration.initializer.typeArguments?.[0] : undefined;
}

function isGetResponse(initializer: ts.Expression): initializer is ts.CallExpression {
  return (
    ts.isCallExpression(initializer) &&
    ts.isPropertyAccessExpression(initializer.expression) &&
    initializer.expression.name.text === 'getResponse'
  );
}

/** A parameter, or what one brought: not the outcome of a call of one's own, as `await fetch(…)`. */
function isHandedIn(declaration: ts.Declaration): boolean {
  if (ts.isParameter(declaration) || ts.isBindingElement(declaration)) return true;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return false;
  return isGetResponse(declaration.initializer);
}
