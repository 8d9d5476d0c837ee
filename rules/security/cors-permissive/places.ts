import { type FileHeader, ts, unwrap } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { calledName, constant, memberCall, propertyKey } from '../../_shared/calls.ts';
import type { Lookup } from '../../_shared/sourceView.ts';
import { isAnswerHeaders, isAnswering } from './answers.ts';
import { allowsEveryOrigin, isEveryOrigin, sendsCredentials } from './origins.ts';
import { MIDDLEWARE, PLUGINS } from './packages.ts';

/** Something that lets every origin read what a server answers. */
export interface OpenPlace {
  readonly at: ts.Node;
  readonly credentials: boolean;
}

/** The header that says who may read an answer. */
export const ALLOW_ORIGIN = /^access-control-allow-origin$/i;
/** Methods that set a header. */
export const HEADER_CALLS: ReadonlySet<string> = new Set(['setHeader', 'header', 'set', 'append']);

/** Whether a call or member may be such a place; reads nothing but the node. */
export function mayOpen(node: ts.CallExpression | ts.PropertyAssignment, header: FileHeader): boolean {
  if (ts.isPropertyAssignment(node)) {
    const key = propertyKey(node.name);
    return key === 'cors' || (key !== undefined && ALLOW_ORIGIN.test(key));
  }
  const callee = unwrap(node.expression);
  if (ts.isIdentifier(callee)) return header.imports.get(callee.text)?.module.includes('cors') === true;
  const name = memberCall(node)?.name;
  if (name === undefined) return ts.isCallExpression(callee) && MIDDLEWARE.has(header.resolve(callee) ?? '');
  if (name === 'register' || name === 'enableCors') return true;
  const [first] = node.arguments;
  return (
    HEADER_CALLS.has(name) && first !== undefined && ts.isStringLiteralLike(first) && ALLOW_ORIGIN.test(first.text)
  );
}

export function openPlace(
  node: ts.CallExpression | ts.PropertyAssignment,
  header: FileHeader,
  lookup: Lookup,
  text: string,
): OpenPlace | undefined {
  if (ts.isPropertyAssignment(node)) {
    if (propertyKey(node.name) === 'cors') return inOptions(node, header, lookup);
    if (!opensHeader(node.initializer, lookup) || !isAnswerHeaders(node.parent, header)) return undefined;
    return { at: node, credentials: allowsCredentials(text) };
  }
  const name = memberCall(node)?.name;
  const reference = header.resolve(node.expression)?.replace(/#default$/, '') ?? '';
  if (node.arguments.some((argument) => isFilledLater(argument, text))) return undefined;
  if (MIDDLEWARE.has(reference)) return byOptions(node, node.arguments[0], lookup);
  const [first, second] = node.arguments;
  if (name === 'register' && first !== undefined) {
    return PLUGINS.has(header.resolve(first)?.replace(/#default$/, '') ?? '')
      ? byOptions(node, second, lookup)
      : undefined;
  }
  if (name === 'enableCors') return usesNest(header) ? byOptions(node, first, lookup) : undefined;
  if (name === undefined || !HEADER_CALLS.has(name) || second === undefined || !isAnswering(node)) return undefined;
  return opensHeader(second, lookup) ? { at: node, credentials: allowsCredentials(text) } : undefined;
}

function opensHeader(value: ts.Node, lookup: Lookup): boolean {
  const given = settled(value, lookup);
  return constant(given)?.value === '*' || echoesOrigin(given);
}

function allowsCredentials(text: string): boolean {
  return /access-control-allow-credentials['"`]\s*[,:]\s*['"`]?true/i.test(text);
}

/** `options.origin = …`, `Object.assign(options, …)` anywhere in the file: what the object says where it is made is not all. */
function isFilledLater(argument: ts.Node, text: string): boolean {
  const node = unwrap(argument);
  if (!ts.isIdentifier(node)) return false;
  const name = node.text.replace(/\$/g, '\\$&');
  const assigned = `(?<![\\w$])${name}(?:\\.origin|\\[['"\`]origin['"\`]\\])\\s*=(?!=)`;
  return new RegExp(`${assigned}|\\bassign\\(\\s*${name}\\s*,`).test(text);
}

function byOptions(at: ts.Node, options: ts.Node | undefined, lookup: Lookup): OpenPlace | undefined {
  return allowsEveryOrigin(options, lookup) ? { at, credentials: sendsCredentials(options, lookup) } : undefined;
}

/** `cors: { origin: '*' }` of socket.io and gateways of Nest, `cors: true` of Nest. */
function inOptions(node: ts.PropertyAssignment, header: FileHeader, lookup: Lookup): OpenPlace | undefined {
  const holder = node.parent.parent;
  const isHanded = ts.isCallExpression(holder) || ts.isNewExpression(holder);
  if (!isHanded) return undefined;
  const isNest = usesNest(header) && /^(?:create|WebSocketGateway)$/.test(calledName(holder) ?? '');
  const isSocket = /^socket\.io(?:#|$)/.test(header.resolve(holder.expression) ?? '');
  if (!isNest && !isSocket) return undefined;
  if (isNest && constant(node.initializer)?.value === true) return { at: node, credentials: false };
  const value = unwrap(node.initializer);
  // Without an origin socket.io allows none.
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  const origin = value.properties.find((member) => member.name !== undefined && propertyKey(member.name) === 'origin');
  if (origin === undefined || !ts.isPropertyAssignment(origin) || !isEveryOrigin(origin.initializer, lookup))
    return undefined;
  return { at: node, credentials: sendsCredentials(value, lookup) };
}

function usesNest({ modules }: FileHeader): boolean {
  return modules.has('@nestjs/core') || modules.has('@nestjs/common') || modules.has('@nestjs/websockets');
}

/** `req.headers.origin`, `req.get('Origin')`, `headers['origin'] || '*'` */
function echoesOrigin(expression: ts.Node): boolean {
  const node = unwrap(expression);
  if (ts.isBinaryExpression(node)) return echoesOrigin(node.left);
  const text = node.getText();
  return /\bheaders\??\.origin$|\bheaders\??\.?\[['"`]origin['"`]\]$|\b(?:get|header)\(['"`]origin['"`]\)$/i.test(text);
}
