import { type FunctionNode, ts } from '#api';
import { classAround } from '../../_shared/classAround.ts';
import { enclosingFunction, isFunctionValue } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { effectAround, returnedCleanups } from '../../_shared/lifecycle/effects.ts';
import { endOf, isOnlyOne } from '../../_shared/lifecycle/objectEnds.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';
import type { Adding } from './listening.ts';
import { isEndedIn, isRemovedIn } from './removals.ts';
import { type Target, targetOf } from './targets.ts';

/** Why a listener stays too long, by message. */
export type Problem =
  | { readonly message: 'effect' }
  | { readonly message: 'object'; readonly ending: string }
  | { readonly message: 'repeated'; readonly occasion: string };

/** Says why a listener outlives what added it; `undefined` where it does not, or where that cannot be told. */
export function problemOf(adding: Adding, source: SourceView): Problem | undefined {
  if (!isUnused(adding.call) || isForStart(adding)) return undefined;
  const fn = enclosingFunction(adding.call);
  if (fn === undefined) return undefined;
  const target = targetOf(adding, source);
  if (target === undefined) return undefined;
  const problem = inEffect(adding, fn, target, source) ?? repeated(adding, fn, target, source);
  const found = problem ?? inObject(adding, target, source);
  return found === undefined || isRemovedElsewhere(adding, source) ? undefined : found;
}

function inEffect(adding: Adding, fn: FunctionNode, target: Target, source: SourceView): Problem | undefined {
  const effect = effectAround(fn, source.header);
  if (effect === undefined || target === 'process' || isGuarded(adding.call, fn)) return undefined;
  const around = enclosingFunction(fn) ?? fn;
  if (isRemovedIn(effect.cleanup === 'registered' ? around : effect.callback, adding)) return undefined;
  if (effect.cleanup === 'registered') return isEndedIn(around, adding) ? undefined : { message: 'effect' };
  const cleanups = returnedCleanups(effect.callback);
  if (target !== 'page' && cleanups.some((cleanup) => !isFunctionValue(cleanup) || isEndedIn(cleanup, adding))) {
    return undefined;
  }
  return { message: 'effect' };
}

/** In a function that runs for each request, connection or rendering. */
function repeated(adding: Adding, fn: FunctionNode, target: Target, source: SourceView): Problem | undefined {
  if (target === 'given' || target === 'bus') return undefined;
  if (isRendering(fn, source)) {
    return isGuarded(adding.call, fn) || isRemovedIn(fn, adding)
      ? undefined
      : { message: 'repeated', occasion: 'rendering' };
  }
  for (let at: FunctionNode | undefined = fn; at !== undefined; at = enclosingFunction(at)) {
    const { request, response } = handlerOf(at, source)?.parameters ?? {};
    const isHandler = request !== undefined || response !== undefined;
    if (!isHandler && !isForConnection(at)) continue;
    const stays = !isGuarded(adding.call, at) && !isRemovedIn(at, adding) && !isEndedIn(at, adding);
    return stays ? { message: 'repeated', occasion: isHandler ? 'request' : 'connection' } : undefined;
  }
  return undefined;
}

/** In an object that is told of its end and does nothing about it. */
function inObject(adding: Adding, target: Target, source: SourceView): Problem | undefined {
  if (target === 'process' || target === 'given') return undefined;
  const cls = classAround(adding.call, source);
  const ending = cls && endOf(cls, source.header);
  if (cls === undefined || ending === undefined || isOnlyOne(cls, source)) return undefined;
  if (isRemovedIn(cls, adding)) return undefined;
  if (target !== 'page' && isEndedIn(cls, adding)) return undefined;
  return { message: 'object', ending };
}

/** A function that stands at the file's top may remove what another one added. */
function isRemovedElsewhere(adding: Adding, source: SourceView): boolean {
  const { listener } = adding;
  if (!ts.isIdentifier(listener)) return false;
  const file = adding.call.getSourceFile();
  source.relyOn(file);
  return isRemovedIn(file, adding);
}

function isUnused(call: ts.CallExpression): boolean {
  let { parent } = call;
  while (ts.isParenthesizedExpression(parent) || ts.isVoidExpression(parent)) parent = parent.parent;
  return ts.isExpressionStatement(parent);
}

/** Events that come once in the life of a page. */
function isForStart({ event }: Adding): boolean {
  return ts.isStringLiteralLike(event) && /^(?:load|DOMContentLoaded)$/.test(event.text);
}

/** `if (!listening) { … }`: somebody keeps count. */
function isGuarded(call: ts.Node, fn: ts.Node): boolean {
  for (let up = call.parent; up !== undefined && up !== fn; up = up.parent) {
    if (
      ts.isIfStatement(up) &&
      /!\s*[\w$.]+\s*(?:$|&&|\|\||\))|listenerCount|===?\s*(?:0|null|undefined)/.test(up.expression.getText())
    ) {
      return true;
    }
  }
  return false;
}

/** A component or hook: what stands right in it runs with each rendering. */
function isRendering(fn: FunctionNode, { header }: SourceView): boolean {
  const name = functionName(fn);
  const usesReact = header.modules.has('react') || header.modules.has('preact/hooks');
  if (!usesReact || ts.isMethodDeclaration(fn) || fn.body === undefined) return false;
  return /^use[A-Z]/.test(name) || (/^[A-Z]/.test(name) && hasElements(fn.body));
}

function hasElements(node: ts.Node): boolean {
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return true;
  return ts.forEachChild(node, hasElements) === true;
}

/** `io.on('connection', (socket) => …)`. */
function isForConnection(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (!ts.isCallExpression(parent) || parent.arguments[1] !== fn || fn.parameters.length === 0) return false;
  const [event] = parent.arguments;
  return event !== undefined && ts.isStringLiteralLike(event) && event.text === 'connection';
}
