import { ts, unwrap } from '#api';
import { calledName, option } from '../../_shared/calls.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isSwitchedOff } from '../../_shared/switchedOff.ts';
import { type Beside, isChecked } from '../../_shared/web/checked.ts';
import { givenByCallers } from '../../_shared/web/givenByCallers.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';
import { type RequestData, requestData } from '../../_shared/web/requestData.ts';
import { SENT_PARTS } from '../../_shared/web/requestParts.ts';
import { responseCall } from '../../_shared/web/responseCalls.ts';
import { routeOf } from '../../_shared/web/routes.ts';
import { textParts } from '../../_shared/web/textParts.ts';

/** Something of a request that decides which file a call opens. */
export interface OpenPath {
  /** The value from the request where it joins the path. */
  readonly place: ts.Expression;
  readonly data: string;
  /** The name of the call that opens the file. */
  readonly call: string;
}

/** Functions of `fs` and its like that do something with the file in their first argument, and those that take two. */
export const OPENING =
  /^(?:readFile|writeFile|appendFile|createReadStream|createWriteStream|unlink|rm|rmdir|readdir|open|truncate|chmod|readJson|readJSON|outputFile|remove|emptyDir|move|copy|copyFile|rename|cp)(?:Sync)?$/;
const WITH_TWO = /^(?:move|copy|copyFile|rename|cp)(?:Sync)?$/;
const FILES = ['fs', 'fs/promises', 'fs-extra', 'graceful-fs'];
const MODULES = /^(?:fs|fs\/promises|fs-extra|graceful-fs)(?:#|$)/;
export const ANSWERS = new Set(['sendFile', 'sendfile', 'download']);
/** Express refuses a path that holds `..`; `download` resolves it first. */
const SENDS_INSIDE = new Set(['sendFile', 'sendfile']);

/** Asks whether a file is there, or which page a path without a name stands for: neither says where the path leads. */
const BESIDE: Beside = {
  says(node) {
    if (ts.isCallExpression(node)) return PRESENCE.test(calledName(node) ?? '');
    return ts.isBinaryExpression(node) && [node.left, node.right].some((side) => isRoot(unwrap(side)));
  },
};
const PRESENCE = /^(?:exists|existsSync|pathExists(?:Sync)?|access(?:Sync)?|l?stat(?:Sync)?|isFile|isDirectory)$/;

function isRoot(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) && /^\.?\/$/.test(node.text);
}

/** What a client sent, to the handler itself or to one of this file that calls the function. */
function sentData(place: ts.Expression, source: SourceView): RequestData | undefined {
  return requestData(place, source) ?? givenByCallers(place, source, BESIDE);
}

/** Calls that may open a file by a path that is no constant. */
export function pathFact(
  node: ts.CallExpression,
  { header }: Pick<SourceView, 'header'>,
): ts.CallExpression | undefined {
  const called = calledName(node);
  if (called === undefined || node.arguments.slice(0, 2).every(ts.isStringLiteralLike)) return undefined;
  if (ANSWERS.has(called)) return node;
  if (!FILES.some((module) => header.modules.has(module))) return undefined;
  return OPENING.test(header.imports.get(called)?.name || called) ? node : undefined;
}

/** The part of a path that a client decides and nothing looked at. */
export function openPath(call: ts.CallExpression, source: SourceView): OpenPath | undefined {
  const called = calledName(call) ?? '';
  const name = source.header.imports.get(called)?.name || called;
  for (const path of pathsOf(call, name, source)) {
    if (SENDS_INSIDE.has(name) && !isFree(path, source)) continue;
    const place = sentPart(path, source, 0);
    const data = place && sentData(place, source);
    if (place === undefined || data === undefined) continue;
    const beside: Beside = { ...BESIDE, use: call };
    if (isChecked(place, source, beside) || isChecked(path, source, beside) || isSwitchedOff(call, source)) continue;
    return { place, data: data.text, call: `${called}()` };
  }
  return undefined;
}

function pathsOf(call: ts.CallExpression, name: string, source: SourceView): readonly ts.Expression[] {
  if (ANSWERS.has(name)) {
    // With a root the path may not leave it.
    const answer = responseCall(call, source);
    // Fastify sends from the folder that its plugin was given.
    if (answer === undefined || answer.framework === 'fastify') return [];
    // What follows the path of a download is the name that the client sees, unless it is an object.
    const [path, second, ...rest] = call.arguments;
    const isName = name === 'download' && second !== undefined && ts.isIdentifier(second) && !/opt/i.test(second.text);
    const options = second === undefined || isName ? rest : [second, ...rest];
    return path === undefined || options.some(hasRoot) ? [] : [path];
  }
  const reference = source.header.resolve(call.expression);
  if (reference === undefined || !MODULES.test(reference)) return [];
  return call.arguments.slice(0, WITH_TWO.test(name) ? 2 : 1);
}

function hasRoot(given: ts.Expression): boolean {
  return (ts.isObjectLiteralExpression(given) || ts.isIdentifier(given)) && option(given, 'root').kind !== 'absent';
}

const JOINS = new Set(['path#join', 'path#resolve', 'path#posix.join', 'path#normalize', 'path#posix.resolve']);

/**
 * Whether a path given to `sendFile` may lead anywhere: it is what the client sent from its first character, or a join took the
 * `..` out of it before Express could see them.
 */
function isFree(path: ts.Expression, source: SourceView, depth = 0): boolean {
  if (depth > 6) return false;
  const node = unwrap(path) as ts.Expression;
  if (ts.isIdentifier(node)) {
    const initial = initialValue(node, source);
    if (initial !== undefined && ts.isExpression(initial)) return isFree(initial, source, depth + 1);
  }
  if (ts.isCallExpression(node)) return true;
  const [start] = textParts(node, source);
  if (start === undefined || typeof start === 'string') return false;
  return start === node || isFree(start, source, depth + 1);
}

/** The first part of a path that comes from the request, through joins, templates and locals. */
function sentPart(expression: ts.Expression, source: SourceView, depth: number): ts.Expression | undefined {
  if (depth > 6) return undefined;
  const node = unwrap(expression) as ts.Expression;
  if (ts.isCallExpression(node) && JOINS.has(source.header.resolve(node.expression) ?? '')) {
    return firstOf(node.arguments, source, depth);
  }
  if (ts.isIdentifier(node)) {
    const initial = initialValue(node, source);
    const follows = initial !== undefined && ts.isExpression(initial) && isPut(unwrap(initial));
    if (follows) return sentPart(initial, source, depth + 1);
  }
  const parts = textParts(node, source).filter((part) => typeof part !== 'string');
  if (parts.length !== 1 || parts[0] !== node) return firstOf(parts, source, depth);
  if (offersEverything(node)) return undefined;
  if (ts.isConditionalExpression(node)) return firstOf([node.whenTrue, node.whenFalse], source, depth);
  if (isAddressPath(node, source)) return node;
  const data = sentData(node, source);
  if (data === undefined || isNarrowed(node, source)) return undefined;
  return SENT_PARTS.has(data.part) || isRawAddress(node, source) ? node : undefined;
}

/** `url.parse(req.url).pathname`, which keeps the `..`, by itself or in a local. */
function isAddressPath(node: ts.Node, source: SourceView): boolean {
  const value = (ts.isIdentifier(node) ? initialValue(node, source) : undefined) ?? node;
  if (!ts.isPropertyAccessExpression(value) || !/^(?:pathname|path|href)$/.test(value.name.text)) return false;
  const owner = unwrap(value.expression);
  const parsed = (ts.isIdentifier(owner) ? initialValue(owner, source) : undefined) ?? owner;
  if (!ts.isCallExpression(parsed) || source.header.resolve(parsed.expression) !== 'url#parse') return false;
  const [address] = parsed.arguments;
  return address !== undefined && isRawAddress(unwrap(address), source);
}

/** `req.params.year` of `/:year(\\d+)`: the route lets through what its pattern describes. */
function isNarrowed(node: ts.Node, source: SourceView): boolean {
  const member = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : '';
  const call = ts.findAncestor(node, (at): at is ts.CallExpression => {
    const [path] = ts.isCallExpression(at) ? at.arguments : [];
    return path !== undefined && ts.isStringLiteralLike(path) && routeOf(at as ts.CallExpression, source) !== undefined;
  });
  const [path] = call?.arguments ?? [];
  const pattern = path && ts.isStringLiteralLike(path) ? path.text.split(`:${member}(`)[1] : undefined;
  return pattern !== undefined && !/^[.*]/.test(pattern);
}

/** `req.url` as it was sent, `..` included; what `new URL` made of it has none. */
function isRawAddress(node: ts.Node, source: SourceView): boolean {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return false;
  if (!/^(?:url|originalUrl|path)$/.test(node.name.text)) return false;
  const declaration = source.lookup(node.expression);
  const framework = declaration && webRole(declaration, source)?.framework;
  return framework !== undefined && framework !== 'fetch' && framework !== 'hono';
}

/** `path || '/'` shows the whole machine to whoever may ask, on purpose. */
function offersEverything(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && ts.isStringLiteralLike(node.right) && node.right.text === '/';
}

/** A path put together from others: a join, a template, a sum. */
function isPut(node: ts.Node): boolean {
  return ts.isCallExpression(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node);
}

function firstOf(parts: readonly ts.Expression[], source: SourceView, depth: number): ts.Expression | undefined {
  for (const part of parts) {
    const found = sentPart(part, source, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
