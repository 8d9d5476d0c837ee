import { ts, unwrap } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { Adding } from './listening.ts';

/** How long what is listened to lives. */
export type Target =
  /** As long as the page. */
  | 'page'
  | 'process'
  /** A constant of this module or of another one. */
  | 'shared'
  /** Handed to the function around: a property, a context, a parameter. */
  | 'given'
  /** A field or parameter that is named for what many share: `bus`, `events`. */
  | 'bus';

const PAGE =
  /^global(?:$|#addEventListener$|#document(?:\.(?:body|documentElement|fonts))?$|#navigator\.(?:serviceWorker|connection)$|#(?:visualViewport|screen\.orientation)$)/;
const BUS = /(?:bus|emitter|events|hub|broker)$/i;
/** Hooks that hand out what lives longer than who asks. */
const GIVING_HOOK = /^(?:use\w*Context|use\w*(?:Router|Socket|EventBus|Emitter|Bus))$/;

/** What a listener is added to, when that is known to live longer than a component, an object or a request. */
export function targetOf({ receiver, method }: Adding, source: SourceView): Target | undefined {
  if (receiver === undefined) return 'page';
  const node = unwrap(receiver);
  const reference = source.header.resolve(node);
  if (reference !== undefined && /^global(?:#|$)/.test(reference)) {
    if (PAGE.test(reference)) return method === 'addEventListener' ? 'page' : undefined;
    return /^global#process(?:\.std(?:in|out|err))?$/.test(reference) ? 'process' : undefined;
  }
  const root = rootOf(node);
  if (root === undefined) return undefined;
  if (root.kind === ts.SyntaxKind.ThisKeyword) return isBus(node) ? 'bus' : undefined;
  if (!ts.isIdentifier(root)) return undefined;
  if (source.header.imports.has(root.text) && reference !== undefined) {
    return reference === 'electron#app' ? 'process' : 'shared';
  }
  const declaration = source.lookup(root);
  return declaration === undefined ? undefined : targetBehind(declaration, node, method);
}

function targetBehind(declaration: ts.Declaration, node: ts.Node, method: string): Target | undefined {
  let owner: ts.Node = declaration;
  while (ts.isBindingElement(owner) || ts.isObjectBindingPattern(owner) || ts.isArrayBindingPattern(owner))
    owner = owner.parent;
  if (ts.isParameter(owner)) return isBus(node) ? 'bus' : method === 'addEventListener' ? undefined : 'given';
  if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined) return undefined;
  const isConst = (ts.getCombinedNodeFlags(owner) & ts.NodeFlags.Const) !== 0;
  const value = unwrap(owner.initializer);
  const isMade = ts.isCallExpression(value) || ts.isNewExpression(value);
  if (!isConst || !isMade) return undefined;
  if (enclosingFunction(owner) === undefined) return 'shared';
  const hook = ts.isIdentifier(value.expression) ? value.expression.text : '';
  return GIVING_HOOK.test(hook) && method !== 'addEventListener' ? 'given' : undefined;
}

/** What an expression of names begins with; calls and elements of lists have none. */
export function rootOf(node: ts.Node): ts.Node | undefined {
  let at: ts.Node = node;
  while (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return ts.isIdentifier(at) || at.kind === ts.SyntaxKind.ThisKeyword ? at : undefined;
}

function isBus(node: ts.Node): boolean {
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : '';
  return BUS.test(name);
}
