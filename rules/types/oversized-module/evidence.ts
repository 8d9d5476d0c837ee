import { type FunctionNode, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { dataCallAt } from '../../_shared/data/callsIn.ts';
import { isInstalled } from '../../_shared/data/clientTypes.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { DATABASES, LIBRARIES } from '../../_shared/data/libraries/index.ts';
import type { DataCall } from '../../_shared/data/model.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';

/** So many handlers and queries are no accident: a health check that pings the database is one of each. */
const FEWEST = 3;

/** Places in one statement or class member that may handle a request or ask a database, by syntax alone. */
interface Candidates {
  readonly handlers: readonly FunctionNode[];
  readonly queries: readonly (DataCall['node'] | ts.AwaitExpression)[];
}

/**
 * Handlers of requests and queries of databases in a file, as many of each as it takes to be sure; `undefined` where there
 * are fewer. What is in doubt does not count.
 */
export function mixOf(file: ts.SourceFile, source: SourceView): readonly ts.Node[] | undefined {
  if (!DATABASE_LIBRARIES.some((library) => isInstalled(library, source.header))) return undefined;
  const handlers = firstOf(file, 'handlers', (fn) => handlerPlace(fn, source));
  const queries = handlers && firstOf(file, 'queries', (node) => queryPlace(node, source));
  return queries && [...handlers, ...queries];
}

/** The first of those that prove to be what they look like. Looks no further than it has to. */
function firstOf<K extends keyof Candidates>(
  file: ts.SourceFile,
  kind: K,
  placeOf: (candidate: Candidates[K][number]) => ts.Node | undefined,
): readonly ts.Node[] | undefined {
  const found = new Set<ts.Node>();
  for (const part of partsOf(file)) {
    for (const candidate of candidatesIn(part)[kind]) {
      const place = placeOf(candidate);
      if (place !== undefined && found.add(place).size === FEWEST) return [...found];
    }
  }
  return undefined;
}

/**
 * Statements; a class is as many parts as it has members, an object as many as it has properties: three of each that we
 * look for are among the first few, and one part can change alone.
 */
function* partsOf({ statements }: ts.SourceFile): Generator<ts.Node> {
  for (const statement of statements) {
    if (ts.isClassDeclaration(statement)) yield* statement.members;
    else yield* heldBy(statement) ?? [statement];
  }
}

/** The properties of `const routes = { … }`, the statements of `describe('orders', () => { … })`. */
function heldBy(statement: ts.Statement): readonly ts.Node[] | undefined {
  if (ts.isVariableStatement(statement)) {
    const [only, ...more] = statement.declarationList.declarations;
    const value = more.length === 0 ? only?.initializer : undefined;
    return value !== undefined && ts.isObjectLiteralExpression(value) ? value.properties : undefined;
  }
  const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  const last = call !== undefined && ts.isCallExpression(call) ? call.arguments.at(-1) : undefined;
  if (last === undefined || !(ts.isArrowFunction(last) || ts.isFunctionExpression(last))) return undefined;
  return ts.isBlock(last.body) && !mayHandle(last) ? last.body.statements : undefined;
}

/**
 * Candidates by class member or statement, those in blocks too, whose node is new when its text is (cache: candidates for
 * handlers and queries). A function may be as long as a file.
 */
const known = new WeakMap<ts.Node, Candidates>();

function candidatesIn(part: ts.Node): Candidates {
  let candidates = known.get(part);
  if (candidates === undefined) {
    candidates = gather(part);
    known.set(part, candidates);
  }
  return candidates;
}

function gather(part: ts.Node): Candidates {
  const handlers: FunctionNode[] = [];
  const queries: (DataCall['node'] | ts.AwaitExpression)[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionWithBody(node)) {
      if (mayHandle(node)) handlers.push(node);
    } else if (mayAsk(node)) queries.push(node);
    if (!ts.isBlock(node)) {
      ts.forEachChild(node, visit);
      return;
    }
    for (const statement of node.statements) {
      const inner = candidatesIn(statement);
      for (const handler of inner.handlers) handlers.push(handler);
      for (const query of inner.queries) queries.push(query);
    }
  };
  visit(part);
  return { handlers, queries };
}

const DATABASE_LIBRARIES = LIBRARIES.filter(({ kind }) => DATABASES.has(kind));

/** Methods that read and write databases, and those that run a text. */
const METHODS: ReadonlySet<string> = new Set(
  DATABASE_LIBRARIES.flatMap(({ roles }) => Object.values(roles).flatMap(({ calls }) => Object.keys(calls))),
);
/** What handlers have at hand, and what has methods of the same names. */
const NO_DATABASE =
  /^(?:req|request|res|response|reply|ctx|c|app|router|fastify|axios|cache|\w*(?:Router|Routes)|Math|Object|Array|JSON|Promise|Reflect)$/;

function mayAsk(node: ts.Node): node is DataCall['node'] | ts.AwaitExpression {
  if (ts.isAwaitExpression(node)) return ts.isCallExpression(node.expression);
  if (ts.isTaggedTemplateExpression(node)) return true;
  const member = ts.isCallExpression(node) ? memberCall(node) : undefined;
  // What is awaited is looked at as a whole.
  if (member === undefined || !METHODS.has(member.name) || ts.isAwaitExpression(node.parent)) return false;
  return !ts.isIdentifier(member.receiver) || !NO_DATABASE.test(member.receiver.text);
}

const PARAMETERS = /^_*(?:req|request|res|response|reply|ctx|context|c)$/i;
const PARAMETER_TYPES = /Req(?:uest)?\b|Res(?:ponse)?\b|Reply\b|Context\b/;
/** Decorators of Nest, routing-controllers and tsoa. */
const ROUTES = /^(?:Get|Post|Put|Patch|Delete|All|Head|Options)$/;
const ROUTE_MODULES: ReadonlySet<string> = new Set(['@nestjs/common', 'routing-controllers', 'tsoa', '@tsoa/runtime']);

function mayHandle(fn: FunctionNode): boolean {
  if (ts.isMethodDeclaration(fn) && ts.getDecorators(fn) !== undefined) return true;
  return fn.parameters.some(
    ({ name, type }) =>
      (ts.isIdentifier(name) && PARAMETERS.test(name.text)) ||
      (type !== undefined && ts.isTypeReferenceNode(type) && PARAMETER_TYPES.test(type.getText())),
  );
}

function handlerPlace(fn: FunctionNode, source: SourceView): ts.Node | undefined {
  if (isDecoratedRoute(fn, source)) return fn.name ?? fn;
  const handler = handlerOf(fn, source);
  // An error's handler answers for everybody; it is no part of what a module is about.
  if (handler === undefined || handler.parameters.error !== undefined) return undefined;
  const { request, response, context } = handler.parameters;
  // What is handed a request alone may be anything, unless what it gives back is the answer.
  const answers = response ?? context ?? (RETURNS.has(handler.framework) ? request : undefined);
  return answers && (request ?? answers);
}

/** Frameworks whose handlers return what the client gets. */
const RETURNS: ReadonlySet<string> = new Set(['fastify', 'fetch', 'hono', 'next']);

function isDecoratedRoute(fn: FunctionNode, { header }: SourceView): boolean {
  const decorators = ts.isMethodDeclaration(fn) ? ts.getDecorators(fn) : undefined;
  return (
    decorators?.some(({ expression }) => {
      const [module = '', name = ''] =
        (ts.isCallExpression(expression) ? header.resolve(expression.expression) : undefined)?.split('#') ?? [];
      return ROUTE_MODULES.has(module) && ROUTES.test(name);
    }) === true
  );
}

function queryPlace(node: DataCall['node'] | ts.AwaitExpression, source: SourceView): ts.Node | undefined {
  const call = ts.isAwaitExpression(node) ? dataCall(node, source) : dataCallAt(node, source);
  if (call === undefined || !DATABASES.has(call.kind)) return undefined;
  if (call.access === 'manage' || call.access === 'transaction') return undefined;
  return ts.isCallExpression(call.node) ? call.node.expression : call.node.tag;
}
