import { type FixContext, type FunctionNode, type TextEdit, ts } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { importInsertion } from '../../_shared/importLine.ts';
import { type BoundName, bindImport, importEdits } from '../../_shared/namedImport.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { EXPRESS_REQUEST, EXPRESS_RESPONSE } from './expressMembers.ts';
import { handlerTypes, type Untyped, untypedParameters } from './handlers.ts';

/** Members of a request whose types fit wherever they were used without any, by module. */
const PLAIN_REQUEST: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['express', new Set('body method url originalUrl path baseUrl hostname protocol secure on once app'.split(' '))],
  ['next', new Set(['body', 'on', 'once'])],
  ['http', new Set(['on', 'once'])],
]);
/** Members of responses of all frameworks. */
const PLAIN_RESPONSE = new Set(
  (
    'status json send sendStatus end redirect render set header setHeader type cookie clearCookie write writeHead code ' +
    'sendFile download format attachment links location vary append headersSent statusCode on once getHeader'
  ).split(' '),
);

/** Writes the types where the handler uses only what every request and response has, and hands nothing back. */
export function addKnownTypes(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const found = reported(ctx);
  return found !== undefined && isPlain(found, ctx) ? addTypes(ctx, found) : undefined;
}

/** Writes the types where the body may have to change for them, but has no member that they do not know. */
export function addTypesToo(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const found = reported(ctx);
  if (found === undefined || isPlain(found, ctx)) return undefined;
  return handlerTypes(found.fn, ctx.header)?.module === 'express' && !knowsMembers(found)
    ? undefined
    : addTypes(ctx, found);
}

interface Reported {
  readonly fn: FunctionNode;
  readonly untyped: readonly Untyped[];
}

function reported(ctx: FixContext<unknown>): Reported | undefined {
  const fn = ctx.node(ts.isParameter)?.parent;
  return fn !== undefined && isFunctionWithBody(fn) ? { fn, untyped: untypedParameters(fn) } : undefined;
}

function addTypes(ctx: FixContext<unknown>, { fn, untyped }: Reported): TextEdit[] | undefined {
  const types = handlerTypes(fn, ctx.header);
  if (types === undefined) return undefined;
  const { module, typesPackage, names } = types;
  if (typesPackage !== undefined && ctx.header.dependency(typesPackage) === undefined) return undefined;
  const wanted = untyped.flatMap(({ parameter, role }) => {
    const name = names[role];
    return name === undefined ? [] : [{ parameter, name }];
  });
  const bound = wanted.map(({ name }) => bindImport(ctx, { module, name, isType: true }));
  const missing = wanted.flatMap(({ name }, index) => (bound[index] === undefined ? [name] : []));
  // A global of the same name is something else, and may be meant elsewhere in the file.
  if (wanted.some(({ name }, index) => bound[index]?.text !== `${name}` && isMentioned(name, ctx))) return undefined;
  const present = bound.filter((one): one is BoundName => one !== undefined);
  const edits = importEdits(ctx, present);
  if (missing.length > 0) {
    const line = newImport(ctx, missing, module);
    if (line === undefined) return undefined;
    edits.push(line);
  }
  wanted.forEach(({ parameter, name }, index) => {
    edits.push(ctx.insert(parameter.questionToken?.end ?? parameter.name.end, `: ${bound[index]?.text ?? name}`));
  });
  return edits;
}

function isMentioned(name: string, ctx: FixContext<unknown>): boolean {
  return !ctx.header.topLevel.has(name) && new RegExp(`(?<![.\\w])${name}\\b(?!['"])`).test(ctx.text);
}

function newImport(ctx: FixContext<unknown>, names: readonly string[], module: string): TextEdit | undefined {
  if (names.some((name) => ctx.header.topLevel.has(name))) return undefined;
  const specifier = module === 'http' ? 'node:http' : module;
  const bound = `type { ${[...names].sort().join(', ')} }`;
  const { at, text } = importInsertion(ctx, specifier, bound, true, statementEnd(ctx.file));
  return ctx.insert(at, text);
}

/** Only members that fit are used, nothing is handed on as a whole, and the function returns nothing. */
function isPlain({ fn, untyped }: Reported, { header }: FixContext<unknown>): boolean {
  const members = PLAIN_REQUEST.get(handlerTypes(fn, header)?.module ?? '');
  if (members === undefined || fn.body === undefined || !ts.isBlock(fn.body)) return false;
  const names = new Map(
    untyped.flatMap(({ parameter: { name }, role }) => (ts.isIdentifier(name) ? [[name.text, role] as const] : [])),
  );
  if (names.size !== untyped.length) return false;
  let plain = true;
  const visit = (node: ts.Node): void => {
    if (!plain) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined && isOwn(node, fn)) plain = false;
    if (ts.isIdentifier(node)) plain = isPlainUse(node, names, members);
    ts.forEachChild(node, visit);
  };
  visit(fn.body);
  return plain;
}

/** Whether the types of Express know all members that the body reads, among them none that other middleware adds. */
function knowsMembers({ fn, untyped }: Reported): boolean {
  const roles = new Map(untyped.map(({ parameter, role }) => [parameter.name.getText(), role]));
  const isUnknown = (node: ts.Node): boolean => {
    const role =
      ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
        ? roles.get(node.expression.text)
        : undefined;
    const members = role === 'request' ? EXPRESS_REQUEST : role === 'response' ? EXPRESS_RESPONSE : undefined;
    const isForeign = members !== undefined && ts.isPropertyAccessExpression(node) && !members.has(node.name.text);
    return isForeign || ts.forEachChild(node, (child) => isUnknown(child) || undefined) === true;
  };
  return fn.body === undefined || !isUnknown(fn.body);
}

function isOwn(node: ts.Node, fn: FunctionNode): boolean {
  let at = node.parent;
  while (at !== fn && !isFunctionWithBody(at)) at = at.parent;
  return at === fn;
}

function isPlainUse(
  name: ts.Identifier,
  roles: ReadonlyMap<string, Untyped['role']>,
  members: ReadonlySet<string>,
): boolean {
  const { parent } = name;
  const role = roles.get(name.text);
  if (role === undefined || (ts.isPropertyAccessExpression(parent) && parent.name === name)) return true;
  if (role === 'next') return ts.isCallExpression(parent) && parent.expression === name;
  if (!ts.isPropertyAccessExpression(parent)) return false;
  return (role === 'request' ? members : PLAIN_RESPONSE).has(parent.name.text);
}
