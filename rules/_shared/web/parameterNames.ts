import { type FunctionNode, ts } from '#api';
import type { Role } from './frameworks.ts';

/** Members of requests that hold what clients sent, as handlers destructure them. */
const REQUEST_MEMBER = /^(?:body|query|params|headers|cookies|files?|session|user)$/;

const NAMES: Readonly<Record<'error' | 'request' | 'response' | 'next', RegExp>> = {
  error: /^_*(?:e|ex|err|error|exception)$/i,
  request: /^_*(?:req|request)$/i,
  response: /^_*(?:res|resp|response|reply)$/i,
  next: /^_*(?:next|done)$/i,
};

/**
 * The role of a parameter by the names that handlers give theirs: a request followed by its response, with an error before
 * and `next` behind them. One name alone says nothing: `(res) => res.json()` reads what `fetch` brought.
 */
export function roleByName(fn: FunctionNode, index: number): Role | undefined {
  const first = isIgnoredRequest(fn) ? 1 : fn.parameters.findIndex(looksLikeRequest);
  if (first < 0 || first > 1 || !hasName(fn.parameters[first + 1], 'response')) return undefined;
  if (first === 1 && !hasName(fn.parameters[0], 'error') && !isIgnored(fn.parameters[0])) return undefined;
  // Handlers of mocked servers get a third tool of their own.
  const third = fn.parameters[first + 2];
  if (third !== undefined && !hasName(third, 'next') && !isIgnored(third)) return undefined;
  const roles: readonly (Role | undefined)[] = ['request', 'response', 'next'];
  return index < first ? 'error' : roles[index - first];
}

function looksLikeRequest({ name }: ts.ParameterDeclaration): boolean {
  if (ts.isIdentifier(name)) return NAMES.request.test(name.text);
  return ts.isObjectBindingPattern(name) && name.elements.some((element) => REQUEST_MEMBER.test(keyOf(element)));
}

/** `(err, _, res, next)`. */
function isIgnoredRequest({ parameters }: FunctionNode): boolean {
  const [error, request] = parameters;
  return hasName(error, 'error') && request !== undefined && /^_+$/.test(request.name.getText());
}

function keyOf({ propertyName, name }: ts.BindingElement): string {
  const key = propertyName ?? name;
  return ts.isIdentifier(key) ? key.text : '';
}

function hasName(parameter: ts.ParameterDeclaration | undefined, role: keyof typeof NAMES): boolean {
  return parameter !== undefined && ts.isIdentifier(parameter.name) && NAMES[role].test(parameter.name.text);
}

function isIgnored(parameter: ts.ParameterDeclaration | undefined): boolean {
  return parameter !== undefined && ts.isIdentifier(parameter.name) && parameter.name.text.startsWith('_');
}
