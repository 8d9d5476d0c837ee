import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { calledName, memberAccess, memberCall } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** What listens to messages of other windows. */
export interface Listener {
  readonly node: ts.Node;
  readonly handler: ts.Expression;
  /** `addEventListener(…)` by itself, which a worker has as well. */
  readonly isBare: boolean;
}

/** `window.addEventListener('message', …)`, and `useEventListener` of React and Vue. */
export function listenerCall(call: ts.CallExpression, header: FileHeader): Listener | undefined {
  const { expression } = call;
  // Nearly every call is another one, so nothing is made for them.
  const isOther = ts.isPropertyAccessExpression(expression) && !/^(?:add|use)EventListener$/.test(expression.name.text);
  if (isOther || call.arguments.length < 2) return undefined;
  const name = calledName(call);
  if (name !== 'addEventListener' && name !== 'useEventListener') return undefined;
  const at = call.arguments.findIndex((argument) => ts.isStringLiteralLike(argument) && argument.text === 'message');
  const handler = call.arguments[at + 1];
  if (at < 0 || handler === undefined) return undefined;
  if (name === 'useEventListener') {
    const [target] = call.arguments;
    const isWindow = at === 1 ? target !== undefined && isPage(target, header) : call.arguments.length === 2;
    return at <= 1 && isWindow ? { node: call, handler, isBare: false } : undefined;
  }
  if (at !== 0) return undefined;
  const receiver = memberCall(call)?.receiver;
  if (receiver !== undefined) return isPage(receiver, header) ? { node: call, handler, isBare: false } : undefined;
  return header.resolve(call.expression) === 'global#addEventListener'
    ? { node: call, handler, isBare: true }
    : undefined;
}

/** `window.onmessage = …` */
export function listenerAssignment(node: ts.BinaryExpression, header: FileHeader): Listener | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || ts.isIdentifier(node.left)) return undefined;
  const target = memberAccess(node.left);
  if (target?.name !== 'onmessage' || !isPage(target.receiver, header)) return undefined;
  return { node, handler: node.right, isBare: false };
}

/** `window` and what is another name for it; `self` and `globalThis` may be a worker's. */
function isPage(receiver: ts.Node, header: FileHeader): boolean {
  const node = unwrap(receiver);
  if (ts.isIdentifier(node) && (node.text === 'self' || node.text === 'globalThis')) return false;
  return header.resolve(node) === 'global';
}

/** Calls that give back the function they are given. */
const WRAPPERS = /^(?:useCallback|useEvent|useEffectEvent|useMemoizedFn|debounce|throttle|bind)$/;

/** The function behind an expression, when it is written in the file. */
export function functionBehind(expression: ts.Node, source: SourceView): FunctionNode | undefined {
  const node = unwrap(expression);
  if (isFunctionWithBody(node)) return node;
  if (ts.isCallExpression(node)) {
    if (!WRAPPERS.test(calledName(node) ?? '')) return undefined;
    const member = memberCall(node);
    const inner = member?.name === 'bind' ? member.receiver : node.arguments[0];
    return inner && functionBehind(inner, source);
  }
  if (ts.isPropertyAccessExpression(node)) return memberFunction(node);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = source.lookup(node);
  if (declaration !== undefined && isFunctionWithBody(declaration)) return declaration;
  const value = settled(node, source.lookup);
  return value === node ? undefined : functionBehind(value, source);
}

/** `this.receive`, a member of the class or object around. */
function memberFunction(access: ts.PropertyAccessExpression): FunctionNode | undefined {
  if (access.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const owner = ts.findAncestor(access, (node) => ts.isClassLike(node) || ts.isObjectLiteralExpression(node));
  const members: readonly ts.Node[] =
    owner === undefined
      ? []
      : ts.isClassLike(owner)
        ? owner.members
        : ts.isObjectLiteralExpression(owner)
          ? owner.properties
          : [];
  for (const member of members) {
    const name = (ts.isClassElement(member) || ts.isObjectLiteralElement(member)) && member.name?.getText();
    if (name !== access.name.text) continue;
    if (isFunctionWithBody(member)) return member;
    const value =
      (ts.isPropertyDeclaration(member) || ts.isPropertyAssignment(member)) && member.initializer
        ? unwrap(member.initializer)
        : undefined;
    return value !== undefined && isFunctionWithBody(value) ? value : undefined;
  }
  return undefined;
}
