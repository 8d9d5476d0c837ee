import { ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Methods that hand out the stream itself. */
const CHAINS = /^(?:on|once|addListener|prependListener|setEncoding|pause|resume|unpipe)$/;
const LISTENS = /^(?:on|once|addListener|prependListener|prependOnceListener)$/;
/** What a stream is used for without anybody seeing to its errors. */
const PLAIN = /^(?:write|end|cork|uncork|path|bytesRead|bytesWritten|destroy|close|read|setDefaultEncoding)$/;

/** Where a stream that nobody listens to for errors is piped or written. */
export interface Unhandled {
  /** `a.pipe(b)`, when the stream has a part in one. */
  readonly pipe: ts.CallExpression | undefined;
}

/**
 * Follows a stream of a file from where it is made: over chained calls, or a constant. `undefined` when somebody listens for
 * its errors, when it is handed on, or when nothing is done with it.
 */
export function unhandledUse(call: ts.Node, source: SourceView): Unhandled | undefined {
  const uses: Use[] = [];
  if (!collect(call, uses, source)) return undefined;
  const isSeen = uses.some((use) => use.kind === 'error' || use.kind === 'handedOn');
  if (isSeen || uses.length === 0) return undefined;
  const piped = uses.find((use) => use.kind === 'piped');
  return { pipe: piped?.kind === 'piped' ? piped.call : undefined };
}

type Use =
  | { readonly kind: 'error' | 'handedOn' | 'plain' }
  | { readonly kind: 'piped'; readonly call: ts.CallExpression };

/** Gathers what is done with an expression that is the stream; false when it cannot be followed. */
function collect(stream: ts.Node, uses: Use[], source: SourceView): boolean {
  let at = stream;
  while (at.parent !== undefined && unwrap(at.parent) !== at.parent) at = at.parent;
  const { parent } = at;
  const member = memberAccess(parent);
  if (member?.receiver === at) return collectMember(parent, member.name, uses, source);
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isVariableDeclaration(parent) && parent.initializer === at && ts.isIdentifier(parent.name)) {
    return mentionsOf(parent.name, source).every((mention) => collect(mention, uses, source));
  }
  // `source.pipe(stream)` hands the stream out again.
  if (ts.isCallExpression(parent) && parent.arguments.length > 0 && parent.arguments[0] === at) {
    if (memberAccess(unwrap(parent.expression))?.name === 'pipe') {
      uses.push({ kind: 'piped', call: parent });
      return collect(parent, uses, source);
    }
  }
  uses.push({ kind: 'handedOn' });
  return true;
}

function collectMember(access: ts.Node, name: string, uses: Use[], source: SourceView): boolean {
  const call = access.parent;
  const isCalled = call !== undefined && ts.isCallExpression(call) && call.expression === access;
  if (!isCalled) {
    uses.push({ kind: PLAIN.test(name) ? 'plain' : 'handedOn' });
    return true;
  }
  if (name === 'pipe') {
    uses.push({ kind: 'piped', call });
    return true;
  }
  if (LISTENS.test(name)) {
    const event = call.arguments[0] && unwrap(call.arguments[0]);
    // A name for the event may stand for any.
    if (event === undefined || !ts.isStringLiteralLike(event) || event.text === 'error') uses.push({ kind: 'error' });
    else uses.push({ kind: 'plain' });
  }
  if (CHAINS.test(name)) return collect(call, uses, source);
  if (!LISTENS.test(name)) uses.push({ kind: PLAIN.test(name) ? 'plain' : 'handedOn' });
  return true;
}

function mentionsOf(name: ts.Identifier, source: SourceView): readonly ts.Identifier[] {
  let scope: ts.Node = name;
  while (scope.parent !== undefined && !isFunctionWithBody(scope)) scope = scope.parent;
  if (ts.isSourceFile(scope)) source.relyOn(scope);
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && source.lookup(node) === name.parent) {
      found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}
