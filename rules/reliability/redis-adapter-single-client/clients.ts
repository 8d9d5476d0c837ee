import { ts, unwrap } from '#api';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Which library a client is of, as far as this file tells. */
export type ClientLibrary = 'ioredis' | 'redis' | undefined;

/** Aliases and copies are followed this many times. */
const MAX_STEPS = 6;

/** What a client stands for: `const sub = pub` is `pub` itself. Text that names a value, or nothing for calls. */
export function identity(client: ts.Expression, source: SourceView, steps = 0): string | undefined {
  const node = unwrap(client);
  if (ts.isPropertyAccessExpression(node)) return node.getText();
  if (!ts.isIdentifier(node)) return undefined;
  const value = steps > MAX_STEPS ? undefined : constantValue(node, source);
  const isAlias = value !== undefined && (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value));
  return (isAlias ? identity(value, source, steps + 1) : undefined) ?? node.text;
}

/** The library that made a client, or the one that its original was made by. */
export function libraryOf(client: ts.Expression, source: SourceView, steps = 0): ClientLibrary {
  const node = unwrap(client);
  if (steps > MAX_STEPS) return undefined;
  if (ts.isIdentifier(node)) {
    const value = constantValue(node, source);
    return value === undefined ? undefined : libraryOf(value, source, steps + 1);
  }
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  const reference = source.header.resolve(node.expression);
  if (reference !== undefined && /^ioredis(?:#|$)/.test(reference)) return 'ioredis';
  if (reference === 'redis#createClient' || reference === 'redis#createCluster') return 'redis';
  const member = memberCall(node);
  const keeps = member !== undefined && /^(?:duplicate|on|once)$/.test(member.name);
  return keeps ? libraryOf(member.receiver, source, steps + 1) : undefined;
}

/** True where a client that this file makes is seen in all its uses, and none of them connects it. */
export function isNeverConnected(client: ts.Expression, source: SourceView): boolean {
  const node = unwrap(client);
  if (libraryOf(node as ts.Expression, source) !== 'redis') return false;
  // Made on the way to the adapter, so that nobody else has it.
  if (ts.isCallExpression(node)) return !/\.connect\s*\(/.test(node.getText());
  if (!ts.isIdentifier(node)) return false;
  const declaration = source.lookup(node);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
  // Whoever imports it may connect it.
  if ((ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0) return false;
  let connected = /\.connect\s*\(/.test(declaration.initializer?.getText() ?? '');
  const visit = (at: ts.Node): void => {
    if (connected) return;
    if (ts.isIdentifier(at) && at.text === node.text && at !== declaration.name && at !== node) {
      connected = source.lookup(at) === declaration && mayConnect(at);
    }
    ts.forEachChild(at, visit);
  };
  const file = client.getSourceFile();
  source.relyOn(file);
  visit(file);
  return !connected;
}

/** Connects the client, or hands it to somebody who may. */
function mayConnect(use: ts.Identifier): boolean {
  const member = memberAccess(use.parent);
  return member?.receiver !== use || member.name === 'connect';
}

function constantValue(name: ts.Identifier, source: SourceView): ts.Expression | undefined {
  const declaration = source.lookup(name);
  const isConst =
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConst && declaration.initializer !== undefined
    ? (unwrap(declaration.initializer) as ts.Expression)
    : undefined;
}
